import { Button, Group, Stack, Text } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconArrowBackUp,
  IconCheck,
  IconPrinter,
  IconRefresh,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api } from '../../app/api.ts'
import { Failed } from '../../app/states.tsx'
import { Printed } from './print.tsx'
import { ControlList, ControlSheets } from './print-paper.tsx'
import { Side } from './side.tsx'
import type { Batch, BulkActs } from './use-bulk.ts'

/** Whether an instant of machine time is still to come, looked at every second. */
const useStillOpen = (until: string | null): boolean => {
  const open = () => until !== null && Date.parse(until) > Date.now()
  const [is, setIs] = useState(open)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the instant changes
  useEffect(() => {
    setIs(open())
    const timer = setInterval(() => setIs(open()), 1000)
    return () => clearInterval(timer)
  }, [until])
  return is
}

const TakeBack = ({
  taskId,
  until,
  onTaken,
}: {
  taskId: string
  until: string | null
  onTaken: () => void
}) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const open = useStillOpen(until)
  const taking = useMutation({
    mutationFn: () => api.post(`/api/tasks/${taskId}/take-back`),
    onSuccess: onTaken,
    onSettled: () => void cache.invalidateQueries({ queryKey: ['tasks'] }),
  })
  if (taking.isSuccess) return <span className="soft">{t('bulk.takenBack')}</span>
  return (
    <>
      {open && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} />}
          loading={taking.isPending}
          onClick={() => taking.mutate()}
        >
          {t('after.takeBack')}
        </Button>
      )}
      {taking.error && <Failed problem={taking.error} />}
    </>
  )
}

const PRINTS = ['hand-over', 'print']

const Paper = ({ batch }: { batch: Batch }) => {
  const done = batch.results.filter((one) => one.done)
  return batch.act === 'hand-over' ? (
    <ControlList at={batch.at} lines={done.flatMap(({ handedOver }) => handedOver ?? [])} />
  ) : (
    <ControlSheets at={batch.at} sheets={done.flatMap(({ sheet }) => sheet ?? [])} />
  )
}

/** What became of each row of an act on many: done, or why not. */
export const ResultSide = ({
  batch,
  bulk,
  onChanged,
  onClose,
}: {
  batch: Batch
  bulk: BulkActs
  onChanged: () => void
  onClose: () => void
}) => {
  const { t } = useTranslation('desk')
  const [printing, setPrinting] = useState(false)
  const done = batch.results.filter((one) => one.done).length
  const failed = batch.results.length - done
  const prints = PRINTS.includes(batch.act) && done > 0
  return (
    <Side title={t(`bulk.act.${batch.act}`)} onClose={onClose}>
      <Stack gap="sm">
        <div role="status">
          <Text fw={600}>{t('bulk.done', { count: done, total: batch.results.length })}</Text>
          {failed > 0 && <Text size="sm">{t('bulk.failed', { count: failed })}</Text>}
        </div>
        <Group gap="xs">
          {prints && (
            <Button
              size="xs"
              data-first
              leftSection={<IconPrinter size={16} />}
              onClick={() => setPrinting(true)}
            >
              {t(batch.act === 'hand-over' ? 'bulk.printList' : 'bulk.printSheets')}
            </Button>
          )}
          {failed > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={16} />}
              loading={bulk.busy}
              onClick={() => void bulk.again()}
            >
              {t('bulk.again')}
            </Button>
          )}
        </Group>
        {bulk.problem !== undefined && <Failed problem={bulk.problem} />}
        <ul className="results">
          {batch.results.map(({ taskId, done: ok, problem, handedOver, takeBackUntil }) => {
            const row = batch.rows.find(({ id }) => id === taskId)
            return (
              <li key={taskId} className={ok ? 'result-done' : 'result-failed'}>
                {ok ? (
                  <IconCheck size={16} className="tone-good" aria-label={t('bulk.ok')} />
                ) : (
                  <IconAlertTriangleFilled size={15} className="tone-late" aria-label={t('bulk.notOk')} />
                )}
                <div>
                  <span className="figures">{row?.dossierCode}</span> {row?.applicant}
                  {problem && <p>{problem.detail}</p>}
                  {handedOver?.minutes && (
                    <p>
                      <Link to={`/ban-giao/${handedOver.minutes.id}`}>
                        {t('bulk.minutes', { number: handedOver.minutes.number })}
                      </Link>
                    </p>
                  )}
                </div>
                {ok && <TakeBack taskId={taskId} until={takeBackUntil} onTaken={onChanged} />}
              </li>
            )
          })}
        </ul>
      </Stack>
      {printing && (
        <Printed onDone={() => setPrinting(false)}>
          <Paper batch={batch} />
        </Printed>
      )}
    </Side>
  )
}
