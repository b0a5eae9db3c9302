import { Button, Group, Progress, Stack, Table } from '@mantine/core'
import {
  IconCheck,
  IconCircleX,
  IconClockHour4,
  IconPlayerPause,
  IconPlayerPlay,
  IconProgress,
  IconRefresh,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { MigrationRunPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, type Tone } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { ClockWords } from './clock-words.tsx'
import { Obstacles } from './obstacles.tsx'
import { runOf } from './queries.ts'

type Item = MigrationRunPage['items'][number]
const LOOK: Record<Item['state'], [typeof IconCheck, Tone]> = {
  waiting: [IconClockHour4, 'plain'],
  sent: [IconProgress, 'accent'],
  moved: [IconProgress, 'accent'],
  done: [IconCheck, 'good'],
  cannot: [IconCircleX, 'late'],
  changed: [IconClockHour4, 'soon'],
  refused: [IconCircleX, 'late'],
}
const STUCK: Item['state'][] = ['cannot', 'changed', 'refused']

const Results = ({ run, retry }: { run: MigrationRunPage; retry: (dossierIds: string[]) => void }) => {
  const { t } = useTranslation('studio-migration')
  return (
    <ScrollX label={t('run.result')}>
      <Table verticalSpacing="xs" className="migration-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('plan.code')}</Table.Th>
            <Table.Th>{t('run.result')}</Table.Th>
            <Table.Th>{t('plan.clock')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {run.items.map((item) => {
            const [icon, tone] = LOOK[item.state]
            return (
              <Table.Tr key={item.dossierId}>
                <Table.Td className="figures nowrap">{item.code}</Table.Td>
                <Table.Td>
                  <Tag icon={icon} tone={tone}>
                    {t(`item.${item.state}`)}
                  </Tag>{' '}
                  {item.doneAt && <When at={item.doneAt} />}
                  <Obstacles obstacles={item.obstacles} />
                  {run.mayAct && STUCK.includes(item.state) && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      mt={4}
                      aria-label={t('run.retryOf', { code: item.code })}
                      onClick={() => retry([item.dossierId])}
                    >
                      {t('run.retryOne')}
                    </Button>
                  )}
                </Table.Td>
                <Table.Td>{item.clock && <ClockWords clock={item.clock} />}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

const View = ({ run }: { run: MigrationRunPage }) => {
  const { t } = useTranslation('studio-migration')
  const text = useText()
  const cache = useQueryClient()
  const act = useMutation({
    mutationFn: ({ what, dossierIds }: { what: 'pause' | 'resume' | 'retry'; dossierIds?: string[] }) =>
      api.post(`/api/studio/migrations/${run.id}/${what}`, dossierIds ? { dossierIds } : {}),
    onSettled: () => cache.invalidateQueries({ queryKey: ['migration'] }),
  })
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, 0)
  const stuck = STUCK.reduce((sum, state) => sum + run.counts[state], 0)
  const over = run.counts.done + stuck
  return (
    <Stack gap="sm">
      <p>
        <Tag tone={run.state === 'done' ? 'good' : run.state === 'paused' ? 'soon' : 'accent'}>
          {t(`run.state.${run.state}`)}
        </Tag>{' '}
        {run.startedBy}, <When at={run.startedAt} />
        {run.decisionNumber && <> · {t('run.decision', { number: run.decisionNumber })}</>}
      </p>
      <p className="migration-words">{run.reason}</p>
      {run.mapping.length > 0 && (
        <ul className="migration-why">
          {run.mapping.map(({ from, to }) => (
            <li key={from.id}>{t('run.mapped', { from: text(from.name), to: text(to.name) })}</li>
          ))}
        </ul>
      )}
      <div>
        <p role="status" className="figures">
          {t('run.progress', { done: over, total })}
        </p>
        <Progress
          value={total === 0 ? 100 : (100 * over) / total}
          aria-label={t('run.progress', { done: over, total })}
        />
      </div>
      {act.error && <Failed problem={act.error} />}
      {run.mayAct && (
        <Group gap="xs">
          {run.state === 'running' && (
            <Button
              variant="default"
              leftSection={<IconPlayerPause size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ what: 'pause' })}
            >
              {t('run.pause')}
            </Button>
          )}
          {run.state === 'paused' && (
            <Button
              leftSection={<IconPlayerPlay size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ what: 'resume' })}
            >
              {t('run.resume')}
            </Button>
          )}
          {stuck > 0 && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} />}
              loading={act.isPending}
              onClick={() => act.mutate({ what: 'retry' })}
            >
              {t('run.retry', { count: stuck })}
            </Button>
          )}
        </Group>
      )}
      <Results run={run} retry={(dossierIds) => act.mutate({ what: 'retry', dossierIds })} />
    </Stack>
  )
}

/** One act: its progress and the result of each dossier. */
export const RunView = ({ id }: { id: string }) => {
  const query = useQuery(runOf(id))
  return <Loaded query={query}>{(run) => <View run={run} />}</Loaded>
}
