import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { remainingText } from '../calendar/format.ts'
import type { Sql, Tx } from '../database/transaction.ts'
import type { TaskSummary } from '../dossiers/schemas.ts'
import type { Text } from '../text.ts'

type Summary = z.input<typeof TaskSummary>

export type TaskRow = {
  id: string
  version: number
  subject_id: string
  subject_kind: string
  dossier_id: string
  dossier_code: string
  group_code: string | null
  applicant: string
  procedure_code: string
  procedure_version_id: string
  element_id: string
  form: string
  name: Text
  role: string
  agency_id: string
  unit_id: string
  unit_code: string
  unit_name: Text
  assignee_id: string | null
  applicant_id: string
  assignee_name: string | null
  absent_id: string | null
  absent_name: string | null
  state: Summary['state']
  opened_at: Date
  due_at: Date | null
  done_at: Date | null
  note: string
  from_name: string | null
  from_at: Date | null
  dossier_due_at: Date | null
  original_due_at: Date | null
  reappointed_due_at: Date | null
  round: number
  clock_running: boolean
  provisional: boolean
  objected: boolean
  from_outcome: string | null
  outcome: string | null
  release_at: Date | null
  decided_by: string | null
}

/**
 * One row per task with what a list shows; a lateral each for the decision that led here and the one made here. A list
 * joins its page before the task and adds columns of its own. The procedure's name is not among them: it would be parsed
 * out of a version's whole definition again for every row.
 */
export const taskSelect = ({ also = '', from = 'task t' } = {}): string => `
  select ${also} t.id, t.version, t.subject_id, t.subject_kind, t.dossier_id, d.code as dossier_code, g.code as group_code, ap.full_name as applicant,
         d.procedure_code, d.procedure_version_id, t.element_id, t.form, t.name, t.role,
         t.agency_id, t.unit_id, u.code as unit_code, u.name as unit_name, t.assignee_id, t.applicant_id, asg.full_name as assignee_name,
         t.in_place_of as absent_id, ab.full_name as absent_name,
         t.state, t.opened_at, t.due_at, t.done_at, t.note, fr.full_name as from_name, t.from_at,
         d.due_at as dossier_due_at, d.original_due_at, d.reappointed_due_at, d.round,
         coalesce(c.ended_at is null and c.stopped_at is null and c.id is not null, false) as clock_running,
         coalesce(c.provisional, false) as provisional,
         exists (select from consultation k where k.dossier_id = d.id and k.outcome = 'objected') as objected,
         came.outcome as from_outcome, made.outcome, made.release_at, made.actor_id as decided_by
    from ${from}
    join dossier d on d.id = t.dossier_id
    left join dossier g on g.id = d.parent_id
    join person ap on ap.id = d.applicant_id
    join unit u on u.id = t.unit_id
    left join person asg on asg.id = t.assignee_id
    left join person ab on ab.id = t.in_place_of
    left join person fr on fr.id = t.from_person_id
    left join lateral (select id, ended_at, stopped_at, provisional from clock
                        where dossier_id = d.id and kind = 'dossier' order by round desc limit 1) c on true
    left join lateral (select dn.outcome from decision dn join task tn on tn.id = dn.task_id
                        where tn.subject_id = t.subject_id and dn.state = 'released' and dn.acted_at <= t.opened_at and tn.id <> t.id
                        order by dn.acted_at desc limit 1) came on true
    left join lateral (select outcome, release_at, actor_id from decision
                        where task_id = t.id and state <> 'withdrawn' limit 1) made on true`

/** A task the actor may see, or undefined. */
export async function taskRow(tx: Tx, id: string): Promise<TaskRow | undefined> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<TaskRow>(
    `${taskSelect()} where t.id = $1 and ${scope(tx.actor.ability, 'read', 'Task', 't', params)}`,
    params,
  )
  return row
}

/** Every task of a dossier, oldest first; for whoever may see the dossier's inside. */
export const tasksOfDossier = (tx: Tx, dossierId: string): Promise<TaskRow[]> =>
  tx.sql<TaskRow>(`${taskSelect()} where t.dossier_id = $1 order by t.opened_at, t.id`, [dossierId])

/** What the ability asks of a task. */
export const subjectRow = (row: TaskRow) => ({
  agencyId: row.agency_id,
  unitId: row.unit_id,
  role: row.role,
  assigneeId: row.assignee_id,
  applicantId: row.applicant_id,
  state: row.state,
  form: row.form,
  procedureCode: row.procedure_code,
})

/** Rows as the API shows them, with remaining time in words by each agency's calendar at the legal now. */
export async function taskSummaries(tx: Tx, rows: TaskRow[]): Promise<Summary[]> {
  const calendars = new Map<string, Calendar>()
  for (const id of new Set(rows.map((row) => row.agency_id))) calendars.set(id, await calendarOf(tx.sql, id))
  const names = await procedureNames(
    tx.sql,
    rows.map((row) => row.procedure_version_id),
  )
  return rows.map((row) =>
    summaryOf(tx, row, calendars.get(row.agency_id)!, names.get(row.procedure_version_id)!),
  )
}

export const taskSummary = async (tx: Tx, row: TaskRow): Promise<Summary> =>
  (await taskSummaries(tx, [row]))[0]!

// Published rows never change, so a name once read stays true.
const names = new Map<string, Text>()

/** The names of procedures by the id of the version. */
async function procedureNames(sql: Sql, versionIds: string[]): Promise<Map<string, Text>> {
  const unknown = [...new Set(versionIds)].filter((id) => !names.has(id))
  if (unknown.length > 0)
    for (const row of await sql<{ id: string; name: Text }>(
      `select id, definition->'name' as name from procedure_version where id = any($1)`,
      [unknown],
    ))
      names.set(row.id, row.name)
  return names
}

/** For whom the assignee stands in; of a task still in the hands of somebody absent, who that is. */
function inPlaceOf(tx: Tx, row: TaskRow): Summary['inPlaceOf'] {
  if (row.absent_id) return { id: row.absent_id, name: row.absent_name ?? '' }
  const anothers = row.assignee_id !== null && row.assignee_id !== tx.actor.personId
  if (!anothers || row.state !== 'open' || !allows(tx.actor.ability, 'decide', 'Task', subjectRow(row)))
    return null
  return { id: row.assignee_id ?? '', name: row.assignee_name ?? '' }
}

function summaryOf(tx: Tx, row: TaskRow, calendar: Calendar, procedureName: Text): Summary {
  const minutes = row.due_at ? calendar.workingMinutesBetween(tx.at, row.due_at) : null
  const late = row.clock_running && row.dossier_due_at !== null && row.dossier_due_at < tx.at
  const flags: Summary['flags'] = []
  if (late) flags.push('late')
  if (row.round > 1) flags.push('supplemented')
  if (row.reappointed_due_at) flags.push('reappointed')
  if (row.objected) flags.push('objection')
  if (row.from_outcome === 'sent-back') flags.push('sent-back')
  if (row.provisional) flags.push('provisional')
  return {
    id: row.id,
    version: row.version,
    dossierId: row.dossier_id,
    dossierCode: row.dossier_code,
    applicant: row.applicant,
    procedure: { code: row.procedure_code, name: procedureName },
    subjectKind: row.subject_kind,
    elementId: row.element_id,
    form: row.form,
    name: row.name,
    state: row.state,
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    inPlaceOf: inPlaceOf(tx, row),
    canOpen: allows(tx.actor.ability, 'read', 'Task', subjectRow(row)),
    openedAt: row.opened_at.toISOString(),
    stepDueAt: row.due_at?.toISOString() ?? null,
    stepRemaining: remainingText(minutes, calendar),
    stepRemainingMinutes: minutes,
    dossierDueAt: row.dossier_due_at?.toISOString() ?? null,
    originalDueAt: row.original_due_at?.toISOString() ?? null,
    from: row.from_name && row.from_at ? { name: row.from_name, at: row.from_at.toISOString() } : null,
    flags,
    groupCode: row.group_code,
    note: row.note,
    doneAt: row.done_at?.toISOString() ?? null,
    outcome: row.outcome,
    takeBackUntil: row.state === 'deciding' && row.release_at ? row.release_at.toISOString() : null,
  }
}
