import { addDays, legalDay } from '../../shared/format.ts'
import { isWorking, lookOf } from '../calendar/days.ts'
import type { DayRow } from '../types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Sessions of the demonstration's office hours; a jump is only a suggestion, its target is shown. */
const SESSIONS = [
  ['07:30', '11:30'],
  ['13:00', '17:00'],
] as const
const MOST_DAYS = 60

const instant = (day: string, time: string) => Date.parse(`${day}T${time}:00+07:00`)
const worked = (day: string, rows: Map<string, DayRow>) => isWorking(lookOf(day, rows.get(day)))

/** The instant one working hour after `now` (milliseconds). */
export const oneWorkingHour = (now: number, rows: Map<string, DayRow>): number => {
  let left = HOUR
  for (let day = legalDay(now), n = 0; n < MOST_DAYS; day = addDays(day, 1), n++) {
    if (!worked(day, rows)) continue
    for (const [opens, closes] of SESSIONS) {
      const from = Math.max(now, instant(day, opens))
      const to = instant(day, closes)
      if (to <= from) continue
      if (to - from >= left) return from + left
      left -= to - from
    }
  }
  return now + HOUR
}

/** 08:00 of the first working day after the day of `now`. */
export const nextMorning = (now: number, rows: Map<string, DayRow>): number => {
  let day = addDays(legalDay(now), 1)
  for (let n = 0; n < MOST_DAYS && !worked(day, rows); n++) day = addDays(day, 1)
  return instant(day, '08:00')
}
