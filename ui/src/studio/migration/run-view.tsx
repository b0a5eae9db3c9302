import { Alert, Button, Group, NativeSelect, Progress, Stack, Table } from '@mantine/core'
import {
  IconCheck,
  IconCircleX,
  IconClockHour4,
  IconPlayerPause,
  IconPlayerPlay,
  IconProgress,
  IconRefresh,
} from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { MigrationItems, MigrationRunPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, type Tone } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { ClockWords } from './clock-words.tsx'
import { Obstacles } from './obstacles.tsx'
import { type ItemState, itemsOf, runOf } from './queries.ts'

const LOOK: Record<ItemState, [typeof IconCheck, Tone]> = {
  waiting: [IconClockHour4, 'plain'],
  sent: [IconProgress, 'accent'],
  moved: [IconProgress, 'accent'],
  done: [IconCheck, 'good'],
  cannot: [IconCircleX, 'late'],
  changed: [IconClockHour4, 'soon'],
  refused: [IconCircleX, 'late'],
}
/** Whose time has changed, or is about to. */
const MOVING: ItemState[] = ['sent', 'moved', 'done']
const STUCK: ItemState[] = ['cannot', 'changed', 'refused']

const Rows = ({
  items,
  mayAct,
  retry,
}: {
  items: MigrationItems['items']
  mayAct: boolean
  retry: (dossierIds: string[]) => void
}) => {
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
          {items.map((item) => {
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
                  {item.failure && <Stuck said={item.failure} />}
                  {mayAct && STUCK.includes(item.state) && (
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
                <Table.Td>
                  {MOVING.includes(item.state) && item.clock && <ClockWords clock={item.clock} />}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

/** What fails and is tried again by itself, with the machine's words on demand. */
const Stuck = ({ said }: { said: string }) => {
  const { t } = useTranslation('studio-migration')
  return (
    <details className="migration-proof">
      <summary>{t('run.stuck')}</summary>
      <code className="migration-said">{said}</code>
    </details>
  )
}

const Results = ({ run, retry }: { run: MigrationRunPage; retry: (dossierIds: string[]) => void }) => {
  const { t } = useTranslation('studio-migration')
  const [state, setState] = useState<ItemState | ''>('')
  const pages = useInfiniteQuery(itemsOf(run, state))
  const there = (Object.keys(LOOK) as ItemState[]).filter((one) => run.counts[one] > 0 || one === state)
  return (
    <>
      {there.length > 1 && (
        <div className="migration-bar">
          <NativeSelect
            label={t('plan.filter')}
            value={state}
            onChange={(event) => setState(event.currentTarget.value as typeof state)}
            data={[
              { value: '', label: t('plan.all') },
              ...there.map((value) => ({ value, label: `${t(`item.${value}`)} (${run.counts[value]})` })),
            ]}
          />
        </div>
      )}
      <Loaded query={pages}>
        {({ pages: loaded }) => (
          <>
            <Rows items={loaded.flatMap((page) => page.items)} mayAct={run.mayAct} retry={retry} />
            <More pages={pages} />
          </>
        )}
      </Loaded>
    </>
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
    <Stack gap="sm" className="migration-run">
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
      {run.failure && (
        <Alert color="yellow" variant="light" title={t('run.failed')}>
          <Stuck said={run.failure} />
        </Alert>
      )}
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
