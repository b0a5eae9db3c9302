import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, fieldProblem } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import { asBody, type Choice, countOf } from './choice.ts'
import type { Asked } from './queries.ts'

const SHORTEST = 10

/** The named act, always in sight under the list: how many dossiers, the reason, the decision; and why it cannot be done yet. */
export const ActBar = ({
  asked,
  choice,
  movable,
  onStarted,
}: {
  asked: Asked
  choice: Choice
  /** Dossiers that can move, of those the reader sees. */
  movable: number
  onStarted: (run: string) => void
}) => {
  const { t } = useTranslation('studio-migration')
  const cache = useQueryClient()
  const why = useId()
  const [reason, setReason] = useState('')
  const [decision, setDecision] = useState('')
  const [key, setKey] = useState(() => crypto.randomUUID())
  const count = countOf(choice, movable)
  const missing =
    movable === 0
      ? t('act.noneMovable')
      : count === 0
        ? t('act.chooseFirst')
        : reason.trim().length < SHORTEST
          ? t('act.reasonShort')
          : null
  const start = useMutation({
    mutationFn: () =>
      api.post<{ id: string }>(
        '/api/studio/migrations',
        {
          ...asked,
          ...asBody(choice),
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
      className="migration-act"
      aria-label={t('act.title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing) start.mutate()
      }}
    >
      {start.error && <Failed problem={start.error} />}
      <div className="migration-act-row">
        <p className="migration-act-count figures" role="status">
          {t('act.chosen', { count, movable })}
        </p>
        {count > 0 && (
          <>
            <Textarea
              className="migration-act-reason"
              label={t('act.reason')}
              placeholder={t('act.reasonHint')}
              autosize
              minRows={1}
              maxRows={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={fieldProblem(start.error, 'reason')}
            />
            <TextInput
              className="migration-act-decision"
              label={t('act.decision')}
              maxLength={80}
              value={decision}
              onChange={(event) => setDecision(event.currentTarget.value)}
              error={fieldProblem(start.error, 'decisionNumber')}
            />
          </>
        )}
        <div className="migration-act-do">
          <Button type="submit" loading={start.isPending} disabled={missing !== null} aria-describedby={why}>
            {t('act.start')}
          </Button>
        </div>
      </div>
      <p id={why} className="migration-act-why soft">
        {missing ?? t('act.help')}
      </p>
    </form>
  )
}
