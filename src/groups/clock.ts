import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { type ClockAct, countAgain, excludeFromClock } from '../deadlines/clocks.ts'
import { computeDue } from '../deadlines/due.ts'
import { DeadlineClock } from '../deadlines/entity.ts'
import { partLimit } from '../deadlines/limits-of.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { isStopped } from './stopped.ts'

const BASIS =
  'Thời gian chờ người nộp bổ sung ở một thủ tục thành phần không tính vào thời hạn của cả nhóm (cách hiểu của hệ thống)'

/**
 * A group and its clock as they are now. Its parts act on it from their own dossiers, also at one moment: whoever comes
 * second waits here until the first has committed, and sees what it did.
 */
export async function groupHeld(tx: Tx, groupId: string): Promise<Dossier> {
  await tx.em.flush()
  await tx.sql('select from dossier where id = $1 for no key update', [groupId])
  await tx.em.find(DeadlineClock, { dossierId: groupId, kind: 'dossier' }, { refresh: true })
  return tx.em.findOneOrFail(Dossier, { id: groupId }, { refresh: true })
}

/**
 * The acts of several dossiers take effect in another order than they were done in (one is sent at once, another 30
 * seconds later, a third is held up): none enters the group's clock before what stands there already, nor before a part
 * had the papers it waited for.
 */
export async function inOrder<A extends { at: Date }>(tx: Tx, groupId: string, act: A): Promise<A> {
  const [row] = await tx.sql<{ at: Date | null }>(
    `select max(e.at) as at from clock_event e join dossier d on d.id = e.dossier_id
      where d.id = $1 or (d.parent_id = $1 and e.kind = 'complete')`,
    [groupId],
  )
  return row?.at && row.at > act.at ? { ...act, at: row.at } : act
}

/** A part waits for its applicant: the group's time stands still with it (our reading; no text speaks of it). */
export async function groupStands(tx: Tx, part: Dossier, act: ClockAct): Promise<void> {
  if (!part.parentId) return
  await groupHeld(tx, part.parentId)
  await excludeFromClock(tx, part.parentId, await inOrder(tx, part.parentId, act))
}

/** The part waits no longer: the group's time goes on, unless another part waits. */
export async function groupGoesOn(tx: Tx, part: Dossier, act: ClockAct): Promise<void> {
  if (!part.parentId) return
  await groupHeld(tx, part.parentId)
  const [waiting] = await tx.sql(
    `select from dossier where parent_id = $1 and id <> $2 and state = 'waiting-supplement' and finished_at is null`,
    [part.parentId, part.id],
  )
  if (!waiting) await countAgain(tx, part.parentId, await inOrder(tx, part.parentId, act), BASIS)
}

/**
 * Whether a group still keeps its date although its parts are not done: each open part is due by then, and each that is
 * yet to be opened would be. Then no apology is owed for the group: each agency apologises for its own part (our reading
 * of NĐ 63/2024/NĐ-CP art. 7 with NĐ 61/2018/NĐ-CP art. 19.9). False of a dossier that is no group.
 */
export async function partsInTime(tx: Tx, group: Dossier, dueAt: Date): Promise<boolean> {
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  if (definition.children.length === 0) return false
  const rows = await tx.sql<{ child_key: string; due_at: Date | null; finished_at: Date | null }>(
    'select child_key, due_at, finished_at from dossier where parent_id = $1',
    [group.id],
  )
  const open = rows.filter((row) => row.finished_at === null).map((row) => row.due_at ?? tx.at)
  const latest = new Date(Math.max(Number(tx.at), ...open.map(Number)))
  if (latest > dueAt) return false
  if (await isStopped(tx.sql, group.id)) return true
  const unopened = definition.children.filter(({ key }) => !rows.some((row) => row.child_key === key))
  const calendar = await calendarOf(tx.sql, group.agencyId)
  for (const part of unopened) {
    const { legal } = await partLimit(tx.sql, part, legalDay(tx.at))
    const due = computeDue({ calendar, rules: rulesOn(legalDay(latest)), receivedAt: latest, limit: legal })
    if (due.dueAt > dueAt) return false
  }
  return true
}
