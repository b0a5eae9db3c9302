import { systemActor } from '../../access/actor.ts'
import type { Database } from '../../database/orm.ts'

/** A task that stands open, with what decides when somebody does it. */
export type OpenTask = {
  id: string
  version: number
  dossier_id: string
  /** Of a part of a group: the part's own. */
  procedure_code: string
  subject_kind: 'dossier' | 'consultation' | 'letter' | 'stop'
  letter_kind: string | null
  element_id: string
  visit: number
  form: string
  opened_at: Date
  assignee_id: string | null
  unit_id: string
  role: string
  agency_code: string
  /** Of the form: tells the plan. */
  phone: string
  due_at: Date | null
  original_due_at: Date | null
  finished_at: Date | null
  apology_by: Date | null
}

export type Wait = {
  dossier_id: string
  phone: string
  kind: 'fee' | 'confirmation' | 'supplement'
  since: Date
  amount: number | null
}
type Post = { unit_id: string; role: string; person_id: string; login: string }

/** What the month reads past everybody's reach: whose turn it is. What is done goes through the HTTP API. */
export function lookInto(db: Database) {
  const rows = <T>(text: string, params: unknown[] = []) =>
    db.transact(systemActor('demonstration month'), (tx) => tx.sql<T>(text, params))
  return {
    rows,
    openTasks: () =>
      rows<OpenTask>(`
        select t.id, t.version, t.dossier_id, d.procedure_code, t.subject_kind, l.kind as letter_kind, t.element_id, t.visit, t.form, t.opened_at,
               t.assignee_id, t.unit_id, t.role, a.code as agency_code, d.form_data->>'phone' as phone, d.due_at, d.original_due_at,
               d.finished_at,
               (select c.apology_by from clock c where c.dossier_id = d.id and c.kind = 'dossier' order by c.round desc limit 1) as apology_by
          from task t join dossier d on d.id = t.dossier_id join agency a on a.id = t.agency_id
          left join letter l on l.id = t.subject_id
         where t.state = 'open'`),
    waits: () =>
      rows<Wait>(`
        select d.id as dossier_id, d.form_data->>'phone' as phone, w.kind, w.since, w.amount
          from (select dossier_id, 'fee' as kind, opened_at as since, amount from fee_due where state = 'open'
                union all
                select dossier_id, 'confirmation', asked_at, null from confirmation where outcome is null
                union all
                select dossier_id, 'supplement', sent_at, null from supplement_request
                 where sent_at is not null and outcome is null) w
          join dossier d on d.id = w.dossier_id where d.finished_at is null`),
    posts: () =>
      rows<Post>(`
        select p.unit_id, p.role, p.person_id, c.login from post p join account c on c.person_id = p.person_id
         where p.valid_to is null order by c.login`),
    filed: () =>
      rows<{ id: string; phone: string | null; state: string; received_at: Date | null }>(
        `select id, form_data->>'phone' as phone, state, received_at from dossier`,
      ),
    /** When the next alarm rings; the end of days when none is set. */
    nextAlarm: async () => {
      const [row] = await rows<{ at: Date | null }>(
        'select min(coalesce(retry_at, at)) as at from alarm where handled_at is null',
      )
      return row?.at ?? new Date(8.64e15)
    },
    /** Commands not sent and tasks between our commit and the engine's record. */
    moving: async () => {
      const [row] = await rows<{ n: number }>(`
        select (select count(*) from outbox where sent_at is null and withdrawn_at is null and settled_at is null and attempts < 8)
             + (select count(*) from task where state = 'moving')
             + (select count(*) from exchange where state = 'queued' and attempts < 2)
             + (select count(*) from engine_job where state in ('created', 'activated') and type not like 'await.%') as n`)
      return Number(row?.n ?? 0)
    },
  }
}
export type Look = ReturnType<typeof lookInto>
