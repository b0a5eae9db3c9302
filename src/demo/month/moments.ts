import type { Calendar } from '../../calendar/calendar.ts'
import { addDays, type LegalDay, weekdayOf } from '../../calendar/day.ts'
import { atLegal } from '../../clock.ts'
import type { Dice } from './dice.ts'
import { DAYS, LAST_SLOT, SLOTS } from './plan.ts'

/** A moment at which the clock stands still while people work. In the evening only citizens do. */
export type Moment = {
  day: number
  slot: number
  at: Date
  date: LegalDay
  evening: boolean
  /** Papers change hands by minutes. */
  handOver: boolean
  /** The drawers of the counters are counted. */
  closing: boolean
}

/** When papers change hands; at the later one the counters close. */
const HAND_OVERS = [2, 5]

const TIMES = ['07:42', '08:55', '10:20', '13:10', '14:38', '16:02', '19:40'] as const

/** The month's working days: from the first Monday after a day on. */
export function monthDays(calendar: Calendar, after: LegalDay): LegalDay[] {
  let day = addDays(after, 1)
  while (weekdayOf(day) !== 1) day = addDays(day, 1)
  const first = calendar.isWorkingDay(day) ? day : calendar.nextWorkingDay(day)
  return Array.from({ length: DAYS }, (_, n) => calendar.addWorkingDays(first, n))
}

/** Every moment of the month in order, some minutes beside the hour that it was planned for. */
export const momentsOf = (days: readonly LegalDay[], dice: Dice): Moment[] =>
  days.flatMap((date, day) =>
    TIMES.slice(0, day === days.length - 1 ? LAST_SLOT + 1 : SLOTS).map((time, slot) => ({
      day,
      slot,
      date,
      evening: slot === SLOTS - 1,
      handOver: HAND_OVERS.includes(slot),
      closing: slot === HAND_OVERS.at(-1),
      at: new Date(atLegal(date, time).getTime() + dice.between(0, 14, day, slot, 'minutes') * 60_000),
    })),
  )

/** One moment a day, for a month that is made to be checked and not to be looked at: the afternoon, which the last day has too. */
export const afternoons = (moments: readonly Moment[]): Moment[] =>
  moments
    .filter(({ slot }) => slot === LAST_SLOT)
    .map((moment) => ({ ...moment, handOver: true, closing: true }))
