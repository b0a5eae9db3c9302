import { asSystem } from '../access/filter.ts'
import { daysInForce } from '../calendar/agency-calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { formatLegal, type Text } from '../calendar/format.ts'
import { isoLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { dropAlarms, setAlarms } from './alarms.ts'
import { allottedAfter, dossierAlarms } from './clocks.ts'
import { DeadlineClock } from './entity.ts'
import { type Milestones, milestones } from './milestones.ts'
import type { Proof, ProofLine } from './proof.ts'
import { type CalendarChange, type Counted, isMoved, type Move, moveOf, recount } from './recount.ts'
import { type CountedSide, isSideMoved, recountSides, sideMoveOf } from './recount-sides.ts'

/**
 * Counts the running clocks of open dossiers again by the days in force, after `changed` have been decided (or an agency's hours on them): due dates,
 * ends of waits and consultations, proof, warn and apology moments, alarms. Each proof says why and keeps the date it had; each dossier gets an audit
 * entry, and its applicant is told both dates and the reason. A new date that an apology has promised stays as promised. Answers the dossiers whose due date moved.
 */
export async function recomputeClocks(
  tx: Tx,
  reason: string,
  changed: LegalDay[],
  agency?: CalendarChange['agency'],
): Promise<Move[]> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'recount after a calendar change') }
  const days = await daysInForce(tx.sql)
  const change = { days, changed, ...(agency ? { agency } : {}) }
  const lock = 'for update of c, d'
  const moves: Move[] = []
  const promised: Move[] = []
  for (const one of await recount(system, change, lock)) {
    if (isMoved(one)) promised.push(moveOf(one))
    await apply(system, one, { reason, words: byCalendar(reason) })
  }
  for (const one of await recountSides(system, change, lock)) {
    if (isSideMoved(one)) moves.push(sideMoveOf(one))
    await applySide(system, one, reason)
  }
  await system.em.flush()
  for (const move of promised) await tellApplicant(system, move, reason)
  return [...promised, ...moves]
}

/** The date on the receipt was promised: whoever holds the receipt hears that another one counts, and why. */
async function tellApplicant(tx: Tx, { clockId, dossierId, from, to }: Move, reason: string): Promise<void> {
  const clock = await tx.em.findOneOrFail(DeadlineClock, { id: clockId })
  // What an apology has promised in this round holds, whatever the first date becomes.
  if (clock.reappointedDueAt) return
  await notifyApplicant(tx, {
    key: `recount/${clockId}/${tx.at.toISOString()}/${to.toISOString()}`,
    dossierId,
    template: 'due-date-moved',
    data: { oldDueAt: from, newDueAt: to, reason },
  })
}

/** What waits for the end of the clock, a body's silence or an applicant's, waits for the new one. */
async function applySide(tx: Tx, counted: CountedSide, reason: string): Promise<void> {
  const { clock, dates } = counted
  const before = clock.dueAt
  const moved = isSideMoved(counted)
  clock.proof = withRecounts(dates.proof, [
    ...recounts(clock.proof),
    ...(moved ? [movedLine(before, dates.dueAt, byCalendar(reason))] : []),
  ])
  clock.provisional = dates.proof.provisional
  if (!moved) return
  clock.dueAt = dates.dueAt
  clock.legalDueAt = dates.dueAt
  await dropAlarms(tx, clock.id)
  await setAlarms(tx, clock, dates.alarms)
  await tx.sql('update consultation set due_at = $2 where id = $1', [clock.subjectId, dates.dueAt])
  await tx.sql('update supplement_request set wait_until = $2 where id = $1', [clock.subjectId, dates.dueAt])
  await tx.sql('update confirmation set answer_by = $2, silent_at = $3 where id = $1', [
    clock.subjectId,
    dates.dueAt,
    dates.alarms.at(-1)?.at ?? dates.dueAt,
  ])
  await tx.sql('update fee_due set pay_by = $2 where id = $1', [clock.subjectId, dates.dueAt])
  auditMove(tx, clock, before, dates.dueAt, reason)
}

function auditMove(tx: Tx, clock: DeadlineClock, from: Date, to: Date, reason: string): void {
  tx.audit({
    act: 'clock.recomputed',
    dossierId: clock.dossierId,
    detail: { clock: clock.id, from: from.toISOString(), to: to.toISOString(), reason },
  })
  tx.notify('live', { type: 'dossier', ids: [clock.dossierId] })
}

/** Why a clock is counted again: for the trail, and in the words of its proof. */
export type Recount = { reason: string; words: Text }

const byCalendar = (reason: string): Text => ({
  vi: `tính lại vì lịch làm việc thay đổi: ${reason}`,
  en: `counted again, the working calendar changed: ${reason}`,
})

/**
 * Writes what was counted again: dates, proof (with the date it had, and why), moments (`momentsOf`, unless others are given),
 * alarms, an audit entry where it moved.
 */
export async function apply(
  tx: Tx,
  counted: Counted,
  { reason, words }: Recount,
  moments?: Milestones,
): Promise<void> {
  const { clock, dossier, committed, legal } = counted
  const before = clock.dueAt
  const due = committed.lastDueAt
  const moved = isMoved(counted)
  clock.proof = withRecounts(committed.proof, [
    ...recounts(clock.proof),
    ...(moved ? [movedLine(before, due, words)] : []),
  ])
  clock.provisional = committed.proof.provisional
  clock.dueAt = due
  clock.legalDueAt = legal.lastDueAt
  dossier.legalDueAt = legal.lastDueAt
  dossier.originalDueAt = due
  dossier.dueAt = clock.reappointedDueAt ?? due
  await ring(tx, counted, moments ?? (await momentsOf(tx, counted)))
  if (moved) auditMove(tx, clock, before, due, reason)
}

/** The moments before the date that holds now: the original one, or the new one an apology has promised. */
export async function momentsOf(
  tx: Tx,
  { clock, dossier, calendar, rules, committed }: Counted,
): Promise<Milestones> {
  const { unit } = clock.committed
  const promised = clock.reappointedDueAt
  if (promised) {
    const [given] = await tx.sql<{ at: Date }>(
      `select at from clock_event where clock_id = $1 and kind = 'reappointed' order by at desc limit 1`,
      [clock.id],
    )
    const at = given?.at ?? clock.startedAt
    return milestones({ calendar, rules, unit, startedAt: at, countFrom: at, dueAt: promised })
  }
  return milestones({
    calendar,
    rules,
    unit,
    startedAt: clock.startedAt,
    countFrom: committed.rounds.at(-1)?.countFrom ?? clock.startedAt,
    dueAt: committed.lastDueAt,
    // The name of no element, so counted after the appraisal, as when the round began.
    allotmentsLeft: await allottedAfter(tx, dossier, calendar, 'appraise'),
  })
}

/** Alarms that have not rung yet are set anew; those that have rung stay on the record. */
async function ring(tx: Tx, { clock, dossier }: Counted, moments: Milestones): Promise<void> {
  const same = (a: Date | null | undefined, b: Date) => a?.getTime() === b.getTime()
  const promised = clock.reappointedDueAt
  const known =
    same(clock.warnAt, moments.warnAt) &&
    (promised ||
      (same(clock.apologyBy, moments.apologyBy) && same(clock.apologyStartAt, moments.apologyStartAt)))
  const due = promised ?? clock.dueAt
  if (known && (await rings(tx, clock.id, due))) return
  clock.warnAt = moments.warnAt
  // A new date does not move the limit of the apology that gave it.
  if (!promised) {
    Object.assign(clock, { apologyBy: moments.apologyBy, apologyStartAt: moments.apologyStartAt })
    await followApology(tx, clock)
  }
  await dropAlarms(tx, clock.id)
  await setAlarms(tx, clock, dossierAlarms(clock, dossier))
}

/** Work on a letter of apology is due when the letter is (tasks/letter-task.ts). */
const followApology = (tx: Tx, { dossierId, apologyBy }: DeadlineClock) =>
  tx.sql(
    `update task t set due_at = $2 from letter l
      where l.id = t.subject_id and l.kind = 'apology' and t.dossier_id = $1 and t.state in ('open', 'deciding')`,
    [dossierId, apologyBy],
  )

/** Whether the clock rings, or has rung, at its due date. */
async function rings(tx: Tx, clockId: string, dueAt: Date): Promise<boolean> {
  const rows = await tx.sql(`select from alarm where clock_id = $1 and kind = 'breach' and at = $2`, [
    clockId,
    dueAt,
  ])
  return rows.length > 0
}

const movedLine = (from: Date, to: Date, words: Text): ProofLine => ({
  kind: 'moved',
  from: isoLegal(from),
  to: isoLegal(to),
  counted: false,
  reason: {
    vi: `${words.vi}; hạn cũ ${formatLegal(from, 'vi')}`,
    en: `${words.en ?? words.vi}; the old date was ${formatLegal(from, 'en')}`,
  },
  source: '',
})

/** Earlier recounts: a proof keeps every date that was ever promised. */
const recounts = (proof: Proof): ProofLine[] =>
  proof.lines.filter(({ kind, from }) => kind === 'moved' && from)

const withRecounts = (proof: Proof, lines: ProofLine[]): Proof => ({
  ...proof,
  lines: [...proof.lines, ...lines],
  sentence: {
    vi: [proof.sentence.vi, ...lines.map(({ reason }) => reason.vi)].join('; '),
    en: [proof.sentence.en, ...lines.map(({ reason }) => reason.en)].join('; '),
  },
})
