import type { Calendar } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import { type LimitUnit, startsAtOnce } from './limit.ts'
import type { Rules } from './rules.ts'

export type Milestones = { warnAt: Date; apologyStartAt: Date; apologyBy: Date }

const later = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b)
const earlier = (a: Date, b: Date): Date => (a.getTime() <= b.getTime() ? a : b)

/**
 * The moments before a due date (rules 7): `apologyBy`, close of the last working day before it; `warnAt`,
 * one working day earlier; `apologyStartAt`, when the allotments left (`allotmentsLeft`, working minutes)
 * no longer fit, at the latest 4 working hours before `apologyBy`. Hour and same-day limits, and limits so
 * short that no working moment lies before `apologyBy`: `apologyBy` is `dueAt`, `warnAt` 2 working hours
 * before, the apology starts with a quarter of the limit left. None lies before `startedAt`.
 */
export function milestones(input: {
  calendar: Calendar
  rules: Rules
  unit: LimitUnit
  startedAt: Date
  countFrom: Date
  dueAt: Date
  allotmentsLeft?: number
}): Milestones {
  const { calendar, rules, unit, startedAt, countFrom, dueAt, allotmentsLeft } = input
  const warn = rules.warnAt.value
  const start = rules.apologyStart.value
  const dayBefore = calendar.addWorkingDays(legalDay(dueAt), -rules.apologyBy.value.workingDaysBefore)
  const closeBefore = calendar.closeOfWork(dayBefore)
  const short = startsAtOnce(unit) || unit === 'same-day' || closeBefore.getTime() <= startedAt.getTime()

  const apologyBy = short ? dueAt : closeBefore
  const warnAt = short
    ? calendar.addWorkingMinutes(dueAt, -warn.workingHoursBeforeDue * 60)
    : calendar.closeOfWork(calendar.addWorkingDays(dayBefore, -warn.workingDaysBeforeApology))
  const limitMinutes = calendar.workingMinutesBetween(countFrom, dueAt)
  const latestStart = short
    ? calendar.addWorkingMinutes(dueAt, -Math.round(limitMinutes * start.shareOfLimit))
    : calendar.addWorkingMinutes(apologyBy, -start.workingHoursBeforeApology * 60)
  const noFit =
    allotmentsLeft === undefined ? latestStart : calendar.addWorkingMinutes(dueAt, -allotmentsLeft)
  return {
    warnAt: later(warnAt, startedAt),
    apologyStartAt: later(earlier(latestStart, noFit), startedAt),
    apologyBy,
  }
}
