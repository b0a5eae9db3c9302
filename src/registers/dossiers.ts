import { scope } from '../access/scope.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'

/** Dossiers received at a one-stop between two legal days, both counted; `field` is a field of procedures in Vietnamese. */
export type DossierFilter = {
  unitId: string
  from: string
  to: string
  field?: string | undefined
}

export type RegisterRow = {
  id: string
  code: string
  procedure: Text
  field: Text
  applicant: string
  address: string
  phone: string
  agency: Text
  received_at: Date
  due_at: Date | null
  finished_at: Date | null
  returned_at: Date | null
  state: string
  /** Its place in the register of the period, counted by receipt. */
  entry: number
}

/** One-stops whose dossiers the actor may read, with the fields of their procedures. */
export async function countersOf(
  tx: Tx,
): Promise<{ id: string; name: Text; agency: Text; agency_id: string; fields: string[] }[]> {
  const params: unknown[] = []
  return tx.sql(
    `select u.id, u.name, a.name as agency, a.id as agency_id, b.fields from unit u join agency a on a.id = u.agency_id
       join (select d.one_stop_unit_id, array_agg(distinct v.definition->'field'->>'vi') as fields
               from dossier d join procedure_version v on v.id = d.procedure_version_id
              where d.received_at is not null and ${scope(tx.actor.ability, 'read', 'Dossier', 'd', params)}
              group by d.one_stop_unit_id) b on b.one_stop_unit_id = u.id
      order by a.code, u.code`,
    params,
  )
}

type Page = { after?: string | undefined; limit: number; order: 'newest' | 'by receipt' }

/** Rows of "Sổ theo dõi hồ sơ", numbered by receipt within the period: newest first for the screen, in order for paper. */
export async function registerRows(tx: Tx, filter: DossierFilter, page: Page): Promise<RegisterRow[]> {
  const params: unknown[] = [
    filter.unitId,
    atLegal(filter.from, '00:00'),
    atLegal(addDays(filter.to, 1), '00:00'),
    filter.field ?? null,
    page.after ?? null,
    page.limit,
  ]
  return tx.sql<RegisterRow>(
    `select * from (
       select d.id, d.code, v.definition->'name' as procedure, v.definition->'field' as field, p.full_name as applicant,
              p.address, p.phone, a.name as agency, d.received_at, d.due_at, d.finished_at, d.returned_at, d.state,
              row_number() over (order by d.received_at, d.id)::int as entry
         from dossier d join procedure_version v on v.id = d.procedure_version_id
         join person p on p.id = d.applicant_id join agency a on a.id = d.agency_id
        where d.one_stop_unit_id = $1 and d.received_at >= $2 and d.received_at < $3
          and ($4::text is null or v.definition->'field'->>'vi' = $4)
          and ${scope(tx.actor.ability, 'read', 'Dossier', 'd', params)}) r
      where $5::uuid is null or (r.received_at, r.id) < (select o.received_at, o.id from dossier o where o.id = $5)
      order by r.received_at ${page.order === 'newest' ? 'desc, r.id desc' : ', r.id'} limit $6`,
    params,
  )
}
