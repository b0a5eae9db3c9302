import type { z } from 'zod'
import type { Action } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { DossierSummary } from './schemas.ts'

type Summary = z.input<typeof DossierSummary>

export type DossierRow = {
  id: string
  code: string
  procedure_code: string
  procedure_name: Text
  process_id: string
  cases: { key: string; name: Text }[]
  case_key: string
  applicant: string
  applicant_id: string
  channel: Summary['channel']
  state: Summary['state']
  result: Summary['result']
  agency_id: string
  agency_code: string
  agency_name: Text
  unit_id: string
  unit_code: string
  unit_name: Text
  filed_at: Date
  received_at: Date | null
  due_at: Date | null
  original_due_at: Date | null
  reappointed_due_at: Date | null
  finished_at: Date | null
  /** When the running round's clock stood still, if it does: closed or withdrawn from there, the wait was the applicant's. */
  stopped_at: Date | null
  returned_at: Date | null
  current_step: Text | null
  current_element: string | null
  steps: Record<string, unknown>
}

const SELECT = `
  select d.id, d.code, d.procedure_code, v.definition->'name' as procedure_name, v.process_id, v.definition->'cases' as cases,
         d.case_key, p.full_name as applicant, d.applicant_id, d.channel, d.state, d.result, a.id as agency_id, a.code as agency_code,
         a.name as agency_name, u.id as unit_id, u.code as unit_code, u.name as unit_name, d.filed_at, d.received_at,
         d.due_at, d.original_due_at, d.reappointed_due_at, d.finished_at, d.returned_at,
         (select c.stopped_at from clock c where c.dossier_id = d.id and c.kind = 'dossier'
           order by c.round desc limit 1) as stopped_at,
         h.step_name as current_step, h.element_id as current_element, v.definition->'steps' as steps
    from dossier d
    join procedure_version v on v.id = d.procedure_version_id
    join person p on p.id = d.applicant_id
    join agency a on a.id = d.agency_id
    join unit u on u.id = d.unit_id
    left join holding h on h.dossier_id = d.id and h.track = 'accountable' and h.to_at is null`

/** A dossier the actor may see (or act on), or undefined. */
export async function dossierRow(
  tx: Tx,
  id: string,
  action: Action = 'read',
): Promise<DossierRow | undefined> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<DossierRow>(
    `${SELECT} where d.id = $1 and ${scope(tx.actor.ability, action, 'Dossier', 'd', params)}`,
    params,
  )
  return row
}

type Filter = {
  q?: string | undefined
  state?: string | undefined
  mine?: boolean
  after?: string | undefined
}
const PAGE = 100

/** Dossiers the actor may see, newest filing first; `q` is a code, its last digits, or an applicant's name without accents. */
export async function dossierRows(
  tx: Tx,
  filter: Filter,
): Promise<{ rows: DossierRow[]; next: string | null }> {
  const params: unknown[] = [
    filter.q?.normalize('NFC').trim() || null,
    filter.state ?? null,
    filter.after ?? null,
    PAGE + 1,
  ]
  const where = [
    // Not LIKE: somebody who looks for "%" would find everything.
    `($1::text is null or right(d.code, length($1)) = $1
       or strpos(lower(unaccent(p.full_name)), lower(unaccent($1))) > 0)`,
    '($2::text is null or d.state = $2)',
    '($3::uuid is null or (d.filed_at, d.id) < (select l.filed_at, l.id from dossier l where l.id = $3))',
    scope(tx.actor.ability, 'read', 'Dossier', 'd', params),
  ]
  if (filter.mine) {
    params.push(tx.actor.personId)
    where.push(
      // The parts of a group stand on its page.
      `(d.applicant_id = $${params.length} or d.filed_by = $${params.length}) and d.channel = 'ONLINE' and d.parent_id is null`,
    )
  }
  const rows = await tx.sql<DossierRow>(
    `${SELECT} where ${where.map((part) => `(${part})`).join(' and ')} order by d.filed_at desc, d.id desc limit $4`,
    params,
  )
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null }
}

/** Share of the way, 0 to 100, as a stranger may know it: from the place of the current step in the definition's order. */
export function completionOf(
  row: Pick<DossierRow, 'state' | 'finished_at' | 'current_element' | 'steps'>,
): number {
  if (row.state === 'filed') return 5
  if (row.state === 'done') return 95
  if (row.finished_at) return 100
  const steps = Object.keys(row.steps)
  const at = steps.indexOf(row.current_element ?? '')
  return at < 0 ? 50 : Math.round(10 + (80 * at) / steps.length)
}

export const dossierSummary = (row: DossierRow, now: Date): Summary => ({
  id: row.id,
  code: row.code,
  procedure: { code: row.procedure_code, name: row.procedure_name },
  caseName: row.cases.find((one) => one.key === row.case_key)?.name ?? { vi: row.case_key },
  applicant: row.applicant,
  channel: row.channel,
  state: row.state,
  result: row.result,
  agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
  unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
  filedAt: row.filed_at.toISOString(),
  receivedAt: row.received_at?.toISOString() ?? null,
  dueAt: row.due_at?.toISOString() ?? null,
  originalDueAt: row.original_due_at?.toISOString() ?? null,
  // Papers that came after it begin a new count: its date holds then, not the one that was promised.
  reappointedDueAt:
    row.reappointed_due_at?.getTime() === row.due_at?.getTime()
      ? (row.reappointed_due_at?.toISOString() ?? null)
      : null,
  finishedAt: row.finished_at?.toISOString() ?? null,
  returnedAt: row.returned_at?.toISOString() ?? null,
  completion: completionOf(row),
  currentStep: row.current_step,
  late: row.due_at !== null && (row.stopped_at ?? row.finished_at ?? now) > row.due_at,
})

/** The public look-up by code: how far it is, and nothing else (TT 01/2018 art. 16.2d). */
export async function trackByCode(
  tx: Tx,
  code: string,
): Promise<{ code: string; completion: number } | undefined> {
  const [row] = await tx.sql<DossierRow>(`${SELECT} where d.code = $1`, [code.trim()])
  return row && { code: row.code, completion: completionOf(row) }
}
