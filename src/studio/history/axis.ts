import type { Calendar } from '../../calendar/calendar.ts'
import { addDays, type LegalDay } from '../../calendar/day.ts'

const MINUTE = 60_000

/** Instants as minutes since 1970 (UTC), with fractions: what the simulation counts in. */
export const minuteOf = (at: Date): number => at.getTime() / MINUTE
export const instantOf = (minute: number): Date => new Date(minute * MINUTE)

/**
 * The working sessions of an agency in a row, so that working time between two of thousands of instants is two searches.
 * All in minutes since 1970; `before`: working minutes before each session.
 */
export type Axis = { opens: Float64Array; closes: Float64Array; before: Float64Array }

/** Sessions one after the other, none overlapping. */
export function axisOf(sessions: { from: number; to: number }[]): Axis {
  const count = sessions.length
  const axis = {
    opens: new Float64Array(count),
    closes: new Float64Array(count),
    before: new Float64Array(count),
  }
  let sum = 0
  sessions.forEach(({ from, to }, n) => {
    axis.opens[n] = from
    axis.closes[n] = to
    axis.before[n] = sum
    sum += to - from
  })
  return axis
}

/** The sessions of a calendar on the days `from` to `to`, both counted. */
export function axisOfCalendar(calendar: Calendar, from: LegalDay, to: LegalDay): Axis {
  const sessions: { from: number; to: number }[] = []
  for (let day = from; day <= to; day = addDays(day, 1))
    for (const session of calendar.sessions(day))
      sessions.push({ from: minuteOf(session.from), to: minuteOf(session.to) })
  return axisOf(sessions)
}

/** The last of sorted numbers that is not above `value`; −1 before the first. */
function lastUpTo(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Working minutes from the axis' beginning to an instant. */
export function workedAt({ opens, closes, before }: Axis, at: number): number {
  const n = lastUpTo(opens, at)
  return n < 0 ? 0 : before[n]! + Math.min(at, closes[n]!) - opens[n]!
}

export const workedBetween = (axis: Axis, from: number, to: number): number =>
  to > from ? workedAt(axis, to) - workedAt(axis, from) : 0

/** The earliest instant at which so many working minutes have passed since `from`; beyond the axis, its end. */
export function afterWork(axis: Axis, from: number, minutes: number): number {
  if (minutes <= 0) return from
  const wanted = workedAt(axis, from) + minutes
  // The session in which that much is reached: the last that begins with less.
  let n = lastUpTo(axis.before, wanted)
  if (n > 0 && axis.before[n] === wanted) n--
  return Math.min(axis.opens[n]! + wanted - axis.before[n]!, axis.closes[n]!)
}

/** Where the axis ends: nothing is counted beyond. */
export const endOf = ({ closes }: Axis): number => closes.at(-1) ?? 0
