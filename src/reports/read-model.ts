import { scope } from '../access/scope.ts'
import { addDays, type LegalDay } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Limit } from '../deadlines/limit.ts'
import type { Text } from '../text.ts'
import type { LineRow } from './books.ts'

export type LateFilter = { from: LegalDay; to: LegalDay; agencyId?: string | undefined }
/** A keyset page: so many rows, after a dossier of the page before. */
export type LatePage = { limit: number; after?: string | undefined }

export type LateRow = {
  id: string
  code: string
  procedure_version_id: string
  procedure_code: string
  procedure_name: Text
  case_key: string
  agency_id: string
  agency_code: string
  agency_name: Text
  applicant: string
  received_at: Date
  original_due_at: Date
  reappointed_due_at: Date | null
  finished_at: Date | null
  /** Where the count ended: finished, stood still for ever, or now. */
  until: Date
  round: number
  started_at: Date
  due_at: Date
  committed: Limit
  apology_delivered_at: Date | null
  apology_number: string | null
  cause: string | null
}

/** Nobody audits their own application: staff see it as applicants do, without the inside. */
export function auditScope(tx: Tx, alias: string, params: unknown[]): string {
  const rows = scope(tx.actor.ability, 'read', 'Dossier', alias, params)
  params.push(tx.actor.personId)
  return `(${rows} and ${alias}.applicant_id is distinct from $${params.length}::uuid)`
}

/**
 * Dossiers within the actor's reach whose original due date lies on the days `from` to `to` and that passed it. A clock
 * that stands still for a supplement is judged at the instant it stopped, so that waiting makes nobody late. In the order
 * of their dates; all of them without a page.
 */
export function lateRows(tx: Tx, { from, to, agencyId }: LateFilter, page?: LatePage): Promise<LateRow[]> {
  const params: unknown[] = [
    atLegal(from, '00:00'),
    atLegal(addDays(to, 1), '00:00'),
    agencyId ?? null,
    tx.at,
    page?.after ?? null,
    page?.limit ?? null,
  ]
  return tx.sql<LateRow>(
    `select d.id, d.code, d.procedure_version_id, d.procedure_code, v.definition->'name' as procedure_name, d.case_key,
            d.agency_id, a.code as agency_code, a.name as agency_name, p.full_name as applicant, d.received_at,
            d.original_due_at, d.reappointed_due_at, d.finished_at, coalesce(c.stopped_at, d.finished_at, $4) as until,
            c.round, c.started_at, c.due_at, c.committed, l.delivered_at as apology_delivered_at,
            l.number_text as apology_number, r.reason as cause
       from dossier d
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
       join person p on p.id = d.applicant_id
       join lateral (select * from clock where dossier_id = d.id and kind = 'dossier' order by round desc limit 1) c on true
       left join lateral (
         select delivered_at, number_text from letter
          where dossier_id = d.id and kind = 'apology' and state = 'delivered' and delivered_at >= c.started_at
          order by delivered_at limit 1) l on true
       left join lateral (
         select reason from letter
          where dossier_id = d.id and kind in ('apology', 'explanation') and state <> 'void' and reason <> ''
          order by kind, drafted_at desc limit 1) r on true
      where d.original_due_at >= $1 and d.original_due_at < $2 and ($3::uuid is null or d.agency_id = $3)
        and coalesce(c.stopped_at, d.finished_at, $4) > d.original_due_at
        and ($5::uuid is null or (d.original_due_at, d.code, d.id) > (
              select l.original_due_at, l.code, l.id from dossier l where l.id = $5))
        and ${auditScope(tx, 'd', params)}
      order by d.original_due_at, d.code, d.id limit $6`,
    params,
  )
}

/** The accountable lines of dossiers, each in order. */
export async function linesOf(tx: Tx, dossierIds: string[]): Promise<Map<string, LineRow[]>> {
  const rows = await tx.sql<LineRow & { dossier_id: string }>(
    `select h.id, h.dossier_id, h.round, h.unit_id, u.code as unit_code, u.name as unit_name, h.person_id,
            p.full_name as person_name, h.on_behalf, h.element_id, h.step_name, h.from_at, h.to_at
       from holding h join unit u on u.id = h.unit_id left join person p on p.id = h.person_id
      where h.dossier_id = any($1::uuid[]) and h.track = 'accountable' order by h.from_at, h.seq`,
    [dossierIds],
  )
  return Map.groupBy(rows, (row) => row.dossier_id)
}
