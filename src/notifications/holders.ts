import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify } from './notify.ts'
import type { TemplateName } from './templates.ts'

/** A post held on the legal day $2. */
const valid = 'valid_on(po.valid_from, po.valid_to, $2)'

/** Tells whoever holds the dossier now and who stands in for them today (of unclaimed work the heads of its unit), and the leaders of its agency. `key` names the occasion: a repeat does nothing. */
export async function tellHolders(
  tx: Tx,
  dossierId: string,
  key: string,
  template: TemplateName,
): Promise<void> {
  const people = await tx.sql<{ person_id: string }>(
    `select coalesce(h.person_id, po.person_id) as person_id
       from holding h join dossier d on d.id = h.dossier_id
       left join post po on po.unit_id = h.unit_id and po.role in ('unit-head', 'one-stop-head') and ${valid}
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null
      union
     select b.substitute_id
       from holding h join dossier d on d.id = h.dossier_id left join task t on t.id = h.task_id
       join absence b on b.person_id = h.person_id and b.cancelled_at is null and $2::date between b.from_day and b.to_day
        and covers(b.procedures, b.forms, d.procedure_code, coalesce(t.form, ''))
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null and b.substitute_id is not null
      union
     select po.person_id from post po join dossier d on d.agency_id = po.agency_id
      where d.id = $1 and po.role = 'leader' and ${valid}`,
    [dossierId, legalDay(tx.at)],
  )
  for (const { person_id } of people)
    if (person_id) await notify(tx, { key: `${key}/${person_id}`, dossierId, personId: person_id, template })
}

/** Tells the people of a role in a unit. */
export async function tellUnit(
  tx: Tx,
  dossierId: string,
  unitId: string,
  role: string,
  key: string,
  template: TemplateName,
): Promise<void> {
  const people = await tx.sql<{ person_id: string }>(
    `select distinct po.person_id from post po where po.unit_id = $1 and po.role = $3 and ${valid}`,
    [unitId, legalDay(tx.at), role],
  )
  for (const { person_id } of people)
    await notify(tx, { key: `${key}/${person_id}`, dossierId, personId: person_id, template })
}

/** Tells those who control how dossiers are dealt with: of the dossier's agency, and of the one above it. */
export async function tellControl(
  tx: Tx,
  dossierId: string,
  key: string,
  template: TemplateName,
): Promise<void> {
  const people = await tx.sql<{ person_id: string }>(
    `select distinct po.person_id from dossier d join agency a on a.id = d.agency_id
       join post po on po.agency_id in (a.id, a.parent_id) and po.role = 'control' and ${valid}
      where d.id = $1`,
    [dossierId, legalDay(tx.at)],
  )
  for (const { person_id } of people)
    await notify(tx, { key: `${key}/${person_id}`, dossierId, personId: person_id, template })
}
