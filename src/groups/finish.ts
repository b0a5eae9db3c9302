import type { Tx } from '../database/transaction.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import { passOn } from '../deadlines/ledger.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { settleWait } from '../engine/index.ts'
import { cancelApology } from '../letters/apology.ts'
import { publishedVersion } from '../procedures/version.ts'
import { groupGoesOn, groupHeld, inOrder } from './clock.ts'
import { isStopped } from './stopped.ts'

/** A group waits for each set of parts once. */
const THE_ONE_VISIT = 1

type Act = { at: Date; by: string | null }

/**
 * A part has its result at the one-stop, or has ended without one. The last of those awaited together ends the group's
 * wait; a part refused or given up stops no other. With no part left to come, the group has been dealt with at that
 * moment: its clock ends, and its result is that of its parts. (NĐ 63/2024/NĐ-CP art. 7 gives the group's limit; that it
 * ends with the last part is our reading.)
 */
export async function partFinished(tx: Tx, part: Dossier, { at, by }: Act): Promise<void> {
  if (!part.parentId) return
  const group = await groupHeld(tx, part.parentId)
  if (group.finishedAt) return
  await groupGoesOn(tx, part, { at, by })
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  const { wait } = definition.children.find(({ key }) => key === part.childKey) ?? {}
  if (wait) await endWait(tx, group, wait, { at: part.finishedAt ?? at, by })
}

/**
 * The applicant has stopped what is left of a group of which a part was decided already: nothing more of it is opened,
 * and with nothing left to come it ends now, else with the decided parts.
 */
export async function restStopped(tx: Tx, groupId: string, act: Act): Promise<void> {
  const group = await groupHeld(tx, groupId)
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  for (const wait of new Set(definition.children.map((part) => part.wait)))
    if (group.finishedAt || !(await endWait(tx, group, wait, act))) return
}

type PartRow = { child_key: string; result: string | null; finished_at: Date | null }

/** Ends a wait of the group when all its parts have; says whether they have. */
async function endWait(tx: Tx, group: Dossier, wait: string, { at, by }: Act): Promise<boolean> {
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  const stopped = await isStopped(tx.sql, group.id)
  const rows = await tx.sql<PartRow>(
    'select child_key, result, finished_at from dossier where parent_id = $1',
    [group.id],
  )
  const rowOf = ({ key }: { key: string }) => rows.find((row) => row.child_key === key)
  const coming = definition.children.filter((part) => !stopped || rowOf(part))
  const isLeft = (part: { key: string }) => !rowOf(part)?.finished_at
  const awaited = coming.filter((part) => part.wait === wait)
  if (awaited.some(isLeft)) return false
  const granted = awaited.some((part) => rowOf(part)?.result === 'granted')
  const asked = definition.waits[wait]?.outcomes.includes('results')
  const outcome = asked ? (granted && !stopped ? 'results' : 'no-result') : 'all-finished'
  const settled = await settleWait(tx, {
    subjectId: group.id,
    elementId: wait,
    visit: THE_ONE_VISIT,
    outcome,
    by,
  })
  if (settled !== 'won') return true
  // The part that takes effect last is not always the one that finished last.
  const ends = awaited.map((part) => Number(rowOf(part)?.finished_at))
  const { at: endedAt } = await inOrder(tx, group.id, { at: new Date(Math.max(Number(at), ...ends)) })
  await passOn(tx.sql, group.id, endedAt, {
    act: `children.${outcome}`,
    personId: by,
    text: { vi: 'Các thủ tục thành phần đã xong', en: 'The parts are done' },
  })
  if (outcome === 'no-result' || !coming.some(isLeft)) {
    await finishDossierClock(tx, group.id, { at: endedAt, by })
    await cancelApology(tx, group.id, 'Kết quả có trước khi gửi thư')
    group.finishedAt = endedAt
    group.state = 'done'
    group.result = mergedResult(definition.children.map((part) => rowOf(part)?.result ?? null))
  }
  tx.audit({ act: 'group.parts-finished', dossierId: group.id, detail: { wait, outcome } })
  tx.notify('live', { type: 'dossier', ids: [group.id] })
  await tx.em.flush()
  return true
}

/** All granted, none, or some: a part that was never opened counts as not granted. */
export function mergedResult(results: (string | null)[]): 'granted' | 'denied' | 'partial' {
  if (results.every((result) => result === 'granted')) return 'granted'
  return results.some((result) => result === 'granted') ? 'partial' : 'denied'
}
