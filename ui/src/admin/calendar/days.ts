import { weekday } from '../../shared/format.ts'
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
