import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { HoldingView } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { workingTime } from '../../shared/format.ts'
import { Variance } from '../../shared/holders.tsx'
import { usePersonName } from '../../shared/person.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { rememberRow } from '../return-row.ts'

const COLUMNS = ['step', 'holder', 'from', 'to', 'openedBy', 'allotted', 'used', 'variance'] as const

/** The lanes as a table, in the order of the intervals; each step leads to its interval. */
export const HoldingsTable = ({ holdings }: { holdings: HoldingView[] }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const language = useLanguage()
  const { state } = useLocation()
  const nameOf = usePersonName()
  const rounds = new Set(holdings.map(({ round }) => round)).size > 1
  return (
    <ScrollX label={t('holding.caption')} className="late-scroll">
      <table className="late-table holding-table">
        <caption className="visually-hidden">{t('holding.caption')}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`holding.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {holdings.map((holding) => (
            <tr key={holding.id}>
              <th scope="row">
                <Link
                  to={`/kiem-tra/khoang/${holding.id}`}
                  state={state}
                  data-row={holding.id}
                  onClick={() => rememberRow(holding.id)}
                >
                  {text(holding.stepName)}
                </Link>
                {(rounds || holding.track === 'side') && (
                  <span className="late-under soft">
                    {[
                      rounds && t('holding.round', { round: holding.round }),
                      holding.track === 'side' && t('lanes.side'),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                )}
              </th>
              <td className="holding-holder">
                {holding.onBehalf === 'applicant'
                  ? t('lanes.applicant')
                  : holding.person
                    ? nameOf(holding.person.name, holding.inPlaceOf?.name)
                    : t('lanes.unclaimed')}
                {holding.onBehalf === 'holder' && (
                  <span className="late-under soft">
                    {text(holding.unit.name)}, {text(holding.agency.name)}
                  </span>
                )}
              </td>
              <td>
                <When at={holding.fromAt} />
              </td>
              <td>{holding.toAt ? <When at={holding.toAt} /> : <em>{t('lanes.now')}</em>}</td>
              <td className="holding-act">{text(holding.openedBy)}</td>
              <td className="nowrap">
                {holding.allottedMinutes === null ? '–' : workingTime(holding.allottedMinutes, language)}
              </td>
              <td className="nowrap">{workingTime(holding.usedMinutes, language)}</td>
              <td className="nowrap">
                <Variance minutes={holding.varianceMinutes} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}
