import { Button, Paper, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DossierPage } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { History } from '../../shared/history.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'

const NewNote = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [text, setText] = useDraft(`note.${dossierId}`, '')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const saving = useMutation({
    mutationFn: () => api.post(`/api/dossiers/${dossierId}/notes`, { text: text.trim() }, key),
    onSuccess: () => {
      setText('')
      setKey(crypto.randomUUID())
      void cache.invalidateQueries({ queryKey: ['dossier', dossierId] })
    },
  })
  return (
    <Stack gap="xs" mb="md">
      <Textarea
        label={t('note.add')}
        description={t('note.help')}
        autosize
        minRows={2}
        data-new-note
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          // It saves this note; the decision beside it stays undecided.
          event.stopPropagation()
          if (text.trim() && !saving.isPending) saving.mutate()
        }}
      />
      {saving.error && <Failed problem={saving.error} />}
      <div>
        <Button size="xs" disabled={!text.trim()} loading={saving.isPending} onClick={() => saving.mutate()}>
          {t('note.save')}
        </Button>
      </div>
    </Stack>
  )
}

/** Notes of civil servants (part of the record, never shown to the applicant), then everything that happened. */
export const Happened = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  return (
    <>
      {(about.can.note || about.notes.length > 0) && (
        <section>
          <h2 className="section-title">{t('note.title')}</h2>
          {about.notes.map((note) => (
            <Paper key={note.id} p="sm" mb="xs">
              <Text size="sm" className="soft">
                {note.author}, <When at={note.at} />
              </Text>
              <Text className="note-text">{note.text}</Text>
            </Paper>
          ))}
          {about.can.note && <NewNote dossierId={about.id} />}
        </section>
      )}
      <h2 className="section-title">{t('section.history')}</h2>
      <History entries={about.history} />
    </>
  )
}
