import sample from './data/working-hours.json' with { type: 'json' }
import type { LegalDay, Weekday } from './day.ts'

/** Opening and closing of one session on the wall clock of Asia/Ho_Chi_Minh, 'HH:mm'. */
export type Span = [opens: string, closes: string]

/**
 * Working hours of an agency from a day on (null: since always) until the next row begins, so that
 * rows can neither overlap nor leave a gap. A weekday without sessions is a weekly day off; one
 * session makes a half day.
 */
export type WorkingHours = {
  validFrom: LegalDay | null
  week: Partial<Record<Weekday, Span[]>>
  source: string
  verified: boolean
}

/** Monday to Friday with the same sessions. */
export const officeWeek = (spans: Span[]): WorkingHours['week'] => ({
  1: spans,
  2: spans,
  3: spans,
  4: spans,
  5: spans,
})

/** The shipped sample: 07:30–11:30 and 13:00–17:00 on weekdays; not verified for one-stop counters. */
export const sampleHours: WorkingHours[] = sample.map((row) => ({
  validFrom: row.validFrom,
  week: officeWeek(row.spans as Span[]),
  source: row.source,
  verified: row.verified,
}))

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Sessions as minutes of the day, in order. Throws RangeError on a malformed or overlapping session. */
export function sessionsOf(spans: Span[]): [number, number][] {
  const sessions = spans.map(([opens, closes]): [number, number] => {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(opens) || !/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(closes))
      throw new RangeError(`working hours: '${opens}–${closes}' is not HH:mm–HH:mm`)
    return [minuteOf(opens), minuteOf(closes)]
  })
  let before = -1
  for (const [from, to] of sessions) {
    if (from >= to || from < before)
      throw new RangeError('working hours: sessions must follow each other without overlap')
    before = to
  }
  return sessions
}

/** The row in force on a day. Rows must be in order and the first open at its start. */
export function hoursOn(rows: WorkingHours[], day: LegalDay): WorkingHours {
  const row = rows.findLast((candidate) => candidate.validFrom === null || candidate.validFrom <= day)
  if (!row) throw new RangeError(`working hours: no row in force on ${day}`)
  return row
}
