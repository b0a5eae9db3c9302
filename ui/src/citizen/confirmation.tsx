import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../app/api.ts'
import type { DossierPage } from '../app/api-types.ts'
import { useLanguage } from '../app/i18n.ts'
import { Failed } from '../app/states.tsx'
import { Answers } from '../shared/eform/answers.tsx'
import { formatDay, legalDay } from '../shared/format.ts'
import { UnverifiedTag } from '../shared/tags.tsx'
import { useDraft } from '../shared/use-draft.ts'
import { When } from '../shared/when.tsx'
import './citizen.css'
import { CorrectedForm } from './corrected-form.tsx'

type FormData = Record<string, unknown>
type Draft = { editing: boolean; formData: FormData | null; idempotencyKey: string }

/** The form that the result will be written from: to be confirmed, or corrected, once and in time. */
export const ConfirmForm = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('citizen')
  const language = useLanguage()
  const cache = useQueryClient()
  const open = about.confirmations.findLast(({ outcome }) => outcome === null)
  const [draft, setDraft, discard] = useDraft<Draft>(`confirmation.${open?.id ?? about.id}`, {
    editing: false,
    formData: null,
    idempotencyKey: crypto.randomUUID(),
  })
  const refresh = () => cache.invalidateQueries({ queryKey: ['dossier', about.id] })
  const sending = useMutation({
    mutationFn: (formData: FormData | undefined) =>
      api.post(
        `/api/dossiers/${about.id}/confirmation`,
        formData
          ? { outcome: 'amended', formData, version: about.version }
          : { outcome: 'confirmed', version: about.version },
        draft.idempotencyKey,
      ),
    onSuccess: () => {
      discard()
      void refresh()
    },
    // Another try is another request: the first one was answered.
    onError: () => setDraft((now) => ({ ...now, idempotencyKey: crypto.randomUUID() })),
  })
  if (!open) return null
  const overtaken = sending.error instanceof ApiProblem && sending.error.status === 409

  return (
    <Paper p="md" className="supplement" component="section" aria-labelledby="confirm-title">
      <h2 className="section-title" id="confirm-title">
        {t('confirm.title')}
      </h2>
      <Text>
        {t('confirm.until')}{' '}
        <strong>
          <When at={open.answerBy} />
        </strong>
        . {t('confirm.silence', { day: formatDay(legalDay(open.answerBy), language) })}
      </Text>
      <Text size="sm" className="soft" mb="md">
        {open.basis.text}. {t('confirm.source')} {open.basis.source}{' '}
        {!open.basis.verified && <UnverifiedTag />}
      </Text>
      {draft.editing ? (
        <>
          <Text mb="sm">{t('confirm.editHelp')}</Text>
          <CorrectedForm
            form={about.form}
            typed={draft.formData}
            onChange={(formData) => setDraft((now) => ({ ...now, formData }))}
            onSubmit={(formData) => sending.mutate(formData)}
            onBack={() => setDraft((now) => ({ ...now, editing: false }))}
            submitLabel={t('confirm.sendAmended')}
          />
        </>
      ) : (
        <Answers schema={about.form.schema} ui={about.form.ui} data={about.form.data} />
      )}
      <Stack gap="sm" mt="md">
        {sending.error && <Failed problem={sending.error} />}
        {overtaken && (
          <Button
            variant="default"
            onClick={() => {
              sending.reset()
              void refresh()
            }}
          >
            {t('confirm.reload')}
          </Button>
        )}
        {!draft.editing && (
          <Group gap="sm">
            <Button
              loading={sending.isPending}
              leftSection={<IconCheck size={18} aria-hidden="true" />}
              onClick={() => sending.mutate(undefined)}
            >
              {t('confirm.agree')}
            </Button>
            <Button
              variant="default"
              disabled={sending.isPending}
              leftSection={<IconPencil size={18} aria-hidden="true" />}
              onClick={() => setDraft((now) => ({ ...now, editing: true }))}
            >
              {t('confirm.edit')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
