import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { computeDue } from '../deadlines/due.ts'
import { rulesOn } from '../deadlines/rules.ts'

/**
 * By when an explanation is owed: so many working days by the calendar of the agency that answers, the day of asking not
 * counted; and when to remind of it, a working day before.
 */
export async function answerBy(
  tx: Tx,
  agencyId: string,
  days: number,
): Promise<{ dueAt: Date; warnAt: Date }> {
  const calendar = await calendarOf(tx.sql, agencyId)
  const { dueAt } = computeDue({
    calendar,
    rules: rulesOn(legalDay(tx.at)),
    receivedAt: tx.at,
    limit: { value: days, unit: 'working-day' },
  })
  const dayBefore = calendar.closeOfWork(calendar.previousWorkingDay(legalDay(dueAt)))
  const warnAt = dayBefore > tx.at ? dayBefore : calendar.openOfWork(legalDay(dueAt))
  return { dueAt, warnAt }
}
