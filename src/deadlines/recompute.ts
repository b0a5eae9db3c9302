import { asSystem } from '../access/filter.ts'
import { daysInForce } from '../calendar/agency-calendar.ts'
import type { LegalDay } from '../calendar/day.ts'
import { formatLegal } from '../calendar/format.ts'
import { isoLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { dropAlarms, setAlarms } from './alarms.ts'
import { allottedAfter } from './clocks.ts'
import { type Milestones, milestones } from './milestones.ts'
import type { Proof, ProofLine } from './proof.ts'
import { type Counted, isMoved, type Move, moveOf, recount } from './recount.ts'

/**
 * Counts the running clocks of open dossiers again by the days in force, after `changed` have been decided: due dates,
 * proof, warn and apology moments, alarms. Each proof says why and keeps the date it had; each dossier gets an audit
 * entry. A new date that an apology has promised stays as promised. Answers the dossiers whose due date moved.
 */
export async function recomputeClocks(tx: Tx, reason: string, changed: LegalDay[]): Promise<Move[]> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'recount after a calendar change') }
  const counted = await recount(system, await daysInForce(tx.sql), changed, 'for update of c, d')
  const moves: Move[] = []
  for (const one of counted) {
    if (isMoved(one)) moves.push(moveOf(one))
    await apply(system, one, reason)
  }
  await system.em.flush()
  return moves
}

async function apply(tx: Tx, counted: Counted, reason: string): Promise<void> {
  const { clock, dossier, committed, legal } = counted
  const before = clock.dueAt
  const due = committed.lastDueAt
  const moved = isMoved(counted)
  clock.proof = withRecounts(committed.proof, [
    ...recounts(clock.proof),
    ...(moved ? [movedLine(before, due, reason)] : []),
  ])
  clock.provisional = committed.proof.provisional
  clock.dueAt = due
  clock.legalDueAt = legal.lastDueAt
  dossier.legalDueAt = legal.lastDueAt
  dossier.originalDueAt = due
  dossier.dueAt = clock.reappointedDueAt ?? due
  await ring(tx, counted, await momentsOf(tx, counted))
  if (!moved) return
  tx.audit({
    act: 'clock.recomputed',
    dossierId: dossier.id,
    detail: { clock: clock.id, from: before.toISOString(), to: due.toISOString(), reason },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}

/** The moments before the date that holds now: the original one, or the new one an apology has promised. */
async function momentsOf(
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
async function ring(tx: Tx, { clock }: Counted, moments: Milestones): Promise<void> {
  const same = (a: Date | null | undefined, b: Date) => a?.getTime() === b.getTime()
  const promised = clock.reappointedDueAt
  const known =
    same(clock.warnAt, moments.warnAt) &&
    same(clock.apologyBy, moments.apologyBy) &&
    (promised || same(clock.apologyStartAt, moments.apologyStartAt))
  const due = promised ?? clock.dueAt
  if (known && (await rings(tx, clock.id, due))) return
  clock.warnAt = moments.warnAt
  clock.apologyBy = moments.apologyBy
  if (!promised) clock.apologyStartAt = moments.apologyStartAt
  await dropAlarms(tx, clock.id)
  await setAlarms(tx, clock, [
    { kind: 'warn', at: moments.warnAt },
    ...(promised
      ? []
      : [
          { kind: 'apology-start' as const, at: moments.apologyStartAt },
          { kind: 'apology-missed' as const, at: moments.apologyBy },
        ]),
    { kind: 'breach', at: due },
  ])
}

/** Whether the clock rings, or has rung, at its due date. */
async function rings(tx: Tx, clockId: string, dueAt: Date): Promise<boolean> {
  const rows = await tx.sql(`select from alarm where clock_id = $1 and kind = 'breach' and at = $2`, [
    clockId,
    dueAt,
  ])
  return rows.length > 0
}

const movedLine = (from: Date, to: Date, reason: string): ProofLine => ({
  kind: 'moved',
  from: isoLegal(from),
  to: isoLegal(to),
  counted: false,
  reason: {
    vi: `tính lại vì lịch làm việc thay đổi: ${reason}; hạn cũ ${formatLegal(from, 'vi')}`,
    en: `counted again, the working calendar changed: ${reason}; the old date was ${formatLegal(from, 'en')}`,
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
