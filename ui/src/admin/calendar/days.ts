import { addDays, weekday } from '../../shared/format.ts'
import type { CalendarYear, DayKind, DayRow } from '../types.ts'

/** What a day is, by its row or else by its weekday. */
export type DayLook = DayKind | 'swapped-off' | 'weekend' | 'working'

export const rowsOf = ({ days }: CalendarYear): Map<string, DayRow> =>
  new Map(days.map((row) => [row.date, row]))

const isWeekend = (day: string) => weekday(day) === 0 || weekday(day) === 6

/** A weekday off that is worked on another day is a swap, though its row says substitute. */
export const kindOf = ({ kind, swapWith }: DayRow): DayKind | 'swapped-off' =>
  kind === 'substitute' && swapWith ? 'swapped-off' : kind

export const lookOf = (day: string, row: DayRow | undefined): DayLook =>
  // An undecided day that falls on a weekend is off whatever is decided.
  row && !(row.kind === 'undecided' && isWeekend(day)) ? kindOf(row) : isWeekend(day) ? 'weekend' : 'working'

export const isWorking = (look: DayLook): boolean =>
  look === 'working' || look === 'swapped-working-day' || look === 'undecided'

/** The weeks of a month from Monday to Sunday; null where a week reaches into another month. */
export const weeksOf = (year: number, month: number): (string | null)[][] => {
  const prefix = `${year}-${String(month).padStart(2, '0')}`
  const first = `${prefix}-01`
  const before = (weekday(first) + 6) % 7
  const cells: (string | null)[] = Array.from({ length: before }, () => null)
  for (let day = first; day.startsWith(prefix); day = addDays(day, 1)) cells.push(day)
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
