import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Opening } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Empty, Loaded } from '../../app/states.tsx'
import { More } from '../../shared/more.tsx'
import { ScrollX } from '../../shared/scroll-x.tsx'
import { When } from '../../shared/when.tsx'
import { openings } from '../queries.ts'

type Pick = (changes: Record<string, string>) => void

const Who = ({
  opening: { person, unit, agency },
  onPick,
}: {
  opening: Opening
  onPick: Pick | undefined
}) => {
  const text = useText()
  return (
    <div>
      {onPick ? (
        <button
          type="button"
          className="openings-who"
          onClick={() => onPick({ 'nguoi-mo': person.id, ten: person.name })}
        >
          {person.name}
        </button>
      ) : (
        <strong>{person.name}</strong>
      )}
      <span className="late-under soft">
        {text(unit.name)} · {text(agency.name)}
      </span>
    </div>
  )
}

const Until = ({ opening }: { opening: Opening }) => {
  const { t } = useTranslation('audit')
  // A paper that was read: nothing stayed open.
  if (opening.closedAt === opening.at) return null
  return (
    <span className="late-under soft nowrap">
      {t(opening.closedAt ? 'openings.closed' : 'openings.until')}{' '}
      <When at={opening.closedAt ?? opening.until} />
    </span>
  )
}

/** The same where there is no width for a table. */
const Cards = ({ rows, onPick }: { rows: Opening[]; onPick: Pick | undefined }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  return (
    <ul className="late-cards">
      {rows.map((one) => (
        <li key={one.id}>
          <div className="late-card-head">
            <Who opening={one} onPick={onPick} />
            {onPick && (
              <Link to={`/kiem-tra/ho-so/${one.dossier.id}`} className="figures late-code">
                {one.dossier.code}
              </Link>
            )}
          </div>
          <p className="late-card-name">
            <When at={one.at} />
            <Until opening={one} />
          </p>
          <dl className="late-card-facts">
            <dt>{t('openings.column.reason')}</dt>
            <dd>
              {text(one.reason)}
              {one.text && `: ${one.text}`}
            </dd>
            <dt>{t('openings.column.fields')}</dt>
            <dd>{one.fields.map(text).join('; ')}</dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}

const Table = ({ rows, onPick }: { rows: Opening[]; onPick: Pick | undefined }) => {
  const { t } = useTranslation('audit')
  const text = useText()
  const columns = ['at', 'person', ...(onPick ? ['dossier'] : []), 'reason', 'fields']
  return (
    <ScrollX label={t('openings.title')} className="late-scroll">
      <table className="late-table">
        <caption className="visually-hidden">{t('openings.caption')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`openings.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">
                <When at={one.at} />
                <Until opening={one} />
              </td>
              <td>
                <Who opening={one} onPick={onPick} />
              </td>
              {onPick && (
                <td>
                  <Link to={`/kiem-tra/ho-so/${one.dossier.id}`} className="figures late-code">
                    {one.dossier.code}
                  </Link>
                  <span className="late-under soft late-procedure">{text(one.dossier.procedure)}</span>
                </td>
              )}
              <td>
                {text(one.reason)}
                {one.text && <span className="late-under soft">{one.text}</span>}
              </td>
              <td className="openings-fields">{one.fields.map(text).join('; ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  )
}

/** Openings of the filter, newest first; `onPick` narrows the list to a person, and with it the dossiers are named. */
export const OpeningsList = ({ filter, onPick }: { filter: Record<string, string>; onPick?: Pick }) => {
  const { t } = useTranslation('audit')
  const query = useInfiniteQuery(openings(filter))
  const narrow = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false })
  const Rows = narrow ? Cards : Table
  return (
    <Loaded query={query} lines={6}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.openings)
        if (rows.length === 0) return <Empty title={t('openings.none')} />
        return (
          <>
            <Rows rows={rows} onPick={onPick} />
            <More pages={query} />
          </>
        )
      }}
    </Loaded>
  )
}
