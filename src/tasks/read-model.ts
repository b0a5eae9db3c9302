import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { calendarOf } from '../calendar/agency-calendar.ts'
import { formatRemaining } from '../calendar/format.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { TaskSummary } from '../dossiers/schemas.ts'
import type { Text } from '../text.ts'
import type { WorklistTab } from './schemas.ts'

type Summary = z.input<typeof TaskSummary>
export type Tab = z.output<typeof WorklistTab>

export type TaskRow = {
  id: string
  version: number
  subject_id: string
  subject_kind: string
  dossier_id: string
  dossier_code: string
  applicant: string
  procedure_code: string
  procedure_name: Text
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

// One row per task with what a list shows; a lateral each for the decision that led here and the one made here.
const SELECT = `
  select t.id, t.version, t.subject_id, t.subject_kind, t.dossier_id, d.code as dossier_code, ap.full_name as applicant,
         d.procedure_code, v.definition->'name' as procedure_name, d.procedure_version_id, t.element_id, t.form, t.name, t.role,
         t.agency_id, t.unit_id, u.code as unit_code, u.name as unit_name, t.assignee_id, t.applicant_id, asg.full_name as assignee_name,
         t.state, t.opened_at, t.due_at, t.done_at, t.note, fr.full_name as from_name, t.from_at,
         d.due_at as dossier_due_at, d.original_due_at, d.reappointed_due_at, d.round,
         coalesce(c.ended_at is null and c.stopped_at is null and c.id is not null, false) as clock_running,
         coalesce(c.provisional, false) as provisional,
         exists (select from consultation k where k.dossier_id = d.id and k.outcome = 'objected') as objected,
         came.outcome as from_outcome, made.outcome, made.release_at, made.actor_id as decided_by
    from task t
    join dossier d on d.id = t.dossier_id
    join procedure_version v on v.id = d.procedure_version_id
    join person ap on ap.id = d.applicant_id
    join unit u on u.id = t.unit_id
    left join person asg on asg.id = t.assignee_id
    left join person fr on fr.id = t.from_person_id
    left join lateral (select id, ended_at, stopped_at, provisional from clock
                        where dossier_id = d.id and kind = 'dossier' order by round desc limit 1) c on true
    left join lateral (select dn.outcome from decision dn join task tn on tn.id = dn.task_id
                        where tn.subject_id = t.subject_id and dn.state = 'released' and dn.acted_at <= t.opened_at and tn.id <> t.id
                        order by dn.acted_at desc limit 1) came on true
    left join lateral (select outcome, release_at, actor_id from decision
                        where task_id = t.id and state <> 'withdrawn' limit 1) made on true`

/** Tasks in progress that somebody else must move first, seen from the last task this person did on the dossier. */
const WAITING = `t.state in ('moving', 'done') and made.actor_id = $1 and d.finished_at is null
  and t.id = (select t2.id from task t2 join decision d2 on d2.task_id = t2.id and d2.state <> 'withdrawn'
               where t2.dossier_id = d.id and d2.actor_id = $1 order by d2.acted_at desc limit 1)
  and not exists (select from task o where o.dossier_id = d.id and o.state = 'open' and o.assignee_id = $1)`

const TABS: Record<Tab, string> = {
  mine: `t.state = 'open' and t.assignee_id = $1`,
  unclaimed: `t.state = 'open' and t.assignee_id is null
    and exists (select from post po where po.person_id = $1 and po.unit_id = t.unit_id and po.role = t.role
                   and valid_on(po.valid_from, po.valid_to, ($2 at time zone 'Asia/Ho_Chi_Minh')::date))`,
  waiting: WAITING,
  done: `t.state in ('deciding', 'moving', 'done') and made.actor_id = $1 and coalesce(t.done_at, t.opened_at) >= $2`,
}

const PAGE = 200

/** One tab of a person's worklist, by the clock: my step's time first, then the dossier's. */
export async function worklist(
  tx: Tx,
  tab: Tab,
  after?: string,
): Promise<{ rows: TaskRow[]; next: string | null }> {
  const params: unknown[] = [tx.actor.personId, startOfDay(tx.at)]
  const where = TABS[tab]
  const readable = scope(tx.actor.ability, 'read', 'Task', 't', params)
  params.push(after ?? null, PAGE + 1)
  // `$2 is not null` is always true: PostgreSQL must know the type of $2 on tabs that do not ask for it.
  const rows = await tx.sql<TaskRow>(
    `${SELECT} where ($2::timestamptz is not null) and (${where}) and ${readable}
        and ($${params.length - 1}::uuid is null or (coalesce(t.due_at, 'infinity'), t.id) >
             (select coalesce(l.due_at, 'infinity'), l.id from task l where l.id = $${params.length - 1}::uuid))
      order by coalesce(t.due_at, 'infinity'), t.id limit $${params.length}`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return { rows: page, next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null }
}

/** How many tasks each tab has; the numbers beside the tabs. */
export async function worklistCounts(tx: Tx): Promise<Record<Tab, number>> {
  const counts = { mine: 0, unclaimed: 0, waiting: 0, done: 0 }
  for (const tab of Object.keys(TABS) as Tab[]) {
    const params: unknown[] = [tx.actor.personId, startOfDay(tx.at)]
    const readable = scope(tx.actor.ability, 'read', 'Task', 't', params)
    const [row] = await tx.sql<{ n: number }>(
      `select count(*)::int as n from (${SELECT} where ($2::timestamptz is not null) and (${TABS[tab]}) and ${readable}) q`,
      params,
    )
    counts[tab] = row?.n ?? 0
  }
  return counts
}

const startOfDay = (at: Date): Date => atLegal(legalDay(at), '00:00')

/** A task the actor may see, or undefined. */
export async function taskRow(tx: Tx, id: string): Promise<TaskRow | undefined> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<TaskRow>(
    `${SELECT} where t.id = $1 and ${scope(tx.actor.ability, 'read', 'Task', 't', params)}`,
    params,
  )
  return row
}

/** Every task of a dossier, oldest first; for whoever may see the dossier's inside. */
export const tasksOfDossier = (tx: Tx, dossierId: string): Promise<TaskRow[]> =>
  tx.sql<TaskRow>(`${SELECT} where t.dossier_id = $1 order by t.opened_at, t.id`, [dossierId])

/** What the ability asks of a task. */
export const subjectRow = (row: TaskRow) => ({
  agencyId: row.agency_id,
  unitId: row.unit_id,
  role: row.role,
  assigneeId: row.assignee_id,
  applicantId: row.applicant_id,
  state: row.state,
})

/** A row as the API shows it, with remaining time in words by its agency's calendar at the legal now. */
export async function taskSummary(tx: Tx, row: TaskRow): Promise<Summary> {
  const calendar = await calendarOf(tx.sql, row.agency_id)
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
    procedure: { code: row.procedure_code, name: row.procedure_name },
    subjectKind: row.subject_kind,
    elementId: row.element_id,
    form: row.form,
    name: row.name,
    state: row.state,
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    assignee: row.assignee_id ? { id: row.assignee_id, name: row.assignee_name ?? '' } : null,
    canOpen: allows(tx.actor.ability, 'read', 'Task', subjectRow(row)),
    openedAt: row.opened_at.toISOString(),
    stepDueAt: row.due_at?.toISOString() ?? null,
    stepRemaining:
      minutes === null
        ? null
        : {
            vi: formatRemaining(minutes, 'vi', calendar.fullDayMinutes),
            en: formatRemaining(minutes, 'en', calendar.fullDayMinutes),
          },
    stepRemainingMinutes: minutes,
    dossierDueAt: row.dossier_due_at?.toISOString() ?? null,
    originalDueAt: row.original_due_at?.toISOString() ?? null,
    from: row.from_name && row.from_at ? { name: row.from_name, at: row.from_at.toISOString() } : null,
    flags,
    note: row.note,
    doneAt: row.done_at?.toISOString() ?? null,
    outcome: row.outcome,
    takeBackUntil: row.state === 'deciding' && row.release_at ? row.release_at.toISOString() : null,
  }
}
