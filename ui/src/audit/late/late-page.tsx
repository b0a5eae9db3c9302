import { Anchor } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LateReport } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { SearchField } from '../../shared/search-field.tsx'
import { PeriodPage } from '../audit-page.tsx'
import { lateReport } from '../queries.ts'
import { useReturnToRow } from '../return-row.ts'
import { TakeAway } from '../take-away.tsx'
import { askOf, chosen, type FilterName, type Filters, useFilters } from './filters.ts'
import { LateCards } from './late-cards.tsx'
import { LateTable } from './late-table.tsx'
import { PeriodBar } from './period-bar.tsx'
import { Tally } from './tally.tsx'

type Set = (changes: Partial<Record<FilterName, string>>) => void

const List = ({ report, filters, set }: { report: LateReport; filters: Filters; set: Set }) => {
  const { t } = useTranslation('audit')
  const narrow = useMediaQuery('screen and (max-width: 860px)', undefined, { getInitialValueInEffect: false })
  // The field keeps its own state: the router takes over an address in a transition, which would swallow letters.
  const [typed, setTyped] = useState(filters.search)
  const search = (text: string) => {
    setTyped(text)
    set({ search: text })
  }
  const dossiers = chosen(report.dossiers, { ...filters, search: typed })
  const filtered = !!(typed || filters.state || filters.letter)
  useReturnToRow(true)
  if (report.dossiers.length === 0) return <Empty title={t('late.none')}>{t('late.noneHelp')}</Empty>
  return (
    <>
      <div className="late-tools no-print">
        <SearchField
          inside
          size="sm"
          className="late-search"
          label={t('late.search')}
          value={typed}
          onType={search}
        />
        <span role="status">
          {t('late.shown', { shown: dossiers.length, all: report.dossiers.length })}
          {filtered && (
            <>
              {' '}
              <Anchor
                component="button"
                type="button"
                onClick={() => {
                  setTyped('')
                  set({ search: '', state: '', letter: '' })
                }}
              >
                {t('late.clear')}
              </Anchor>
            </>
          )}
        </span>
      </div>
      {dossiers.length === 0 ? (
        <Empty title={t('late.noneFound')}>{t('late.noneFoundHelp')}</Empty>
      ) : narrow ? (
        <LateCards dossiers={dossiers} />
      ) : (
        <LateTable dossiers={dossiers} filters={filters} set={set} />
      )}
    </>
  )
}

const DRILLED = ['procedure', 'unit', 'person', 'step'] as const

/** The list shows what one figure of the page of breaches counts: said in words, with the way back to all. */
const Drilled = ({ filters, set, report }: { filters: Filters; set: Set; report: LateReport }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const active = DRILLED.filter((name) => filters[name])
  if (active.length === 0) return null
  const first = report.dossiers[0]
  const names = {
    procedure: first ? text(first.procedure.name) : filters.procedure,
    unit: first?.worst ? text(first.worst.unit.name) : '',
    person: first?.worst?.person?.name ?? '',
    step: first?.worst ? text(first.worst.stepName) : '',
  }
  return (
    <p className="late-drilled">
      {active
        .map((name) =>
          t(`drilled.${name}`, {
            name: filters[name] === 'none' || !names[name] ? t('drilled.nobody') : names[name],
          }),
        )
        .join(' · ')}{' '}
      <Anchor
        component="button"
        type="button"
        className="no-print"
        onClick={() => set(Object.fromEntries(DRILLED.map((name) => [name, ''])))}
      >
        {t('drilled.all')}
      </Anchor>
    </p>
  )
}

/** Screen 0 and click 1: what was late in a period and a scope. */
const LateReportView = ({ today }: { today: string }) => {
  const { filters, set } = useFilters(today)
  const text = useText()
  const language = useLanguage()
  const query = useQuery(lateReport(askOf(filters).toString()))
  return (
    <>
      <PeriodBar filters={filters} set={set} today={today} report={query.data}>
        <TakeAway href={`/api/audit/late/file?${askOf(filters)}`} />
      </PeriodBar>
      <Loaded query={query} lines={12}>
        {(report) => (
          <div
            className={query.isPlaceholderData ? 'late-stale' : undefined}
            aria-busy={query.isPlaceholderData}
          >
            <Drilled filters={filters} set={set} report={report} />
            <Tally totals={report.totals} filters={filters} set={set} />
            <p className="print-only">
              {formatDay(report.from, language)} – {formatDay(report.to, language)}. {text(report.sentence)}
            </p>
            <List report={report} filters={filters} set={set} />
          </div>
        )}
      </Loaded>
    </>
  )
}

export default function LatePage() {
  const { t } = useTranslation('audit')
  return <PeriodPage title={t('late.title')} view={LateReportView} />
}
