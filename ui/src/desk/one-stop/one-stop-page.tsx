import { Button, Paper, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { OneStop, WatchedKind } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Page } from '../../app/page.tsx'
import { Loaded } from '../../app/states.tsx'
import { useIntoSight } from '../../shared/use-into-sight.ts'
import '../desk.css'
import { HoldersTable } from './holders-table.tsx'
import './one-stop.css'
import { oneStop } from './queries.ts'
import { Slips } from './slips.tsx'
import { UncollectedList } from './uncollected-list.tsx'
import { WatchedList } from './watched-list.tsx'

const WATCHED: WatchedKind[] = ['late', 'step-late', 'asked-late', 'soon', 'open', 'reception']
const TABS = ['late', 'step-late', 'asked-late', 'soon', 'reception', 'uncollected', 'slips'] as const
type Tab = (typeof TABS)[number] | 'open'

const countsOf = ({ totals, holders }: OneStop): Partial<Record<Tab, number>> => ({
  late: totals.late,
  soon: totals.dueSoon,
  reception: totals.reception,
  uncollected: totals.uncollected,
  'step-late': holders.reduce((sum, { stepLate }) => sum + stepLate, 0),
  'asked-late': holders.reduce((sum, { askedLate }) => sum + askedLate, 0),
})

const isWatched = (tab: Tab): tab is WatchedKind => (WATCHED as string[]).includes(tab)

const Tabs = ({ open, counts }: { open: Tab; counts: Partial<Record<Tab, number>> }) => {
  const { t } = useTranslation('desk')
  const row = useIntoSight<HTMLElement>(open)
  return (
    <nav aria-label={t('oneStop.watch')} className="one-stop-tabs" ref={row}>
      <ul className="tabs">
        {TABS.map((name) => (
          <li key={name}>
            <Link
              to={`?xem=${name}`}
              replace
              preventScrollReset
              aria-current={name === open ? 'page' : undefined}
            >
              {t(`oneStop.tab.${name}`)}
              {counts[name] !== undefined && <span className="tab-count">{counts[name]}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** For the head of the one-stop: who holds what, what is late and can be urged, and results that nobody collects. */
export default function OneStopPage() {
  const { t } = useTranslation('desk')
  const text = useText()
  const [query, setQuery] = useSearchParams()
  const overview = useQuery(oneStop())
  const asked = query.get('xem') as Tab | null
  const tab: Tab = asked && (asked === 'open' || TABS.includes(asked)) ? asked : 'late'
  const unitId = query.get('don-vi')
  return (
    <Page title={t('oneStop.title')} wide>
      <Loaded query={overview} lines={10}>
        {(data) => {
          const unit = data.holders.find(({ unit: { id } }) => id === unitId)?.unit
          return (
            <div className="board one-stop">
              <Text className="soft">
                {text(data.oneStop.name)} · {t('oneStop.openAll', { count: data.totals.open })}
              </Text>
              <Paper p="md" component="section" aria-label={t('oneStop.holders')}>
                <h2 className="section-title">{t('oneStop.holders')}</h2>
                <HoldersTable
                  holders={data.holders}
                  onChoose={(kind, id) => setQuery({ xem: kind, 'don-vi': id }, { replace: true })}
                />
              </Paper>
              <Paper p="md" component="section" aria-label={t('oneStop.watch')}>
                <Tabs open={tab} counts={countsOf(data)} />
                {unit && isWatched(tab) && (
                  <Text size="sm" mb="xs">
                    {t('oneStop.only', { kind: t(`oneStop.tab.${tab}`), unit: text(unit.name) })}{' '}
                    <Button
                      size="compact-xs"
                      variant="default"
                      onClick={() => setQuery({ xem: tab === 'open' ? 'late' : tab }, { replace: true })}
                    >
                      {t('oneStop.allUnits')}
                    </Button>
                  </Text>
                )}
                {isWatched(tab) && <WatchedList key={`${tab}/${unitId}`} kind={tab} unitId={unitId} />}
                {tab === 'uncollected' && <UncollectedList usual={data.uncollectedAfterDays} />}
                {tab === 'slips' && <Slips />}
              </Paper>
            </div>
          )
        }}
      </Loaded>
    </Page>
  )
}
