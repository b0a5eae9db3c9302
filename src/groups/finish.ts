import type { Tx } from '../database/transaction.ts'
import { finishDossierClock } from '../deadlines/clocks.ts'
import { passOn } from '../deadlines/ledger.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { settleWait } from '../engine/index.ts'
import { cancelApology } from '../letters/apology.ts'
import { publishedVersion } from '../procedures/version.ts'
import { groupGoesOn, groupHeld, inOrder } from './clock.ts'

/** A group waits for each set of parts once. */
const THE_ONE_VISIT = 1

/**
 * A part has its result at the one-stop, or has ended without one. The last of those awaited together ends the group's
 * wait; a part refused or given up stops no other. With no part left to come, the group has been dealt with at that
 * moment: its clock ends, and its result is that of its parts. (NĐ 63/2024/NĐ-CP art. 7 gives the group's limit; that it
 * ends with the last part is our reading.)
 */
export async function partFinished(
  tx: Tx,
  part: Dossier,
  { at, by }: { at: Date; by: string | null },
): Promise<void> {
  if (!part.parentId) return
  const group = await groupHeld(tx, part.parentId)
  if (group.finishedAt) return
  await groupGoesOn(tx, part, { at, by })
  const { definition } = await publishedVersion(tx.sql, group.procedureVersionId)
  const wait = definition.children.find(({ key }) => key === part.childKey)?.wait ?? ''
  const rows = await tx.sql<{ child_key: string; result: string | null; finished_at: Date }>(
    'select child_key, result, finished_at from dossier where parent_id = $1 and finished_at is not null',
    [group.id],
  )
  const endedOf = (keys: string[]) => rows.filter((row) => keys.includes(row.child_key))
  const awaited = definition.children.filter((one) => one.wait === wait).map(({ key }) => key)
  const ended = endedOf(awaited)
  if (ended.length < awaited.length) return
  const granted = ended.some(({ result }) => result === 'granted')
  const asked = definition.waits[wait]?.outcomes.includes('results')
  const outcome = asked ? (granted ? 'results' : 'no-result') : 'all-finished'
  const settled = await settleWait(tx, {
    subjectId: group.id,
    elementId: wait,
    visit: THE_ONE_VISIT,
    outcome,
    by,
  })
  if (settled !== 'won') return
  // The part that takes effect last is not always the one that finished last.
  const last = new Date(Math.max(...ended.map((row) => Number(row.finished_at))))
  const { at: endedAt } = await inOrder(tx, group.id, { at: last })
  await passOn(tx.sql, group.id, endedAt, {
    act: `children.${outcome}`,
    personId: by,
    text: { vi: 'Các thủ tục thành phần đã xong', en: 'The parts are done' },
  })
  const nothingFollows = outcome === 'no-result' || rows.length === definition.children.length
  if (nothingFollows) {
    await finishDossierClock(tx, group.id, { at: endedAt, by })
    await cancelApology(tx, group.id, 'Kết quả có trước khi gửi thư')
    group.finishedAt = endedAt
    group.state = 'done'
    group.result = mergedResult(
      definition.children.map(({ key }) => rows.find((row) => row.child_key === key)?.result ?? null),
    )
  }
  tx.audit({ act: 'group.parts-finished', dossierId: group.id, detail: { wait, outcome } })
  tx.notify('live', { type: 'dossier', ids: [group.id] })
  await tx.em.flush()
}

/** All granted, none, or some: a part that was never opened counts as not granted. */
export function mergedResult(results: (string | null)[]): 'granted' | 'denied' | 'partial' {
  if (results.every((result) => result === 'granted')) return 'granted'
  return results.some((result) => result === 'granted') ? 'partial' : 'denied'
}
