import { scope } from '../../access/scope.ts'
import { calendarOf } from '../../calendar/agency-calendar.ts'
import { addDays, type LegalDay } from '../../calendar/day.ts'
import { atLegal, legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { type Axis, axisOfCalendar } from './axis.ts'
import { type Piece, type Visit, visitsOf } from './visits.ts'

/** So many dossiers at a time: bounded memory, and others are answered in between. */
export const BATCH = 500

/**
 * The dossiers whose way somebody may see: code and times, no persons and no content. Nobody sees the inside of an
 * application of their own.
 */
export function flowScope(tx: Tx, alias: string, params: unknown[]): string {
  const rows = scope(tx.actor.ability, 'read', 'Flow', alias, params)
  params.push(tx.actor.personId)
  return `(${rows} and ${alias}.applicant_id is distinct from $${params.length}::uuid)`
}

/** A period of legal days, both counted. */
export type Period = { from: LegalDay; to: LegalDay }

export const instantsOf = ({ from, to }: Period): [Date, Date] => [
  atLegal(from, '00:00'),
  atLegal(addDays(to, 1), '00:00'),
]

type PieceRow = {
  dossier_id: string
  element_id: string
  task_id: string | null
  unit_id: string
  person_id: string | null
  on_behalf: string
  from_at: Date
  to_at: Date | null
  elsewhere_at: Date | null
  role: string | null
  outcome: string | null
  roles: string[] | null
}

/**
 * The accountable lines of dossiers, each in order; a step's outcome is its decision's, a wait's that of its n-th stay. What
 * went on as another step when its dossier was moved to another version is called until then what it was called then.
 */
const pieces = (tx: Tx, dossierIds: string[]): Promise<PieceRow[]> =>
  tx.sql<PieceRow>(
    `with moved as (select dossier_id, max(acted_at) as at from migration_item
                     where dossier_id = any($1::uuid[]) and state in ('moved', 'done') group by 1)
     select h.dossier_id, case when o.other then h.element_id else coalesce(t.element_id, h.element_id) end as element_id,
            h.task_id, h.unit_id, h.person_id, h.on_behalf, h.from_at, h.to_at, t.role, case when not o.other then c.outcome end as outcome,
            (select max(a.acted_at) from decision a
              where a.actor_id = h.person_id and a.acted_at > h.from_at and a.acted_at < coalesce(h.to_at, $2)
                and a.state <> 'withdrawn') as elsewhere_at,
            case when c.id is not null and not o.other then array(
              select distinct p.role from post p
               where p.person_id in (c.actor_id, c.in_place_of)
                 and valid_on(p.valid_from, p.valid_to, (c.acted_at at time zone 'Asia/Ho_Chi_Minh')::date)) end as roles
       from holding h
       left join task t on t.id = h.task_id
       left join decision c on c.task_id = h.task_id and c.state = 'released'
       left join moved m on m.dossier_id = h.dossier_id
       cross join lateral (select coalesce(h.from_at < m.at and h.element_id not in ('', t.element_id), false) as other) o
      where h.dossier_id = any($1::uuid[]) and h.track = 'accountable'
      order by h.dossier_id, h.from_at, h.seq`,
    [dossierIds, tx.at],
  )

const pieceOf = (row: PieceRow): Piece => ({
  elementId: row.element_id,
  taskId: row.task_id,
  unitId: row.unit_id,
  personId: row.person_id,
  ofApplicant: row.on_behalf === 'applicant',
  from: row.from_at,
  to: row.to_at,
  actedElsewhereAt: row.elsewhere_at,
  role: row.role,
  outcome: row.outcome,
  rolesOfActor: row.roles,
})

/** What waits ended with, by dossier and element, in order of their visits. */
async function waitOutcomes(tx: Tx, dossierIds: string[]): Promise<Map<string, (string | null)[]>> {
  const rows = await tx.sql<{ subject_id: string; element_id: string; outcome: string | null }>(
    'select subject_id, element_id, outcome from wait where subject_id = any($1::uuid[]) order by subject_id, element_id, visit',
    [dossierIds],
  )
  const byElement = Map.groupBy(rows, (row) => `${row.subject_id}/${row.element_id}`)
  return new Map([...byElement].map(([key, found]) => [key, found.map(({ outcome }) => outcome)]))
}

/** The axes of units' agencies around a time, each made once. */
export async function axes(
  tx: Tx,
  unitIds: Iterable<string>,
  span: { from: Date; to: Date },
  known: Map<string, Axis>,
  byAgency: Map<string, Axis> = new Map(),
): Promise<void> {
  const wanted = [...new Set(unitIds)].filter((id) => !known.has(id))
  if (wanted.length === 0) return
  const rows = await tx.sql<{ id: string; agency_id: string }>(
    'select id, agency_id from unit where id = any($1::uuid[])',
    [wanted],
  )
  for (const { id, agency_id } of rows) {
    let axis = byAgency.get(agency_id)
    if (!axis) {
      axis = axisOfCalendar(await calendarOf(tx.sql, agency_id), legalDay(span.from), legalDay(span.to))
      byAgency.set(agency_id, axis)
    }
    known.set(id, axis)
  }
}

/** Makes a reader of dossiers' stays that all lie within `span`; it keeps the axes of the agencies that it met. */
export function visitReader(tx: Tx, span: { from: Date; to: Date }) {
  const known = new Map<string, Axis>()
  const byAgency = new Map<string, Axis>()
  return async (dossierIds: string[]): Promise<Map<string, Visit[]>> => {
    const rows = await pieces(tx, dossierIds)
    const outcomes = await waitOutcomes(tx, dossierIds)
    await axes(
      tx,
      rows.map(({ unit_id }) => unit_id),
      span,
      known,
      byAgency,
    )
    const byDossier = Map.groupBy(rows, ({ dossier_id }) => dossier_id)
    const axisFor = (unitId: string) => known.get(unitId)!
    return new Map(
      [...byDossier].map(([id, own]) => {
        const seen = new Map<string, number>()
        const visits = visitsOf(own.map(pieceOf), axisFor, tx.at).map((visit): Visit => {
          const nth = seen.get(visit.elementId) ?? 0
          seen.set(visit.elementId, nth + 1)
          const ended = outcomes.get(`${id}/${visit.elementId}`)?.[nth]
          return { ...visit, outcome: visit.outcome ?? ended ?? null }
        })
        return [id, visits]
      }),
    )
  }
}
