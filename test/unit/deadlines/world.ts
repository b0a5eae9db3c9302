import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { sampleHours } from '../../../src/calendar/hours.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'
import { legalDay } from '../../../src/clock.ts'
import { computeDue } from '../../../src/deadlines/due.ts'
import type { Limit, LimitUnit } from '../../../src/deadlines/limit.ts'
import { rulesOn } from '../../../src/deadlines/rules.ts'

/** The shipped calendar with the sample hours. */
export const calendar = buildCalendar(shippedDays, sampleHours)

/** '2026-11-02 09:10' on the legal clock. */
export const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}+07:00`)

export const rulesAt = (instant: Date) => rulesOn(legalDay(instant))

export const limit = (value: number, unit: LimitUnit): Limit => ({ value, unit })

export const due = (received: string, value: number, unit: LimitUnit) => {
  const receivedAt = at(received)
  return computeDue({ calendar, rules: rulesAt(receivedAt), receivedAt, limit: limit(value, unit) })
}
