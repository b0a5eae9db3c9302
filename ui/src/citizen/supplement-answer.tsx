import { Button, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api.ts'
import type { DossierPage } from '../app/api-types.ts'
import { Failed } from '../app/states.tsx'
import { useDraft } from '../shared/use-draft.ts'
import { When } from '../shared/when.tsx'
import { type Uploaded, UploadField } from './upload-field.tsx'

type Answer = { files: Record<string, Uploaded[]>; idempotencyKey: string }

/** Every missing item with its reason, each answered with a file; sent together, once. */
export const SupplementAnswer = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const cache = useQueryClient()
  const open = about.supplements.findLast(({ sentAt, outcome }) => sentAt !== null && outcome === null)
  const [answer, setAnswer, discard] = useDraft<Answer>(`supplement.${open?.id ?? about.id}`, {
    files: {},
    idempotencyKey: crypto.randomUUID(),
  })
  const [tried, setTried] = useState(false)
  const sending = useMutation({
    mutationFn: () => {
      const papers = Object.entries(answer.files).flatMap(([paperKey, files]) =>
        files.map(({ id }) => ({ paperKey, uploadId: id })),
      )
      return api.post(`/api/dossiers/${about.id}/supplement`, { papers }, answer.idempotencyKey)
    },
    onSuccess: () => {
      discard()
      void cache.invalidateQueries({ queryKey: ['dossier', about.id] })
    },
  })
  if (!open) return null
  const missing = (key: string) => (answer.files[key] ?? []).length === 0
  return (
    <Paper p="md" className="supplement" component="section" aria-labelledby="supplement-title">
      <h2 className="section-title" id="supplement-title">
        {t('supplement.title')}
      </h2>
      <Text mb="sm">
        {t('supplement.until')}{' '}
        <strong>
          <When at={open.waitUntil} />
        </strong>
        . {t('supplement.help')}
      </Text>
      <Stack gap="sm">
        {open.items.map((item) => (
          <UploadField
            key={`${item.paperKey}${item.text}`}
            name={{ vi: item.text }}
            hint={[
              `${t('supplement.reason')} ${item.reason}`,
              item.basis && `${t('supplement.basis')} ${item.basis}`,
            ]
              .filter(Boolean)
              .join(' · ')}
            rules={undefined}
            files={answer.files[item.paperKey] ?? []}
            onChange={(change) =>
              setAnswer((now) => ({
                ...now,
                files: { ...now.files, [item.paperKey]: change(now.files[item.paperKey] ?? []) },
              }))
            }
            error={tried && missing(item.paperKey) ? t('supplement.missing') : undefined}
          />
        ))}
        {sending.error && <Failed problem={sending.error} />}
        <Button
          loading={sending.isPending}
          onClick={() =>
            open.items.some((item) => missing(item.paperKey)) ? setTried(true) : sending.mutate()
          }
        >
          {t('supplement.send')}
        </Button>
      </Stack>
    </Paper>
  )
}
