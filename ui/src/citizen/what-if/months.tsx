import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Explained } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { weeksOf } from '../../shared/weeks.ts'
import { daysOf, type Look, monthsOf, type TriedDay } from './days.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
const LEGEND: Look[] = ['received', 'counted', 'skipped', 'stopped', 'earlier', 'undecided', 'due']
/** More months than this are folded away between the first and the last ones. */
const SHOWN = 4

const Cell = ({ day, entry }: { day: string; entry: TriedDay | undefined }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  if (!entry) return <span className="tried-day">{Number(day.slice(8))}</span>
  const { look, number, line } = entry
  const words = [
    formatDay(day, language),
    t(`whatIf.look.${look}`),
    number !== null && t('whatIf.countedAs', { number }),
    text(line.reason),
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <span className={`tried-day tried-is-${look}`} title={words}>
      <span aria-hidden="true">{Number(day.slice(8))}</span>
      {number !== null && (
        <span className="tried-number" aria-hidden="true">
          {number}
        </span>
      )}
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

const Month = ({ year, month, days }: { year: number; month: number; days: Map<string, TriedDay> }) => {
  const { t } = useTranslation('citizen')
  return (
    <table className="tried-month">
      <caption>{t('whatIf.month', { month, year })}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {t(`whatIf.weekday.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month never move
          <tr key={index}>
            {week.map((day, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell has no other name than its place
              <td key={column}>{day && <Cell day={day} entry={days.get(day)} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The proof as days on a small calendar, from the receipt to the due date. */
export const Months = ({ proof }: { proof: Explained['proof'] }) => {
  const { t } = useTranslation('citizen')
  const [all, setAll] = useState(false)
  const days = daysOf(proof)
  const months = monthsOf(days)
  const folded = !all && months.length > SHOWN
  const shown = folded ? [...months.slice(0, 2), ...months.slice(-1)] : months
  const present = new Set([...days.values()].map(({ look }) => look))
  return (
    <section aria-label={t('whatIf.calendar')}>
      <ul className="tried-legend">
        {LEGEND.filter((look) => present.has(look)).map((look) => (
          <li key={look}>
            <span className={`tried-day tried-is-${look}`} aria-hidden="true" /> {t(`whatIf.look.${look}`)}
          </li>
        ))}
      </ul>
      <div className="tried-months">
        {shown.map(([year, month]) => (
          <Month key={`${year}-${month}`} year={year} month={month} days={days} />
        ))}
      </div>
      {folded && (
        <Button variant="subtle" size="sm" mt="xs" onClick={() => setAll(true)}>
          {t('whatIf.allMonths', { count: months.length })}
        </Button>
      )}
    </section>
  )
}
