import { asSystem } from '../access/filter.ts'
import { formatLegal } from '../calendar/format.ts'
import { isoLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { publishedVersion } from '../procedures/version.ts'
import { frameOf } from './clock-frame.ts'
import { allottedAfter, dossierClock, eventsOf } from './clocks.ts'
import type { DeadlineClock } from './entity.ts'
import type { Limit } from './limit.ts'
import { limitsOf } from './limits-of.ts'
import type { Milestones } from './milestones.ts'
import { applyEvents, type ClockState } from './modes.ts'
import type { Proof } from './proof.ts'
import { apply, momentsOf } from './recompute.ts'
import type { Counted } from './recount.ts'
import { stepsFit } from './steps-left.ts'

/**
 * What another version does to a dossier's own clock.
 * `none`: no clock runs (not received yet, or ended). `stands-still`: it is stopped; what begins after it counts by the version
 * the dossier is under then. `reappointed`: the new date of an apology holds, and nothing of this clock changes. `same`,
 * `earlier`: the date by the new version. `kept`: the new version counts later, or by its date the apology would be due already
 * or the steps still to come would not fit, so the promised date stays.
 */
export type ClockEffect = 'none' | 'stands-still' | 'reappointed' | 'same' | 'kept' | 'earlier'

export type VersionCount = {
  effect: ClockEffect
  before: { dueAt: Date | null; legalDueAt: Date | null; allottedAfterMinutes: number }
  after: { dueAt: Date | null; legalDueAt: Date | null; allottedAfterMinutes: number }
  /** The date that the version's own limit gives, whether or not it is taken; null where nothing is counted. */
  countedDueAt: Date | null
  proof: Proof | null
}

/** Both versions; `mapping` while the dossier still stands at a step of the old one. */
export type Versions = { from: string; to: string; mapping?: { from: string; to: string }[] }
type Counts = Counted & { limits: { committed: DeadlineClock['committed']; legal: Limit } }
type Count = { shown: VersionCount; counted: Counts | null }

/**
 * The clock of an open dossier as another version would have it; changes nothing. Law before design: the date on the receipt (form 01)
 * is a promise to the applicant, so a version may bring it forward and never puts it off; and moving a dossier makes nobody late,
 * so a date is not taken whose apology would have to be begun at `tx.at` already, or by which the steps from here on cannot be done
 * in the time the version allots them. The legal date comes forward no further than the date that holds. Mode and raw events of
 * the running round stay; a round that begins later counts by the version it begins under.
 */
export async function countByVersion(tx: Tx, dossierId: string, versions: Versions): Promise<VersionCount> {
  return (await count(asTheProduct(tx), dossierId, versions)).shown
}

const asTheProduct = (tx: Tx): Tx => ({ ...tx, em: asSystem(tx.em, 'recount by another version') })

async function count(tx: Tx, dossierId: string, { from, to, mapping }: Versions): Promise<Count> {
  const { dossier, calendar, rules } = await frameOf(tx, dossierId, tx.at)
  const left = (versionId: string) =>
    allottedAfter(tx, { ...dossier, procedureVersionId: versionId }, calendar, '')
  const now = { dueAt: dossier.dueAt ?? null, legalDueAt: dossier.legalDueAt ?? null }
  const before = { ...now, allottedAfterMinutes: await left(from) }
  const stays = (effect: ClockEffect, allottedAfterMinutes: number): Count => ({
    shown: { effect, before, after: { ...now, allottedAfterMinutes }, countedDueAt: null, proof: null },
    counted: null,
  })
  const clock = await dossierClock(tx.em, dossierId)
  if (!clock || clock.endedAt) return stays('none', await left(to))
  if (clock.stoppedAt) return stays('stands-still', await left(to))
  if (clock.reappointedDueAt) return stays('reappointed', await left(to))

  const { definition } = await publishedVersion(tx.sql, to)
  const { receivedAt, events } = await eventsOf(tx, dossierId)
  const limits = await limitsOf(tx.sql, { ...dossier, procedureVersionId: to })
  const basis = definition.clockMode.basis.text
  const by = (limit: Limit): ClockState =>
    applyEvents({ calendar, rules, mode: clock.mode, receivedAt, limit, events, basis })
  const [committed, legal] = [by(limits.committed), by(limits.legal)]
  const moved = { ...dossier, procedureVersionId: to }
  const earlier =
    committed.lastDueAt < clock.dueAt &&
    (await stepsFit(tx, {
      ...{ clock, dossier: moved, calendar, rules, committed },
      unit: limits.committed.unit,
      mapping: mapping ?? [],
    }))
  const due = earlier ? committed : by(clock.committed)
  const lawEarlier =
    legal.lastDueAt < clock.legalDueAt && legal.lastDueAt >= due.lastDueAt && legal.lastDueAt > tx.at
  const counted = {
    clock,
    dossier,
    calendar,
    rules,
    committed: due,
    legal: lawEarlier ? legal : by(clock.legal),
    limits: {
      committed: earlier ? limits.committed : clock.committed,
      legal: lawEarlier ? limits.legal : clock.legal,
    },
  }
  const effect: ClockEffect = earlier
    ? 'earlier'
    : committed.lastDueAt.getTime() === clock.dueAt.getTime()
      ? 'same'
      : 'kept'
  const after = {
    dueAt: due.lastDueAt,
    legalDueAt: counted.legal.lastDueAt,
    allottedAfterMinutes: await left(to),
  }
  return {
    shown: { effect, before, after, countedDueAt: committed.lastDueAt, proof: committed.proof },
    counted,
  }
}

/**
 * Counts the clock of a dossier that has just been moved to the version `to`, by the rule of `countByVersion`: dates, proof with the
 * date it had and why, warnings and alarms by the allotments of the new version. The applicant is told of a date that moved.
 */
export async function recomputeByVersion(
  given: Tx,
  dossierId: string,
  versions: Versions,
  words: { vi: string; en: string },
): Promise<VersionCount> {
  const tx = asTheProduct(given)
  const { shown, counted } = await count(tx, dossierId, versions)
  if (!counted) return shown
  const { clock, limits, dossier } = counted
  const promised = clock.dueAt
  clock.committed = limits.committed
  clock.legal = limits.legal
  await apply(tx, counted, { reason: words.vi, words }, await momentsAfter(tx, counted))
  if (shown.effect === 'kept' && shown.countedDueAt)
    clock.proof = keptIn(clock.proof, shown.countedDueAt, clock.dueAt, words)
  await tx.em.flush()
  if (shown.effect === 'earlier')
    await notifyApplicant(tx, {
      key: `version/${clock.id}/${tx.at.toISOString()}`,
      dossierId,
      template: 'due-date-earlier',
      data: { oldDueAt: promised, newDueAt: dossier.dueAt ?? clock.dueAt, reason: words.vi },
    })
  return shown
}

/** By the allotments of the new version; but no apology has to be begun because of the move that had time before it. */
async function momentsAfter(tx: Tx, counted: Counted): Promise<Milestones> {
  const moments = await momentsOf(tx, counted)
  const { apologyStartAt: before } = counted.clock
  const falls = moments.apologyStartAt <= tx.at && before && before > tx.at && before <= moments.apologyBy
  return falls ? { ...moments, apologyStartAt: before } : moments
}

/** The date stays as it was promised, and its proof says so. */
function keptIn(proof: Proof, counted: Date, dueAt: Date, words: { vi: string; en: string }): Proof {
  const reason = {
    vi: `${words.vi}: tính theo phiên bản mới là ${formatLegal(counted, 'vi')}; giữ ngày đã hẹn ${formatLegal(dueAt, 'vi')}`,
    en: `${words.en}: the new version gives ${formatLegal(counted, 'en')}; the promised date ${formatLegal(dueAt, 'en')} stays`,
  }
  const day = isoLegal(dueAt)
  return {
    ...proof,
    lines: [...proof.lines, { kind: 'moved', from: day, to: day, counted: false, reason, source: '' }],
    sentence: { vi: `${proof.sentence.vi}; ${reason.vi}`, en: `${proof.sentence.en}; ${reason.en}` },
  }
}
