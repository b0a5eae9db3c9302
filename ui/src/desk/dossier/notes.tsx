import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DossierPage } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'

type Note = DossierPage['notes'][number]

const Writing = ({
  dossierId,
  corrects,
  onDone,
}: {
  dossierId: string
  /** The note whose wording is corrected; without it a new one is written. */
  corrects?: Note
  onDone?: () => void
}) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [text, setText, discard] = useDraft(`note.${corrects?.id ?? dossierId}`, corrects?.text ?? '')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const saving = useMutation({
    mutationFn: () =>
      api.post(
        `/api/dossiers/${dossierId}/notes`,
        { text: text.trim(), ...(corrects && { replacesId: corrects.id }) },
        key,
      ),
    onSuccess: async () => {
      if (corrects) discard()
      else setText('')
      setKey(crypto.randomUUID())
      await cache.invalidateQueries({ queryKey: ['dossier', dossierId] })
      onDone?.()
    },
  })
  const ready = text.trim() !== '' && text.trim() !== corrects?.text
  const cancel = () => {
    discard()
    onDone?.()
  }
  return (
    <Stack gap="xs" mb={corrects ? 0 : 'md'}>
      <Textarea
        label={t(corrects ? 'note.correct' : 'note.add')}
        description={t(corrects ? 'note.correctHelp' : 'note.help')}
        autosize
        minRows={2}
        maxLength={4000}
        {...(corrects ? { autoFocus: true } : { 'data-new-note': true })}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && corrects) cancel()
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          // It saves this note; the decision beside it stays undecided.
          event.stopPropagation()
          if (ready && !saving.isPending) saving.mutate()
        }}
      />
      {saving.error && <Failed problem={saving.error} />}
      <Group gap="xs">
        <Button size="xs" disabled={!ready} loading={saving.isPending} onClick={() => saving.mutate()}>
          {t(corrects ? 'note.saveCorrection' : 'note.save')}
        </Button>
        {corrects && (
          <Button size="xs" variant="default" onClick={cancel}>
            {t('note.cancel')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** A note as it stands, over the wordings it corrects: struck through, each with its time. */
const NoteCard = ({ note, about }: { note: Note; about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const [correcting, setCorrecting] = useState(false)
  const first = note.earlier[0]
  return (
    <Paper p="sm" mb="xs" component="article">
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text size="sm" className="soft">
          {note.author}, <When at={first?.at ?? note.at} />
          {first && (
            <>
              {' · '}
              {t('note.correctedAt')} <When at={note.at} />
            </>
          )}
        </Text>
        {note.mine && about.can.note && !correcting && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPencil size={14} />}
            onClick={() => setCorrecting(true)}
          >
            {t('note.correct')}
          </Button>
        )}
      </Group>
      {correcting ? (
        <Writing dossierId={about.id} corrects={note} onDone={() => setCorrecting(false)} />
      ) : (
        <Text className="note-text">{note.text}</Text>
      )}
      {note.earlier.map((wording) => (
        <p key={wording.id} className="note-earlier">
          <span className="visually-hidden">{t('note.earlier')}: </span>
          <del className="note-text">{wording.text}</del>{' '}
          <span className="soft">
            <When at={wording.at} />
          </span>
        </p>
      ))}
    </Paper>
  )
}

/** Notes of civil servants: part of the record, corrected and never deleted, never shown to the applicant. */
export const Notes = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  if (!about.can.note && about.notes.length === 0) return null
  return (
    <section aria-label={t('note.title')}>
      <h2 className="section-title">{t('note.title')}</h2>
      {about.notes.map((note) => (
        <NoteCard key={note.earlier[0]?.id ?? note.id} note={note} about={about} />
      ))}
      {about.can.note && <Writing dossierId={about.id} />}
    </section>
  )
}
