import { useTranslation } from 'react-i18next'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatDay } from '../../shared/format.ts'
import { weeksOf } from '../../shared/weeks.ts'
import type { DayRow } from '../types.ts'
import { lookOf } from './days.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** One month: each day a button with its kind in words for a reader, in a letter and a shape for the eye. */
export const Month = ({
  year,
  month,
  rows,
  provisional,
  today,
  chosen,
  choose,
}: {
  year: number
  month: number
  rows: Map<string, DayRow>
  provisional: boolean
  today: string
  chosen: string
  choose: (day: string) => void
}) => {
  const { t } = useTranslation('admin')
  const text = useText()
  const language = useLanguage()
  const name = t(`calendar.months.${month}`)
  return (
    <table className={provisional ? 'month month-provisional' : 'month'}>
      <caption>{name}</caption>
      <thead>
        <tr>
          {WEEKDAYS.map((day) => (
            <th key={day} scope="col">
              {t(`weekday.${day}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(year, month).map((week, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month never move
          <tr key={index}>
            {week.map((day, column) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: an empty cell has no other name than its place
              if (!day) return <td key={column} />
              const row = rows.get(day)
              const look = lookOf(day, row)
              const words = [
                formatDay(day, language),
                t(`calendar.kind.${look}`),
                row && text(row.name),
                provisional && row && t('calendar.provisionalDay'),
                row?.test && t('calendar.test'),
                day === today && t('calendar.today'),
              ]
                .filter(Boolean)
                .join(', ')
              return (
                <td key={day}>
                  <button
                    type="button"
                    className={`day day-${look}${row?.test ? ' day-test' : ''}${day === today ? ' day-today' : ''}`}
                    aria-pressed={day === chosen}
                    aria-label={words}
                    title={words}
                    data-day={day}
                    tabIndex={day === chosen ? 0 : -1}
                    onClick={() => choose(day)}
                  >
                    {Number(day.slice(8))}
                    {row && look !== 'weekend' && (
                      <span className="day-letter" aria-hidden="true">
                        {t(`calendar.letter.${look}`)}
                      </span>
                    )}
                  </button>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
