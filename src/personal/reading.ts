import { v7 as uuid } from 'uuid'
import { abilityFor, allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { forbidden } from '../http/problem.ts'
import { OPEN_MINUTES, READING } from './reasons.ts'
import { needOf, sightOf } from './sight.ts'

type Of = { id: string; applicantId: string }
/** Papers and letters show what the pages mask; a letter also says which agency keeps its copy. */
type What = { field: 'papers' } | { field: 'letters'; agencyId: string }

/**
 * In which unit somebody reads a dossier's papers: where they have work on it, or had; the clerical office keeps the
 * copies of its agency's letters; auditors look at everything.
 */
async function placeOf(tx: Tx, dossierId: string, what?: What): Promise<{ unitId: string } | undefined> {
  const need = await needOf(tx, dossierId)
  if (need) return need
  const [had] = await tx.sql<{ unit_id: string }>(
    `select t.unit_id from task t join decision d on d.task_id = t.id and d.state <> 'withdrawn'
      where t.dossier_id = $1 and d.actor_id = $2 order by d.acted_at desc limit 1`,
    [dossierId, tx.actor.personId],
  )
  if (had) return { unitId: had.unit_id }
  const inspected = await inspectedUnit(tx, dossierId)
  if (inspected) return inspected
  const { posts, ability } = tx.actor
  const keeper = posts.find(
    ({ role, agencyId }) => role === 'clerical' && what?.field === 'letters' && what.agencyId === agencyId,
  )
  const auditor = posts.find(({ role }) => role === 'auditor' || role === 'control')
  return keeper ?? (allows(ability, 'read', 'Opening', {}) ? auditor : undefined)
}

/** An inspector reads the papers of the dossiers that the decision names, and of no other; the look stands with the unit in charge. */
async function inspectedUnit(tx: Tx, dossierId: string): Promise<{ unitId: string } | undefined> {
  const { personId, inspections = [] } = tx.actor
  if (!personId || inspections.length === 0) return undefined
  const params: unknown[] = [dossierId]
  const decision = abilityFor({ personId, kind: 'staff', posts: [], inspections })
  const [row] = await tx.sql<{ unit_id: string }>(
    `select d.unit_id from dossier d where d.id = $1 and ${scope(decision, 'read', 'Dossier', 'd', params)}`,
    params,
  )
  return row && { unitId: row.unit_id }
}

/** Whether the reader may read the papers of a dossier that they may see. */
export const mayRead = async (tx: Tx, { id, applicantId }: Of): Promise<boolean> =>
  tx.actor.kind !== 'staff' || applicantId === tx.actor.personId || (await placeOf(tx, id)) !== undefined

/**
 * Somebody reads a paper or a letter. Where they have not opened the dossier's personal data, it is written down as a
 * look of its own, so that the applicant and the auditors read of it; a second one within the minutes of an opening
 * belongs to the first. The caller has checked that they may see the dossier, and audits the reading. 403 without work.
 */
export async function readInFull(tx: Tx, dossier: Of, what: What): Promise<void> {
  const { personId, kind } = tx.actor
  if (kind !== 'staff' || dossier.applicantId === personId || (await sightOf(tx, dossier)).clear) return
  const place = await placeOf(tx, dossier.id, what)
  if (!place)
    throw forbidden({
      vi: 'Giấy tờ và văn bản có dữ liệu cá nhân: chỉ người đang hoặc đã xử lý hồ sơ và một cửa đã nhận hồ sơ được đọc. Hãy nhận việc trước, hoặc nhờ người đang giữ việc.',
      en: 'Papers and letters hold personal data: only whoever works or has worked on the dossier and the one-stop that took it in may read them. Claim the work first, or ask whoever holds it.',
    })
  const [earlier] = await tx.sql(
    `update opening set fields = (select array_agg(distinct f) from unnest(fields || $4::text) f)
      where dossier_id = $1 and person_id = $2 and reason = $5 and until > $3 returning id`,
    [dossier.id, personId, tx.at, what.field, READING],
  )
  if (earlier) return
  // Closed at once: reading a paper shows nothing else.
  await tx.sql(
    `insert into opening (id, dossier_id, person_id, agency_id, unit_id, fields, reason, opened_at, until, closed_at)
     select $1, $2, $3, u.agency_id, u.id, array[$5::text], $8, $6, $7, $6 from unit u where u.id = $4`,
    [
      uuid(),
      dossier.id,
      personId,
      place.unitId,
      what.field,
      tx.at,
      new Date(tx.at.getTime() + OPEN_MINUTES * 60_000),
      READING,
    ],
  )
}
