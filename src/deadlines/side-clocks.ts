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

export const SIDE_KINDS = ['reception', 'supplement-wait', 'payment', 'confirmation', 'consultation'] as const
export type SideKind = (typeof SIDE_KINDS)[number]
export type SideDates = { dueAt: Date; proof: Proof; alarms: Moment[] }

/**
 * Date, proof and alarms of a clock that runs beside the dossier's own. Who is asked answers in time until `dueAt`; the
 * silence of a consulted body, and of an applicant who is to confirm, takes effect when that day has ended (rules 6).
 */
export function sideDates(
  kind: SideKind,
  by: { calendar: Calendar; rules: Rules; startedAt: Date; limit: Limit },
): SideDates {
  const { calendar, rules, startedAt, limit } = by
  if (kind === 'consultation' || kind === 'confirmation') {
    const { answerBy, effectiveAt, proof } = silenceOf({ calendar, rules, sentAt: startedAt, limit })
    const alarm = kind === 'consultation' ? 'silence' : 'wait-end'
    return { dueAt: answerBy, proof, alarms: [{ kind: alarm, at: effectiveAt }] }
  }
  const { dueAt, proof } = computeDue({ calendar, rules, receivedAt: startedAt, limit })
  if (kind === 'reception') return { dueAt, proof, alarms: [{ kind: 'breach', at: dueAt }] }
  const reminded = reminders(calendar, rules, startedAt, dueAt)
  return {
    dueAt,
    proof,
    alarms: [...reminded.map((at): Moment => ({ kind: 'reminder', at })), { kind: 'wait-end', at: dueAt }],
  }
}

/**
 * When an applicant who has not answered is reminded (rules 5, data): at the opening of work of each day, earliest
 * first, each moment once and none before the wait has begun. The half of a wait falls on a calendar day and moves to
 * the next working day.
 */
export function reminders(calendar: Calendar, rules: Rules, from: Date, until: Date): Date[] {
  const { sharesOfWait, workingDaysBeforeEnd } = rules.supplementReminder.value
  const length = until.getTime() - from.getTime()
  const days = [
    ...sharesOfWait.map((share) => {
      const day = legalDay(new Date(from.getTime() + length * share))
      return calendar.isWorkingDay(day) ? day : calendar.nextWorkingDay(day)
    }),
    ...workingDaysBeforeEnd.map((before) => calendar.addWorkingDays(legalDay(until), -before)),
  ]
  return [...new Set(days)]
    .sort()
    .map((day) => calendar.openOfWork(day))
    .filter((moment) => moment > from && moment < until)
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

/** The applicant's time to answer form 02; at its end the wait ends as expired, with reminders before. */
export const startSupplementWait = async (
  tx: Tx,
  dossierId: string,
  requestId: string,
  limit: Limit,
  at: Date,
): Promise<Date> => (await start(tx, 'supplement-wait', dossierId, requestId, limit, at)).dueAt

/** The applicant's time to pay a fee; reminded within it, over at its end. */
export const startPaymentClock = async (
  tx: Tx,
  dossierId: string,
  feeId: string,
  limit: Limit,
  at: Date,
): Promise<Date> => (await start(tx, 'payment', dossierId, feeId, limit, at)).dueAt

/** The applicant's time to confirm the form: until when they answer, and when their silence takes effect. */
export async function startConfirmationClock(
  tx: Tx,
  dossierId: string,
  confirmationId: string,
  limit: Limit,
  at: Date,
): Promise<{ answerBy: Date; effectiveAt: Date }> {
  const { dueAt, alarms } = await start(tx, 'confirmation', dossierId, confirmationId, limit, at)
  return { answerBy: dueAt, effectiveAt: alarms.at(-1)?.at ?? dueAt }
}

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
