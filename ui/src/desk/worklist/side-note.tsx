import { Button, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { WorklistRow } from '../../app/api-types.ts'
import { say } from '../../app/say.ts'
import { Failed } from '../../app/states.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { Side } from './side.tsx'

/** A note on the dossier of a row: part of the record, never shown to the applicant. */
export const NoteSide = ({ row, onClose }: { row: WorklistRow; onClose: () => void }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [text, setText, discard] = useDraft(`note.${row.dossierId}`, '')
  const [key] = useState(() => crypto.randomUUID())
  const saving = useMutation({
    mutationFn: () => api.post(`/api/dossiers/${row.dossierId}/notes`, { text: text.trim() }, key),
    onSuccess: () => {
      discard()
      void cache.invalidateQueries({ queryKey: ['tasks'] })
      void cache.invalidateQueries({ queryKey: ['dossier', row.dossierId] })
      say(t('note.saved', { code: row.dossierCode }))
      onClose()
    },
  })
  const save = () => text.trim() && !saving.isPending && saving.mutate()
  return (
    <Side title={t('note.add')} onClose={onClose}>
      <Stack gap="xs">
        <Text size="sm">
          <span className="figures soft">{row.dossierCode}</span> {row.applicant}
        </Text>
        <Textarea
          label={t('note.title')}
          description={t('note.help')}
          autosize
          minRows={4}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
          }}
        />
        {saving.error && <Failed problem={saving.error} />}
        <Button onClick={save} disabled={!text.trim()} loading={saving.isPending}>
          {t('note.save')} <span className="keys-hint key-in-button">Ctrl + Enter</span>
        </Button>
      </Stack>
    </Side>
  )
}
