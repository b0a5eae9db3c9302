import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Breaches } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { PeriodPage } from '../audit-page.tsx'
import { type FilterName, type Filters, listPath, scopeOf, useFilters } from '../late/filters.ts'
import { PeriodBar } from '../late/period-bar.tsx'
import { breachReport } from '../queries.ts'
import { rememberRow, useReturnToRow } from '../return-row.ts'
import { Section } from '../section.tsx'
import { TakeAway } from '../take-away.tsx'

type Table = Breaches['tables'][number]
type Row = Table['rows'][number]

/** The list that a row counts: the same period and scope, and what the row stands for. */
const pickedBy = (dimension: Table['dimension'], row: Row): Partial<Record<FilterName, string>> =>
  dimension === 'period' ? { from: row.from ?? '', to: row.to ?? '' } : { [dimension]: row.key }

const FIGURES = [
  ['late', 'late', {}],
  ['openLate', 'open', { state: 'open' }],
  ['finishedLate', 'finished', { state: 'finished' }],
  ['letterInTime', 'inTime', { letter: 'in-time' }],
  ['letterLate', 'letterLate', { letter: 'late' }],
  ['letterNone', 'none', { letter: 'none' }],
] as const

const BreachTable = ({ table, scope }: { table: Table; scope: Pick<Filters, 'from' | 'to' | 'agency'> }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const counted = table.rows.some(({ due }) => due !== null)
  return (
    <ScrollX label={t(`breaches.by.${table.dimension}`)} className="late-scroll">
      <table className="late-table breach-table">
        <caption className="visually-hidden">{t(`breaches.by.${table.dimension}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(`breaches.name.${table.dimension}`)}</th>
            {counted && <th scope="col">{t('breaches.due')}</th>}
            {FIGURES.map(([, name]) => (
              <th key={name} scope="col">
                {t(`breaches.${name}`)}
              </th>
            ))}
            <th scope="col">{t('breaches.overrun')}</th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => {
            const id = `${table.dimension}/${row.key}`
            return (
              <tr key={row.key} data-row={id}>
                <th scope="row">{text(row.name)}</th>
                {counted && <td className="figures">{row.due ?? ''}</td>}
                {FIGURES.map(([figure, name, picked]) => {
                  const count = row.totals[figure]
                  return (
                    <td key={name} className="figures">
                      {count === 0 ? (
                        <span className="soft">0</span>
                      ) : (
                        <Link
                          to={listPath({ ...scope, ...pickedBy(table.dimension, row), ...picked })}
                          onClick={() => rememberRow(id)}
                          aria-label={t('breaches.open', {
                            count,
                            name: text(row.name),
                            what: t(`breaches.${name}`),
                          })}
                        >
                          {count}
                        </Link>
                      )}
                    </td>
                  )
                })}
                <td className="nowrap">{workingTime(row.overrunMinutes, language)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollX>
  )
}

const View = ({ report, filters }: { report: Breaches; filters: Filters }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  useReturnToRow(true)
  const { from, to, agency } = filters
  return (
    <>
      <p className="tally breach-tally">
        {t('breaches.dueInPeriod', { count: report.due })}{' '}
        <Link to={listPath({ from, to, agency })}>{text(report.sentence)}</Link>
      </p>
      {report.totals.late === 0 ? (
        <Empty title={t('late.none')}>{t('late.noneHelp')}</Empty>
      ) : (
        <div className="audit-tables">
          {report.tables.map((table) => (
            <Section
              key={table.dimension}
              title={t(`breaches.by.${table.dimension}`)}
              {...(['unit', 'person', 'step'].includes(table.dimension) && { help: t('breaches.largest') })}
            >
              <BreachTable table={table} scope={{ from, to, agency }} />
            </Section>
          ))}
        </div>
      )}
    </>
  )
}

const Report = ({ today }: { today: string }) => {
  const { filters, set } = useFilters(today)
  const asked = scopeOf(filters)
  const query = useQuery(breachReport(asked.toString()))
  return (
    <>
      <PeriodBar filters={filters} set={set} today={today} report={undefined}>
        <TakeAway href={`/api/audit/breaches/file?${asked}`} />
      </PeriodBar>
      <Loaded query={query} lines={12}>
        {(report) => <View report={report} filters={filters} />}
      </Loaded>
    </>
  )
}

/** Breaches by everything one may ask them by; every figure opens exactly its dossiers. */
export default function BreachesPage() {
  const { t } = useTranslation('audit')
  return <PeriodPage title={t('breaches.title')} view={Report} />
}
