import { Button, Paper, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api.ts'
import type { DossierPage, SupplementView } from '../app/api-types.ts'
import { Failed } from '../app/states.tsx'
import { useDraft } from '../shared/use-draft.ts'
import { When } from '../shared/when.tsx'
import './citizen.css'
import { CorrectedForm } from './corrected-form.tsx'
import { type Uploaded, UploadField } from './upload-field.tsx'

type Item = SupplementView['items'][number]
type Answer = {
  files: Record<string, Uploaded[]>
  formData: Record<string, unknown> | null
  idempotencyKey: string
}

/** The key under which a request asks for a correction of the electronic form itself. */
const EFORM = 'eform'

const Why = ({ item }: { item: Item }) => {
  const { t } = useTranslation('citizen')
  return (
    <Text size="sm" className="soft">
      {t('supplement.reason')} {item.reason}
      {item.basis && ` · ${t('supplement.basis')} ${item.basis}`}
    </Text>
  )
}

/** Every missing item with its reason, each answered with a file or in the form; sent together, once. */
export const SupplementAnswer = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const cache = useQueryClient()
  const open = about.supplements.findLast(({ sentAt, outcome }) => sentAt !== null && outcome === null)
  const [answer, setAnswer, discard] = useDraft<Answer>(`supplement.${open?.id ?? about.id}`, {
    files: {},
    formData: null,
    idempotencyKey: crypto.randomUUID(),
  })
  const [tried, setTried] = useState(false)
  const papers = open?.items.filter(({ paperKey }) => paperKey !== EFORM) ?? []
  const corrections = open?.items.filter(({ paperKey }) => paperKey === EFORM) ?? []
  const sending = useMutation({
    mutationFn: (formData: Record<string, unknown> | undefined) => {
      const given = Object.entries(answer.files).flatMap(([paperKey, files]) =>
        files.map(({ id }) => ({ paperKey, uploadId: id })),
      )
      const body = { papers: given, ...(formData && { formData }) }
      return api.post(`/api/dossiers/${about.id}/supplement`, body, answer.idempotencyKey)
    },
    onSuccess: () => {
      discard()
      void cache.invalidateQueries({ queryKey: ['dossier', about.id] })
    },
  })
  if (!open) return null
  const missing = (key: string) => (answer.files[key] ?? []).length === 0
  const send = (formData?: Record<string, unknown>) => {
    setTried(true)
    if (!papers.some((item) => missing(item.paperKey))) sending.mutate(formData)
  }

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
        {papers.map((item) => (
          <UploadField
            key={`${item.paperKey}${item.text}`}
            name={{ vi: item.text }}
            hint={<Why item={item} />}
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
        {corrections.map((item) => (
          <div key={item.text} className="upload">
            <Text fw={500}>{item.text}</Text>
            <Why item={item} />
          </div>
        ))}
        {sending.error && <Failed problem={sending.error} />}
        {corrections.length > 0 && about.personal.sight === 'masked' ? (
          <Text size="sm">{t('supplement.openFirst')}</Text>
        ) : corrections.length > 0 ? (
          <CorrectedForm
            form={about.form}
            typed={answer.formData}
            onChange={(formData) => setAnswer((now) => ({ ...now, formData }))}
            onSubmit={send}
            submitLabel={t('supplement.send')}
          />
        ) : (
          <Button loading={sending.isPending} onClick={() => send()}>
            {t('supplement.send')}
          </Button>
        )}
      </Stack>
    </Paper>
  )
}
