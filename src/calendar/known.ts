import { buildCalendar, type Calendar } from './calendar.ts'
import type { CalendarDay, LegalDay } from './day.ts'
import type { WorkingHours } from './hours.ts'

/** A day with the time in which it was what one knew; a later decision ends that. */
export type KnownDay = CalendarDay & { knownUntil?: LegalDay }

/** The days known on a legal day (without one: all that nothing later has replaced). */
export const daysKnownOn = (days: KnownDay[], day?: LegalDay): KnownDay[] =>
  days.filter(({ knownFrom, knownUntil }) =>
    day === undefined
      ? knownUntil === undefined
      : (knownFrom === undefined || knownFrom <= day) && (knownUntil === undefined || day < knownUntil),
  )

/** The calendars of a set of days: by working hours, and as known on any legal day. */
export type KnownCalendars = (hours: WorkingHours[], knownOn?: LegalDay) => Calendar

/** Builds each calendar once: between two days on which something became known, all are the same. */
export function knownCalendars(days: KnownDay[]): KnownCalendars {
  const turns = [...new Set(days.flatMap(({ knownFrom, knownUntil }) => [knownFrom, knownUntil]))]
    .filter((day) => day !== undefined)
    .sort()
  const built = new Map<WorkingHours[], Map<LegalDay, Calendar>>()
  return (hours, knownOn) => {
    const since = knownOn === undefined ? '' : (turns.findLast((turn) => turn <= knownOn) ?? '0')
    const known = built.get(hours) ?? new Map<LegalDay, Calendar>()
    built.set(hours, known)
    const found = known.get(since)
    if (found) return found
    const made = buildCalendar(daysKnownOn(days, knownOn), hours, knownOn === undefined ? {} : { knownOn })
    known.set(since, made)
    return made
  }
}
