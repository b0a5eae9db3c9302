import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify } from './notify.ts'

/**
 * Tells those who answer for a dossier now: the person who holds it and the heads of the unit it lies in; of a breach
 * the agency's leaders as well. Nobody twice for one `key`.
 */
export const tellHolders = async (
  tx: Tx,
  dossierId: string,
  key: string,
  template: 'deadline-warning' | 'deadline-breach',
): Promise<void> => {
  const people = await tx.sql<{ id: string }>(
    `select distinct p.id
       from holding h
       left join post t on t.valid_from <= $2 and (t.valid_to is null or t.valid_to >= $2)
        and (t.unit_id = h.unit_id and t.role in ('unit-head', 'one-stop-head')
             or t.agency_id = h.agency_id and t.role = 'leader' and $3)
       join person p on p.active and (p.id = h.person_id or p.id = t.person_id)
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null and h.on_behalf = 'holder'
      order by p.id`,
    [dossierId, legalDay(tx.at), template === 'deadline-breach'],
  )
  for (const { id } of people) await notify(tx, { key: `${key}/${id}`, dossierId, personId: id, template })
}
