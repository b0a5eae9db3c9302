import { buildCalendar, type Calendar } from '../../src/calendar/calendar.ts'
import { addDays, type LegalDay, weekdayOf, yearOf } from '../../src/calendar/day.ts'
import { sampleHours } from '../../src/calendar/hours.ts'
import { proposeYear } from '../../src/calendar/propose.ts'
import { shippedDays } from '../../src/calendar/shipped.ts'

/** The calendar the story is checked against: the shipped decisions, and proposed years after them. */
export const storyCalendar = (): Calendar => buildCalendar(shippedDays, sampleHours)

const WEEKS = 5

/**
 * The first Monday after a day whose five weeks lie in one year with no day off but weekends (and no undecided day), so
 * that the story's own dates hold whenever it is played.
 */
export function storyMonday(after: LegalDay): LegalDay {
  let monday = addDays(after, 1)
  while (weekdayOf(monday) !== 1) monday = addDays(monday, 1)
  for (; ; monday = addDays(monday, 7)) {
    const days = Array.from({ length: WEEKS * 7 }, (_, n) => addDays(monday, n))
    const special = new Set([...shippedDays, ...proposeYear(yearOf(monday))].map((day) => day.date))
    if (yearOf(days[0]!) === yearOf(days.at(-1)!) && !days.some((day) => special.has(day))) return monday
  }
}
