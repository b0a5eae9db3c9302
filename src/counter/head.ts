import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'

type Row = { unit: Text; agency: Text; level: string; province: Text | null }

/** A unit as the head of its own sheets names it: unit, agency and place. */
export async function unitHead(
  tx: Pick<Tx, 'sql'>,
  unitId: string,
): Promise<{ unit: string; agency: string; place: string }> {
  const [row] = await tx.sql<Row>(
    `select u.name as unit, a.name as agency, a.level,
            (with recursive above as (
                select a.level, a.name, a.parent_id
                union all
                select up.level, up.name, up.parent_id from agency up join above on up.id = above.parent_id)
             select name from above where level = 'province') as province
       from unit u join agency a on a.id = u.agency_id where u.id = $1`,
    [unitId],
  )
  if (!row) throw new Error(`unit ${unitId} is not there`)
  const name = row.agency.vi
  return {
    unit: row.unit.vi,
    agency:
      row.level === 'commune' ? `Ủy ban nhân dân ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name,
    place: (row.level === 'commune' ? name : (row.province?.vi ?? name)).replace(
      /^(Ủy ban nhân dân|Phường|Xã|Thị trấn) /,
      '',
    ),
  }
}
