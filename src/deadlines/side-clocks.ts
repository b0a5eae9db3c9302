import type { Calendar } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { dropAlarms, type Moment, setAlarms } from './alarms.ts'
import { frameOf, newClock } from './clock-frame.ts'
import { computeDue, silenceOf } from './due.ts'
import { DeadlineClock } from './entity.ts'
import type { Limit } from './limit.ts'
import type { Proof } from './proof.ts'
import type { Rules } from './rules.ts'

export type SideKind = 'reception' | 'supplement-wait' | 'consultation'
export type SideDates = { dueAt: Date; proof: Proof; alarms: Moment[] }

/** Three working days are our choice; no text and no procedure's data name a reminder. */
const REMINDER_DAYS = 3

/**
 * Date, proof and alarms of a clock that runs beside the dossier's own. A consulted body answers in time until `dueAt`;
 * its silence takes effect when that day has ended (rules 6).
 */
export function sideDates(
  kind: SideKind,
  by: { calendar: Calendar; rules: Rules; startedAt: Date; limit: Limit },
): SideDates {
  const { calendar, rules, startedAt, limit } = by
  if (kind === 'consultation') {
    const { answerBy, effectiveAt, proof } = silenceOf({ calendar, rules, sentAt: startedAt, limit })
    return { dueAt: answerBy, proof, alarms: [{ kind: 'silence', at: effectiveAt }] }
  }
  const { dueAt, proof } = computeDue({ calendar, rules, receivedAt: startedAt, limit })
  if (kind === 'reception') return { dueAt, proof, alarms: [{ kind: 'breach', at: dueAt }] }
  const remindAt = calendar.openOfWork(calendar.addWorkingDays(legalDay(dueAt), -REMINDER_DAYS))
  const reminder: Moment[] = remindAt > startedAt ? [{ kind: 'reminder', at: remindAt }] : []
  return { dueAt, proof, alarms: [...reminder, { kind: 'wait-end', at: dueAt }] }
}

async function start(
  tx: Tx,
  kind: SideKind,
  dossierId: string,
  subjectId: string,
  limit: Limit,
  at: Date,
): Promise<SideDates> {
  const { calendar, rules } = await frameOf(tx, dossierId, at)
  const dates = sideDates(kind, { calendar, rules, startedAt: at, limit })
  const clock = tx.em.create(DeadlineClock, {
    ...newClock(dossierId, subjectId, kind, 1, limit, at),
    dueAt: dates.dueAt,
    legalDueAt: dates.dueAt,
    provisional: dates.proof.provisional,
    proof: dates.proof,
  })
  await setAlarms(tx, clock, dates.alarms)
  return dates
}

/** Reception has a limit of its own, held by the one-stop from filing on (rules 1). */
export const startReception = (tx: Tx, dossierId: string, limit: Limit, at: Date): Promise<SideDates> =>
  start(tx, 'reception', dossierId, dossierId, limit, at)

/** The applicant's time to answer form 02; at its end the wait ends as expired, with a reminder before. */
export const startSupplementWait = async (
  tx: Tx,
  dossierId: string,
  requestId: string,
  limit: Limit,
  at: Date,
): Promise<Date> => (await start(tx, 'supplement-wait', dossierId, requestId, limit, at)).dueAt

/** A consulted body's own limit: until when it answers in time. */
export const startConsultationClock = async (
  tx: Tx,
  dossierId: string,
  consultationId: string,
  limit: Limit,
  at: Date,
): Promise<Date> => (await start(tx, 'consultation', dossierId, consultationId, limit, at)).dueAt

/** A side clock ends with its subject: an answer, a supplement, a receipt. Idempotent. */
export async function endClock(
  tx: Tx,
  subjectId: string,
  kind: DeadlineClock['kind'],
  at: Date,
): Promise<void> {
  const clock = await tx.em.findOne(DeadlineClock, { subjectId, kind, endedAt: null })
  if (!clock) return
  clock.endedAt = at
  await dropAlarms(tx, clock.id)
}

/** The dossier has ended: what ran beside its own clock (reception, a wait, consultations) runs no more. */
export async function endSideClocks(tx: Tx, dossierId: string, at: Date): Promise<void> {
  for (const clock of await tx.em.find(DeadlineClock, { dossierId, endedAt: null })) clock.endedAt = at
}
