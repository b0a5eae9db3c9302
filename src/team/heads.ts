import type { LegalDay } from '../calendar/day.ts'
import type { Tx } from '../database/transaction.ts'

type Where = { unitId: string; agencyId: string }

async function above(tx: Tx, { unitId, agencyId }: Where, day: LegalDay) {
  const rows = await tx.sql<{ person_id: string; head: boolean }>(
    `select distinct po.person_id, po.unit_id = $1 and po.role in ('unit-head', 'one-stop-head') as head
       from post po join person p on p.id = po.person_id and p.active
      where ((po.unit_id = $1 and po.role in ('unit-head', 'one-stop-head')) or (po.agency_id = $2 and po.role = 'leader'))
        and valid_on(po.valid_from, po.valid_to, $3)`,
    [unitId, agencyId, day],
  )
  const ids = (head: boolean) => rows.filter((row) => row.head === head).map(({ person_id }) => person_id)
  return { heads: ids(true), leaders: ids(false) }
}

/** Who heads a unit on a legal day; the leaders of its agency where nobody does. */
export async function headsOf(tx: Tx, where: Where, day: LegalDay): Promise<string[]> {
  const { heads, leaders } = await above(tx, where, day)
  return heads.length > 0 ? heads : leaders
}

export const leadersOf = async (tx: Tx, where: Where, day: LegalDay): Promise<string[]> =>
  (await above(tx, where, day)).leaders
