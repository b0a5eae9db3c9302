import type { EntityManager } from '@mikro-orm/postgresql'
import { v7 as uuid } from 'uuid'
import type { Calendar } from '../calendar/calendar.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { dropAlarms, type Moment, setAlarms } from './alarms.ts'
import { allotmentTable } from './allotted.ts'
import { frameOf, newClock } from './clock-frame.ts'
import { computeDue, silenceFits, silenceOf } from './due.ts'
import { ClockEvent, DeadlineClock } from './entity.ts'
import type { Limit } from './limit.ts'
import { limitsOf } from './limits-of.ts'
import { milestones } from './milestones.ts'
import { applyEvents, type LegalEvent } from './modes.ts'

/** The act behind a clock's event: when (legal time), whose, and the paper that proves it. */
export type ClockAct = { at: Date; by: string | null; document?: Record<string, unknown> }

/** The dossier's own clock in its latest round, running or ended; null before receipt. */
export const dossierClock = async (em: EntityManager, dossierId: string): Promise<DeadlineClock | null> =>
  em.findOne(DeadlineClock, { dossierId, kind: 'dossier' }, { orderBy: { round: 'desc' } })

function event(tx: Tx, clock: DeadlineClock, kind: ClockEvent['kind'], act: ClockAct): void {
  tx.em.create(ClockEvent, {
    id: uuid(),
    clockId: clock.id,
    dossierId: clock.dossierId,
    at: act.at,
    kind,
    byPersonId: act.by,
    document: act.document ?? {},
  })
}

/**
 * The clock of rules 1 and 3 begins with receipt: the receipt promises the committed limit, lateness is shown against
 * the legal one too. The day of receipt is not counted.
 */
export const startDossierClock = (tx: Tx, dossierId: string, act: ClockAct): Promise<DeadlineClock> =>
  countAnew(tx, dossierId, 'received', act)

/**
 * The supplements were received. RESTART counts anew from today, in a new round (NĐ 61/2018 art. 19.4); PAUSE moves the
 * running round's date by the time that stood still, where a text says so (rules 4).
 */
export async function resumeDossierClock(tx: Tx, dossierId: string, act: ClockAct): Promise<DeadlineClock> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock) throw new Error(`dossier ${dossierId} has no clock to resume`)
  if (clock.mode !== 'PAUSE') {
    clock.endedAt = act.at
    return countAnew(tx, dossierId, 'complete', act)
  }
  event(tx, clock, 'complete', act)
  await tx.em.flush()
  keepMissed(clock)
  await setDates(tx, clock)
  clock.stoppedAt = null
  return clock
}

async function countAnew(
  tx: Tx,
  dossierId: string,
  kind: 'received' | 'complete' | 'resumed',
  act: ClockAct,
  basis?: string,
): Promise<DeadlineClock> {
  const { dossier } = await frameOf(tx, dossierId, act.at)
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const limits = await limitsOf(tx.sql, dossier)
  const round = ((await dossierClock(tx.em, dossierId))?.round ?? 0) + 1
  const clock = tx.em.create(DeadlineClock, {
    ...newClock(dossierId, dossierId, 'dossier', round, limits.committed, act.at),
    mode: version.definition.clockMode.mode,
    legal: limits.legal,
    // Set by setDates below, from all events since the first receipt.
    dueAt: act.at,
    legalDueAt: act.at,
    provisional: false,
    proof: { lines: [], sentence: { vi: '', en: '' }, provisional: false, warnings: [] },
  })
  // The ORM knows no order between the two tables.
  await tx.em.flush()
  event(tx, clock, kind, act)
  dossier.round = round
  await tx.em.flush()
  await setDates(tx, clock, basis)
  return clock
}

/** A date that had passed before the clock stood still was missed, whatever that time makes of it. */
function keepMissed(clock: DeadlineClock): void {
  if (!clock.stoppedAt || clock.stoppedAt <= clock.dueAt || clock.missedAt) return
  clock.missedDueAt = clock.dueAt
  clock.missedAt = clock.stoppedAt
}

/** Computes a running round's dates from the dossier's raw events, and sets its alarms. */
async function setDates(tx: Tx, clock: DeadlineClock, basis?: string): Promise<void> {
  const { dossier, calendar, rules } = await frameOf(tx, clock.dossierId, clock.startedAt)
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const { receivedAt, events } = await eventsOf(tx, dossier.id)
  const count = (limit: Limit) =>
    applyEvents({
      calendar,
      rules,
      mode: clock.mode,
      receivedAt,
      limit,
      events,
      basis: basis ?? version.definition.clockMode.basis.text,
    })
  const committed = count(clock.committed)
  const moments = milestones({
    calendar,
    rules,
    unit: clock.committed.unit,
    startedAt: clock.startedAt,
    countFrom: committed.rounds.at(-1)?.countFrom ?? clock.startedAt,
    dueAt: committed.lastDueAt,
    // No element, so counted after the appraisal: a round begins before it or goes on in it.
    allotmentsLeft: await allottedAfter(tx, dossier, calendar, ''),
  })
  // A new date promised while the clock stood still holds, with the moment at which it warns.
  Object.assign(clock, moments, clock.reappointedDueAt && { warnAt: clock.warnAt }, {
    dueAt: committed.lastDueAt,
    legalDueAt: count(clock.legal).lastDueAt,
    provisional: committed.proof.provisional,
    proof: committed.proof,
  })
  dossier.dueAt = clock.reappointedDueAt ?? clock.dueAt
  dossier.legalDueAt = clock.legalDueAt
  dossier.originalDueAt = clock.dueAt
  await dropAlarms(tx, clock.id)
  await setAlarms(tx, clock, dossierAlarms(clock, dossier))
}

/**
 * A text gives the round a longer limit: counted again from the same receipt, with alarms of its own once it runs. While
 * the clock stands still nothing is due.
 */
export async function extendDossierClock(tx: Tx, dossierId: string, limit: Limit): Promise<DeadlineClock> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock) throw new Error(`dossier ${dossierId} has no clock to extend`)
  clock.committed = { ...limit, decision: null }
  clock.legal = limit
  await setDates(tx, clock)
  if (clock.stoppedAt) await dropAlarms(tx, clock.id)
  return clock
}

/** The raw events of a dossier's clock since its first receipt, as the rules read them. */
export async function eventsOf(
  tx: Tx,
  dossierId: string,
): Promise<{ receivedAt: Date; events: LegalEvent[] }> {
  const rows = await tx.sql<{ at: Date; kind: ClockEvent['kind']; document: { number?: string } }>(
    `select e.at, e.kind, e.document from clock_event e join clock c on c.id = e.clock_id
      where e.dossier_id = $1 and c.kind = 'dossier' order by e.at, e.id`,
    [dossierId],
  )
  const received = rows.find((row) => row.kind === 'received')
  if (!received) throw new Error(`dossier ${dossierId} was never received`)
  const events = rows.flatMap(({ at, kind, document }): LegalEvent[] =>
    kind === 'received' || kind === 'reappointed'
      ? []
      : [{ at, kind, ...(document.number ? { document: `Phiếu ${document.number}` } : {}) }],
  )
  return { receivedAt: received.at, events }
}

/**
 * What a round wants of the dossier. The one new date (rules 7) holds within its round, whatever moves the first date; a
 * count that begins anew after supplements has a date of its own on a new form 01 (rules 4), for which no second apology
 * can be begun: missed, it asks for the letter of explanation.
 */
export function dossierAlarms(
  clock: Pick<DeadlineClock, 'dueAt' | 'warnAt' | 'apologyStartAt' | 'apologyBy' | 'reappointedDueAt'>,
  dossier: Pick<Dossier, 'reappointedDueAt'>,
): Moment[] {
  const moments: { kind: Moment['kind']; at: Date | null | undefined }[] = [
    { kind: 'warn', at: clock.warnAt },
  ]
  // A letter that came late moves the date, and excuses nobody once the first one has passed.
  if (clock.reappointedDueAt) moments.push({ kind: 'apology-missed', at: clock.dueAt })
  else if (!dossier.reappointedDueAt)
    moments.push(
      { kind: 'apology-start', at: clock.apologyStartAt },
      { kind: 'apology-missed', at: clock.apologyBy },
    )
  moments.push({ kind: 'breach', at: clock.reappointedDueAt ?? clock.dueAt })
  return moments.flatMap(({ kind, at }) => (at ? [{ kind, at }] : []))
}

/**
 * Working minutes allotted after a step or wait of the happy path; after the appraisal when the element lies beside it.
 * The step itself is left out: as long as it is not done, the later ones need their time before the due date, whatever
 * it has used.
 */
export async function allottedAfter(
  tx: Tx,
  dossier: Dossier,
  calendar: Calendar,
  elementId: string,
): Promise<number> {
  const { processId, definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const allotments = await allotmentTable(tx.sql, processId, dossier.caseKey, calendar)
  const elements = [...allotments.keys()]
  const appraisal = elements.findIndex((element) => definition.steps[element]?.form === 'appraise')
  const here = elements.includes(elementId) ? elements.indexOf(elementId) : appraisal
  return elements.slice(here + 1).reduce((sum, element) => sum + (allotments.get(element) ?? 0), 0)
}

/**
 * When an apology has to be begun, seen from the step the dossier stands at now: the moment at which the allotments of
 * the later steps no longer fit before the due date (rules 7). Moves later as steps are done.
 */
export async function apologyStartFrom(tx: Tx, clock: DeadlineClock, elementId: string): Promise<Date> {
  const { dossier, calendar, rules } = await frameOf(tx, clock.dossierId, clock.startedAt)
  return milestones({
    calendar,
    rules,
    unit: clock.committed.unit,
    startedAt: clock.startedAt,
    countFrom: computeDue({ calendar, rules, receivedAt: clock.startedAt, limit: clock.committed }).countFrom,
    dueAt: clock.dueAt,
    allotmentsLeft: await allottedAfter(tx, dossier, calendar, elementId),
  }).apologyStartAt
}

/** Sending form 02 stops the clock; its alarms are dropped until the papers are received. */
export async function stopDossierClock(tx: Tx, dossierId: string, act: ClockAct): Promise<void> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock || clock.endedAt) return
  clock.stoppedAt = act.at
  event(tx, clock, 'asked', act)
  await dropAlarms(tx, clock.id)
}

/** "Đã xử lý xong": the result is at the one-stop. From here on time is the applicant's (rules 3). */
export async function finishDossierClock(tx: Tx, dossierId: string, act: ClockAct): Promise<void> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock || clock.endedAt) return
  clock.endedAt = act.at
  event(tx, clock, 'finished', act)
  await dropAlarms(tx, clock.id)
}

/** The one new date of an apology (NĐ 61/2018 art. 19.9): promises anew, counts nothing anew. */
export async function reappoint(tx: Tx, dossierId: string, newDueAt: Date, act: ClockAct): Promise<void> {
  const clock = await dossierClock(tx.em, dossierId)
  const { dossier, calendar, rules } = await frameOf(tx, dossierId, act.at)
  if (!clock) throw new Error(`dossier ${dossierId} has no running clock to reappoint`)
  const moments = milestones({
    calendar,
    rules,
    unit: clock.committed.unit,
    startedAt: act.at,
    countFrom: act.at,
    dueAt: newDueAt,
  })
  clock.reappointedDueAt = newDueAt
  // apologyBy stays: it is the limit of the one apology there is.
  clock.warnAt = moments.warnAt
  dossier.reappointedDueAt = newDueAt
  dossier.dueAt = newDueAt
  event(tx, clock, 'reappointed', act)
  // What was due before this act has rung.
  await dropAlarms(tx, clock.id)
  await setAlarms(tx, clock, dossierAlarms(clock, dossier))
}

/**
 * Whether a consultation sent now could end by silence in time: the steps after it must still fit before the due date,
 * and one must know so before the apology's limit (rules 6). No when the dossier has no running clock to miss.
 */
export async function silenceTooLate(tx: Tx, dossierId: string, limit: Limit): Promise<boolean> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock?.apologyBy || clock.endedAt || clock.reappointedDueAt) return false
  const { dossier, calendar, rules } = await frameOf(tx, dossierId, tx.at)
  const { effectiveAt } = silenceOf({ calendar, rules, sentAt: tx.at, limit })
  const { waits } = (await publishedVersion(tx.sql, dossier.procedureVersionId)).definition
  const wait = Object.keys(waits).find((element) => waits[element]?.type === 'await.consultations') ?? ''
  const stepsAfterMinutes = await allottedAfter(tx, dossier, calendar, wait)
  return silenceFits({
    calendar,
    effectiveAt,
    stepsAfterMinutes,
    dueAt: clock.dueAt,
    apologyBy: clock.apologyBy,
  }).offerApology
}

/**
 * A stage that the procedure's data takes out of the count begins: the clock stands still. A new date that an apology
 * has promised holds whatever happens.
 */
export async function excludeFromClock(tx: Tx, dossierId: string, act: ClockAct): Promise<void> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock || clock.endedAt || clock.stoppedAt || clock.reappointedDueAt) return
  clock.stoppedAt = act.at
  event(tx, clock, 'excluded', act)
  await dropAlarms(tx, clock.id)
}

/**
 * The stage has ended: the date moves by its working time, for the text `basis`; where the limit has two appointments the
 * second is counted from now, in a round of its own. Nothing where the clock ran on.
 */
export async function countAgain(tx: Tx, dossierId: string, act: ClockAct, basis: string): Promise<void> {
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock?.stoppedAt || clock.endedAt) return
  if (clock.mode === 'EXCLUDED-STAGE' && clock.committed.split) {
    const { events } = await eventsOf(tx, dossierId)
    if (!events.some(({ kind }) => kind === 'resumed')) {
      keepMissed(clock)
      clock.endedAt = act.at
      await countAnew(tx, dossierId, 'resumed', act, basis)
      return
    }
  }
  event(tx, clock, 'resumed', act)
  await tx.em.flush()
  keepMissed(clock)
  clock.stoppedAt = null
  await setDates(tx, clock, basis)
}
