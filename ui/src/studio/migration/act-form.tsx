import { Button, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import type { Mapping } from './queries.ts'

const SHORTEST = 10

/** The named act: the reason, the decision, and which dossiers. */
export const ActForm = ({
  from,
  to,
  mapping,
  chosen,
  onStarted,
}: {
  from: string
  to: string
  mapping: Mapping
  chosen: ReadonlySet<string>
  onStarted: (run: string) => void
}) => {
  const { t } = useTranslation('studio-migration')
  const cache = useQueryClient()
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState('')
  const [tried, setTried] = useState(false)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const short = reason.trim().length < SHORTEST
  const start = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(
        '/api/studio/migrations',
        {
          fromVersionId: from,
          toVersionId: to,
          mapping,
          dossierIds: [...chosen],
          reason: reason.trim(),
          ...(decision.trim() ? { decisionNumber: decision.trim() } : {}),
        },
        key,
      ),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['migration'] })
      onStarted(id)
    },
    // What was refused is another request when it has been mended.
    onError: () => setKey(crypto.randomUUID()),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!short && chosen.size > 0) start.mutate()
      }}
    >
      <Stack gap="sm" className="migration-form">
        <p className="soft">{t('act.help')}</p>
        <Textarea
          label={t('act.reason')}
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={(tried && short && t('act.reasonShort')) || fieldProblem(start.error, 'reason')}
        />
        <TextInput
          label={t('act.decision')}
          maxLength={80}
          value={decision}
          onChange={(event) => setDecision(event.currentTarget.value)}
          error={fieldProblem(start.error, 'decisionNumber')}
        />
        {start.error && <Failed problem={start.error} />}
        {tried && chosen.size === 0 && (
          <p role="alert" className="migration-wrong">
            {t('act.chooseFirst')}
          </p>
        )}
        <Button type="submit" loading={start.isPending} className="migration-start">
          {t('act.start')}
        </Button>
      </Stack>
    </form>
  )
}
