import { Button, Progress } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { ReplayView } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Loaded } from '../../app/states.tsx'
import { When } from '../../shared/when.tsx'
import { replayOf } from './queries.ts'
import { Result } from './replay-result.tsx'

const PHASES = ['read', 'plan', 'current', 'draft', 'sum'] as const

const Under = ({ run }: { run: ReplayView }) => {
  const { t } = useTranslation('studio-replay')
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => api.post(`/api/studio/replays/${run.id}/cancel`),
    onSettled: () => client.invalidateQueries({ queryKey: ['studio-replay', run.id] }),
  })
  const { phase, done, total } = run.progress
  const share = (PHASES.indexOf(phase) + (total > 0 ? done / total : 0)) / PHASES.length
  return (
    <>
      <p role="status">{t(`phase.${phase}`, { done, total })}</p>
      <Progress value={share * 100} aria-label={t('progress')} mb="sm" />
      {run.mayCancel && (
        <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('cancel')}
        </Button>
      )}
    </>
  )
}

/** A run: its progress while it is under way, then what came out. */
export const ReplayRun = ({ id, draftId }: { id: string; draftId: string }) => {
  const { t } = useTranslation('studio-replay')
  const text = useText()
  const client = useQueryClient()
  const query = useQuery(replayOf(id))
  const state = query.data?.state
  useEffect(() => {
    if (state && state !== 'running') void client.invalidateQueries({ queryKey: ['studio-replays', draftId] })
  }, [state, client, draftId])
  return (
    <Loaded query={query} lines={4}>
      {(run) => (
        <>
          <p className="soft">
            <When at={run.startedAt} /> · {run.by.name} ·{' '}
            {t('revision', { revision: run.revision, seed: run.params.seed })}
          </p>
          {run.state === 'running' && <Under run={run} />}
          {run.state !== 'running' && run.state !== 'done' && (
            <p role="status">{run.failure ? text(run.failure) : t(`state.${run.state}Help`)}</p>
          )}
          {run.result && <Result result={run.result} />}
        </>
      )}
    </Loaded>
  )
}
