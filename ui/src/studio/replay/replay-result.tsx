import { useTranslation } from 'react-i18next'
import type { ReplayResult } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { Empty } from '../../app/states.tsx'
import { workingTime } from '../../shared/format.ts'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { percent } from '../heatmap/measures.ts'

type Column = ReplayResult['actual']
const COLUMNS = ['actual', 'current', 'draft'] as const

const rate = ({ late, judged }: Column) => (judged > 0 ? late / judged : 0)

/** A figure with what it changes against the column before it, in words. */
const Change = ({ value, before }: { value: number; before: number }) => {
  const { t } = useTranslation('studio-replay')
  const language = useLanguage()
  if (before === 0 || Math.abs(value / before - 1) < 0.0005) return null
  const share = percent(Math.abs(value / before - 1), language)
  return (
    <span className={value < before ? 'replay-less' : 'replay-more'}>
      {t(value < before ? 'less' : 'more', { share })}
    </span>
  )
}

const Figures = ({ result }: { result: ReplayResult }) => {
  const { t } = useTranslation('studio-replay')
  const language = useLanguage()
  const lead = (['mean', 'p50', 'p90'] as const).map((name) => (
    <tr key={name}>
      <th scope="row">{t(`lead.${name}`)}</th>
      {COLUMNS.map((column) => (
        <td key={column}>
          {workingTime(result[column].lead[name], language)}
          {column === 'draft' && (
            <Change value={result.draft.lead[name]} before={result.current.lead[name]} />
          )}
        </td>
      ))}
    </tr>
  ))
  return (
    <ScrollX label={t('figures')} className="heat-scroll">
      <table className="heat-table replay-figures">
        <caption className="visually-hidden">{t('figures')}</caption>
        <thead>
          <tr>
            <td />
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lead}
          <tr>
            <th scope="row">{t('late')}</th>
            {COLUMNS.map((column) => (
              <td key={column}>
                {percent(rate(result[column]), language)}{' '}
                <span className="soft">
                  {t('lateOf', { late: result[column].late, judged: result[column].judged })}
                </span>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('basis')}</th>
            <td>{t('basisActual')}</td>
            {(['current', 'draft'] as const).map((column) => (
              <td key={column}>
                {t('basisOf', {
                  borrowed: result[column].borrowed,
                  estimated: result[column].estimated,
                })}
                {result[column].inSystem > 0 && ` ${t('inSystem', { count: result[column].inSystem })}`}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollX>
  )
}

const Waits = ({ result }: { result: ReplayResult }) => {
  const { t } = useTranslation('studio-replay')
  const language = useLanguage()
  const of = (column: (typeof COLUMNS)[number], id: string) =>
    result[column].elements.find((element) => element.id === id)
  const rows = result.elements.filter(
    ({ id, kind }) => kind === 'step' && COLUMNS.some((column) => of(column, id)),
  )
  const most = Math.max(1, ...rows.flatMap(({ id }) => COLUMNS.map((column) => of(column, id)?.wait ?? 0)))
  return (
    <ScrollX label={t('waits.title')} className="heat-scroll">
      <table className="heat-table">
        <caption className="visually-hidden">{t('waits.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('waits.step')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, current, draft }) => (
            <tr key={id}>
              <th scope="row">
                {name}
                {!current && <span className="soft"> · {t('waits.new')}</span>}
                {!draft && <span className="soft"> · {t('waits.removed')}</span>}
              </th>
              {COLUMNS.map((column) => {
                const found = of(column, id)
                if (!found) return <td key={column}>–</td>
                return (
                  <td key={column} className="replay-bar-cell">
                    <span className="replay-bar" data-column={column} aria-hidden="true">
                      <span style={{ width: `${(found.wait / most) * 100}%` }} />
                    </span>
                    {workingTime(found.wait, language)}
                    <span className="soft">
                      {' '}
                      ·{' '}
                      {found.work > 0
                        ? t('waits.work', { work: workingTime(found.work, language) })
                        : t('waits.noWork')}
                    </span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

const SHOWN_UNITS = 20

const Loads = ({ result }: { result: ReplayResult }) => {
  const { t } = useTranslation(['studio-replay', 'studio-heatmap'])
  const text = useText()
  const language = useLanguage()
  const keys = [
    ...new Set(COLUMNS.toReversed().flatMap((column) => result[column].units.map(({ key }) => key))),
  ]
  const of = (column: (typeof COLUMNS)[number], key: string) =>
    result[column].units.find((unit) => unit.key === key)
  return (
    <ScrollX label={t('loads.title')} className="heat-scroll">
      <table className="heat-table">
        <caption className="visually-hidden">{t('loads.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('loads.unit')}</th>
            <th scope="col">{t('loads.role')}</th>
            <th scope="col" className="number">
              {t('loads.people')}
            </th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="number">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.slice(0, SHOWN_UNITS).map((key) => {
            const unit = of('draft', key) ?? of('current', key) ?? of('actual', key)!
            return (
              <tr key={key}>
                <th scope="row">
                  {text(unit.unit)}, {text(unit.agency)}
                </th>
                <td>{t(`studio-heatmap:role.${unit.role}`, { defaultValue: unit.role })}</td>
                <td className="number">{unit.people}</td>
                {COLUMNS.map((column) => {
                  const load = of(column, key)?.load
                  return (
                    <td key={column} className="number">
                      {load === undefined ? '–' : percent(load, language)}
                      {load !== undefined && load > 0.85 && (
                        <strong className="replay-more"> {t('loads.full')}</strong>
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollX>
  )
}

const Left = ({ result }: { result: ReplayResult }) => {
  const { t } = useTranslation('studio-replay')
  const language = useLanguage()
  const out = result.total - result.replayed
  return (
    <>
      <p>
        {t('left.sum', {
          count: out,
          total: result.total,
          share: percent(result.total > 0 ? out / result.total : 0, language),
        })}
      </p>
      {result.left.length > 0 && (
        <ul>
          {result.left.map(({ reason, elementId, elementName, count, codes }) => (
            <li key={`${reason} ${elementId}`}>
              {t(`left.${reason}`, { count, name: elementName ?? '' })}{' '}
              {codes.length > 0 && (
                <details className="replay-codes">
                  <summary>{t('left.codes', { count: codes.length })}</summary>
                  {codes.join(', ')}
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What came out: the calibration first, then the three columns, where dossiers wait, the load, and who was left out. */
export const Result = ({ result }: { result: ReplayResult }) => {
  const { t } = useTranslation('studio-replay')
  const text = useText()
  // Rows of noughts would look like a result.
  if (result.total === 0) return <Empty title={t('nobody.filed')}>{t('nobody.filedHelp')}</Empty>
  if (result.replayed === 0)
    return (
      <>
        <p className="heat-sentence">{t('nobody.replayed')}</p>
        <Left result={result} />
      </>
    )
  return (
    <>
      <p className="heat-sentence">{text(result.sentence)}</p>
      <p className="soft">{t('rules')}</p>
      <Figures result={result} />
      <h3 className="section-title">{t('waits.title')}</h3>
      <p className="soft">{t('waits.help')}</p>
      <Waits result={result} />
      <h3 className="section-title">{t('loads.title')}</h3>
      <p className="soft">{t('loads.help')}</p>
      <Loads result={result} />
      <h3 className="section-title">{t('left.title')}</h3>
      <Left result={result} />
    </>
  )
}
