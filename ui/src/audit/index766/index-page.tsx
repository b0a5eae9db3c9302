import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { Index766, Index766Dossiers } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { Tag, UnverifiedTag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { PeriodPage } from '../audit-page.tsx'
import { DossierLink } from '../dossier-link.tsx'
import { scopeOf, useFilters } from '../late/filters.ts'
import { PeriodBar } from '../late/period-bar.tsx'
import { index766, index766Dossiers } from '../queries.ts'
import { useReturnToRow } from '../return-row.ts'
import { Section } from '../section.tsx'

type Table = Index766['tables'][number]
type Score = Pick<Table['rows'][number], 'points' | 'numerator' | 'denominator' | 'meanDays'>

/** Points with two decimals as the language writes them; without a denominator a word, never a zero. */
const usePoints = () => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  return (points: number | null, max: number) =>
    points === null
      ? t('index.unknown')
      : `${points.toLocaleString(language, { minimumFractionDigits: 2 })} / ${max}`
}

const useDays = () => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  return ({ meanDays }: Score) =>
    meanDays === null ? '–' : t('index.days', { days: meanDays.toLocaleString(language) })
}

const ScoreTable = ({
  table,
  max,
  open,
}: {
  table: Table
  max: number
  open: (dimension: string, key: string, onTime: string) => string
}) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const points = usePoints()
  const days = useDays()
  return (
    <ScrollX label={t(`index.by.${table.dimension}`)} className="late-scroll">
      <table className="late-table breach-table">
        <thead>
          <tr>
            {(['name', 'points', 'numerator', 'denominator', 'late', 'mean'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`index.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => {
            const late = row.denominator - row.numerator
            const figure = (count: number, onTime: string) =>
              count === 0 ? (
                <span className="soft">0</span>
              ) : (
                <Link to={open(table.dimension, row.key, onTime)} preventScrollReset>
                  {count}
                </Link>
              )
            return (
              <tr key={row.key}>
                <th scope="row">{text(row.name)}</th>
                <td className="figures nowrap">{points(row.points, max)}</td>
                <td className="figures">{figure(row.numerator, 'true')}</td>
                <td className="figures">{figure(row.denominator, '')}</td>
                <td className="figures">{figure(late, 'false')}</td>
                <td className="nowrap">{days(row)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollX>
  )
}

const Drilled = ({ found }: { found: Index766Dossiers }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  useReturnToRow(true)
  return (
    <Section title={t('index.dossiers', { count: found.count })}>
      <ScrollX label={t('index.dossiers', { count: found.count })} className="late-scroll">
        <table className="late-table">
          <thead>
            <tr>
              {(['code', 'procedure', 'unit', 'due', 'ended', 'verdict'] as const).map((name) => (
                <th key={name} scope="col">
                  {t(`index.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {found.dossiers.map((one) => (
              <tr key={one.id} data-row={one.id}>
                <th scope="row">
                  <DossierLink dossier={one} />
                </th>
                <td>
                  <span className="late-procedure">{text(one.procedure.name)}</span>
                </td>
                <td>
                  {one.person?.name ?? text(one.unit.name)}
                  {one.person && <span className="late-under soft">{text(one.unit.name)}</span>}
                </td>
                <td>
                  <When at={one.dueAt} />
                </td>
                <td>
                  <When at={one.endedAt} />
                </td>
                <td>
                  <Tag tone={one.onTime ? 'good' : 'late'}>
                    {t(one.onTime ? 'index.onTime' : 'index.late')}
                  </Tag>
                  {one.differ && <span className="late-under soft">{text(one.differ)}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {found.unlisted > 0 && <p className="soft">{t('gamed.unlisted', { count: found.unlisted })}</p>}
    </Section>
  )
}

const Formula = ({ report }: { report: Index766 }) => {
  const { t } = useTranslation('audit')
  const language = useLanguage()
  const { version } = report
  return (
    <Section title={t('index.formula')}>
      <dl className="facts interval-facts">
        <dt>{t('index.decision')}</dt>
        <dd>{report.decision}</dd>
        <dt>{t('index.version')}</dt>
        <dd>
          {version.key}, {t('index.since', { day: formatDay(version.validFrom, language) })}{' '}
          {!version.verified && <UnverifiedTag />}
        </dd>
        <dt>{t('index.source')}</dt>
        <dd>{version.formulaSource}</dd>
        {report.indicators.map((one) => (
          <div key={one.no} className="index-formula">
            <dt>
              {one.no} {one.name}
            </dt>
            <dd>
              {one.formula}
              <span className="late-under soft">{one.unverified}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

const Others = ({ report }: { report: Index766 }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <Section title={t('index.others')} help={t('index.othersHelp')}>
      <ul className="index-others">
        {report.others.map((group) => (
          <li key={group.id}>
            <strong>
              {text(group.name)} ({t('index.points', { count: group.max })})
            </strong>
            <ul>
              {group.indicators.map((one) => (
                <li key={one.no}>
                  {one.no} {one.name}: {one.needs && t('index.needs', { what: text(one.needs) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const View = ({ today }: { today: string }) => {
  const { t } = useTranslation('audit')
  const points = usePoints()
  const days = useDays()
  const { filters, set } = useFilters(today)
  const [query] = useSearchParams()
  const asked = scopeOf(filters)
  const report = useQuery(index766(asked.toString()))
  const open = query.get('mo')
  const drill = new URLSearchParams(asked)
  const [dimension, key] = open?.split(':') ?? []
  if (dimension === 'agency') drill.set('agencyId', key ?? '')
  else if (dimension && key && dimension !== 'all') drill.set(dimension, key)
  const onTime = query.get('dung-han') ?? ''
  if (onTime) drill.set('onTime', onTime)
  const dossiers = useQuery({ ...index766Dossiers(drill.toString()), enabled: open !== null })
  const opens = (by: string, of: string, wanted: string) => {
    const next = new URLSearchParams(query)
    next.set('mo', `${by}:${of}`)
    if (wanted) next.set('dung-han', wanted)
    else next.delete('dung-han')
    return `?${next}`
  }
  return (
    <>
      <PeriodBar filters={filters} set={set} today={today} report={undefined} />
      <p className="soft">{t('index.help')}</p>
      <Loaded query={report} lines={10}>
        {(found) => (
          <>
            <p className="tally">
              <strong className="tally-total">{points(found.total.points, found.max)}</strong>{' '}
              {t('index.sentence', {
                numerator: found.total.numerator,
                denominator: found.total.denominator,
              })}{' '}
              {t('index.mean', { days: days(found.total) })} <UnverifiedTag />
            </p>
            {open !== null && (
              <Loaded query={dossiers} lines={6}>
                {(list) => <Drilled found={list} />}
              </Loaded>
            )}
            {found.total.denominator === 0 ? (
              <Empty title={t('index.none')} />
            ) : (
              <div className="audit-tables">
                {found.tables.map((table) => (
                  <Section
                    key={table.dimension}
                    title={t(`index.by.${table.dimension}`)}
                    {...(table.dimension === 'person' && { help: t('index.personHelp') })}
                  >
                    <ScoreTable table={table} max={found.max} open={opens} />
                  </Section>
                ))}
              </div>
            )}
            <Formula report={found} />
            <Others report={found} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** Index 766: group 2 from our own data; of the other groups what they still need. */
export default function Index766Page() {
  const { t } = useTranslation('audit')
  return <PeriodPage title={t('index.title')} view={View} />
}
