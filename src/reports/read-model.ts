import { scope } from '../access/scope.ts'
import { addDays, type LegalDay } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Limit } from '../deadlines/limit.ts'
import type { Text } from '../text.ts'
import type { LineRow } from './books.ts'

/** What SQL itself can pick by; who overran most is known only after counting (see facts.ts). */
export type LateFilter = {
  from: LegalDay
  to: LegalDay
  agencyId?: string | undefined
  procedure?: string | undefined
}
/** A keyset page: so many rows, after a dossier of the page before. */
export type LatePage = { limit: number; after?: string | undefined }

/** A round of the clock and what it is late by: from `dueAt` to `until`, both ISO instants. */
export type MissedRound = { round: number; startedAt: string; dueAt: string; until: string; committed: Limit }

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
  reappointed_due_at: Date | null
  finished_at: Date | null
  /** The first round that missed its date, and that date. */
  round: number
  started_at: Date
  due_at: Date
  committed: Limit
  /** As it was while the round ran; null where that date is no longer its clock's. */
  apology_by: Date | null
  /** Where that round ended: finished, stood still, or now. */
  until: Date
  /** Every round that missed its date, in order. */
  missed: MissedRound[]
  apology_delivered_at: Date | null
  apology_number: string | null
  cause: string | null
  findings: number
  explanation: string | null
  explanation_due_at: Date | null
}

/** Nobody audits their own application: staff see it as applicants do, without the inside. */
export function auditScope(tx: Tx, alias: string, params: unknown[]): string {
  const rows = scope(tx.actor.ability, 'read', 'Dossier', alias, params)
  params.push(tx.actor.personId)
  return `(${rows} and ${alias}.applicant_id is distinct from $${params.length}::uuid)`
}

/**
 * The period a report speaks of, as `$1` and `$2` of its query, both days included. A dossier's date is the first one it
 * missed, or the one it has: papers that come later move no dossier out of a period that is past.
 */
export const dueDays = ({ from, to }: Pick<LateFilter, 'from' | 'to'>): Date[] => [
  atLegal(from, '00:00'),
  atLegal(addDays(to, 1), '00:00'),
]

/**
 * Whether dossier `d`, judged as `alias`, is of the period `$1` to `$2`. The first date that was missed is never after
 * the last one: so the dossiers of earlier years are left aside by their index.
 */
export const isDueIn = (alias: string): string =>
  `d.original_due_at >= $1 and ${alias}.due_at >= $1 and ${alias}.due_at < $2`

/**
 * Dossiers within the actor's reach that missed a date on the days `from` to `to`, the first one they missed, as
 * `judged_dossier` says. In the order of their dates; all of them without a page.
 */
export function lateRows(tx: Tx, filter: LateFilter, page?: LatePage): Promise<LateRow[]> {
  const params: unknown[] = [
    ...dueDays(filter),
    filter.agencyId ?? null,
    tx.at,
    page?.after ?? null,
    page?.limit ?? null,
    filter.procedure ?? null,
  ]
  return tx.sql<LateRow>(
    `select d.id, d.code, d.procedure_version_id, d.procedure_code, v.definition->'name' as procedure_name, d.case_key,
            d.agency_id, a.code as agency_code, a.name as agency_name, p.full_name as applicant, d.received_at,
            d.reappointed_due_at, d.finished_at, c.round, c.started_at, c.due_at, c.committed, c.until,
            (select k.apology_by from clock k where k.dossier_id = d.id and k.kind = 'dossier' and k.round = c.round
                and k.due_at = c.due_at) as apology_by,
            (select jsonb_agg(jsonb_build_object('round', m.round, 'startedAt', m.started_at, 'dueAt', m.due_at,
                                                 'until', m.until, 'committed', m.committed) order by m.round)
               from judged_round($4) m where m.dossier_id = d.id and m.late) as missed, l.delivered_at as apology_delivered_at,
            l.number_text as apology_number, r.reason as cause, x.state as explanation, x.due_at as explanation_due_at,
            (select count(*)::int from finding f where f.dossier_id = d.id) as findings
       from dossier d
       join judged_dossier($4) c on c.dossier_id = d.id
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
       join person p on p.id = d.applicant_id
       left join lateral (
         select delivered_at, number_text from letter
          where dossier_id = d.id and kind = 'apology' and state = 'delivered' and delivered_at >= c.started_at
            and (c.next_at is null or delivered_at < c.next_at)
          order by delivered_at limit 1) l on true
       left join lateral (
         select reason from letter
          where dossier_id = d.id and kind in ('apology', 'explanation') and state <> 'void' and reason <> ''
          order by kind, drafted_at desc limit 1) r on true
       left join lateral (
         select state, due_at from explanation where dossier_id = d.id
          order by (state = 'concluded'), asked_at desc limit 1) x on true
      where ${isDueIn('c')} and ($3::uuid is null or d.agency_id = $3)
        and ($7::text is null or d.procedure_code = $7) and c.late
        and ($5::uuid is null or (c.due_at, d.code, d.id) > (
              select j.due_at, l.code, l.id from dossier l join judged_dossier($4) j on j.dossier_id = l.id where l.id = $5))
        and ${auditScope(tx, 'd', params)}
      order by c.due_at, d.code, d.id limit $6`,
    params,
  )
}

/**
 * How many dossiers were due in the period, per day and agency and procedure: what a breach is a share of. While a clock
 * stands still nothing is due.
 */
export function dueCounts(
  tx: Tx,
  filter: LateFilter,
): Promise<{ day: string; agency_id: string; procedure_code: string; due: number }[]> {
  const params: unknown[] = [...dueDays(filter), filter.agencyId ?? null, filter.procedure ?? null, tx.at]
  return tx.sql(
    `select (c.due_at at time zone 'Asia/Ho_Chi_Minh')::date as day, d.agency_id, d.procedure_code, count(*)::int as due
       from dossier d join judged_dossier($5) c on c.dossier_id = d.id
      where ${isDueIn('c')} and ($3::uuid is null or d.agency_id = $3)
        and ($4::text is null or d.procedure_code = $4) and ${auditScope(tx, 'd', params)}
        and (c.late or not exists (select from clock k where k.dossier_id = d.id and k.kind = 'dossier' and k.round = c.round
                                      and k.stopped_at is not null))
      group by 1, 2, 3`,
    params,
  )
}

/** An interval with the agency of its unit, as lists name it. */
export type Line = LineRow & { agency_name: Text }

/** The accountable lines of dossiers, each in order. */
export async function linesOf(tx: Tx, dossierIds: string[]): Promise<Map<string, Line[]>> {
  const rows = await tx.sql<Line & { dossier_id: string }>(
    `select h.id, h.dossier_id, h.round, h.unit_id, u.code as unit_code, u.name as unit_name, a.name as agency_name,
            h.person_id, p.full_name as person_name, h.on_behalf, h.element_id, h.step_name, h.from_at, h.to_at
       from holding h join unit u on u.id = h.unit_id join agency a on a.id = h.agency_id left join person p on p.id = h.person_id
      where h.dossier_id = any($1::uuid[]) and h.track = 'accountable' order by h.from_at, h.seq`,
    [dossierIds],
  )
  return Map.groupBy(rows, (row) => row.dossier_id)
}
