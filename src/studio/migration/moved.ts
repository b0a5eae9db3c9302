import { calendarOf } from '../../calendar/agency-calendar.ts'
import { savepoint } from '../../database/savepoint.ts'
import type { Sql } from '../../database/transaction.ts'
import { allottedMinutes } from '../../deadlines/allotted.ts'
import type { LedgerAct } from '../../deadlines/entity.ts'
import { stepStartsAt } from '../../deadlines/hand-over.ts'
import { changePerson, moveHolder, openHolding } from '../../deadlines/ledger.ts'
import { startStepClock } from '../../deadlines/step-clock.ts'
import { lockSubjects } from '../../engine/index.ts'
import { receiverOf } from '../../tasks/receiver.ts'
import { type Subject, stepOf, subjectOf } from '../../tasks/step.ts'

type Item = {
  run_id: string
  state: string
  acted_at: Date
  started_by: string
  to_version_id: string
  version: number
  mapping: { from: string; to: string }[]
}

const ITEM = `
  select i.run_id, i.state, i.acted_at, r.started_by, r.to_version_id, v.version, r.mapping
    from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.to_version_id
   where i.dossier_id = $1 and v.process_id = $2 and i.acted_at is not null
   order by i.acted_at desc limit 1 for update of i`

/**
 * The record stream says that a dossier's instance runs on another version: the dossier goes with it, in the same transaction, before
 * anything that the engine opens after it. The version, the visits and open tasks (form, role, receiver and name by the target: in the
 * engine a migrated task keeps its old ones), the running interval where step or holder changed, from the instant of the act. What
 * needs the trail (clocks, the audit line) follows in finish.ts. Idempotent: the record is the truth, however often it comes.
 */
export async function dossierMigrated(
  sql: Sql,
  moved: { subjectId: string; epoch: number; processId: string },
): Promise<void> {
  const before = await subjectOf(sql, moved.subjectId)
  if (before?.kind !== 'dossier') return
  const [item] = await sql<Item>(ITEM, [before.dossierId, moved.processId])
  if (!item || item.state === 'moved' || item.state === 'done') return
  await lockSubjects(sql, [before.id])
  const subject: Subject = { ...before, processId: moved.processId }
  await sql('update subject set process_id = $2 where id = $1', [subject.id, moved.processId])
  await sql('update dossier set procedure_version_id = $2, version = version + 1 where id = $1', [
    subject.dossierId,
    item.to_version_id,
  ])
  await keepPeople(sql, subject, item)
  const renamed = await renameVisits(sql, subject, moved.epoch, item.mapping)
  for (const task of await liveTasks(sql, subject)) {
    // A unit that the target wants and the agency does not have: the task stays with whoever has it.
    const failure = await savepoint(sql, () => deriveTask(sql, subject, task, item))
    if (failure !== undefined)
      await sql(`update task set state = 'open', version = version + 1 where id = $1`, [task.id])
  }
  await sql(
    `update migration_item set state = 'moved', obstacles = '[]', last_error = null
      where run_id = $1 and dossier_id = $2`,
    [item.run_id, subject.dossierId],
  )
  await sql("select pg_notify('live', $1)", [
    JSON.stringify({ type: 'dossier', ids: [subject.dossierId, ...renamed] }),
  ])
}

/** Who did a step does the one it goes on as: the target's `sameAs` and a step that comes back find them. */
const keepPeople = (sql: Sql, subject: Subject, { mapping, acted_at }: Item) =>
  sql(
    `insert into assignment (subject_id, element_id, person_id, reason, assigned_at)
     select distinct on (m."to") $1::uuid, m."to", known.person_id, 'migration', $3
       from jsonb_to_recordset($2::jsonb) as m ("from" text, "to" text)
       join lateral (
         select person_id, assigned_at as at from assignment where subject_id = $1 and element_id = m."from"
         union all
         select d.actor_id, d.acted_at from decision d join task t on t.id = d.task_id
          where t.subject_id = $1 and t.element_id = m."from" and d.state = 'released') known on true
      order by m."to", known.at desc
     on conflict (subject_id, element_id) do nothing`,
    [subject.id, JSON.stringify(mapping), acted_at],
  )

/**
 * Live visits of a mapped step are the next visit of the one it goes on as; their tasks go with them. By the mapping and not by the
 * elements' own records, which come after the process's, perhaps in another bulk. Answers those tasks.
 */
async function renameVisits(
  sql: Sql,
  subject: Subject,
  epoch: number,
  mapping: Item['mapping'],
): Promise<string[]> {
  const rows = await sql<{ element_id: string; visit: number; now_id: string }>(
    `select v.element_id, v.visit, m."to" as now_id from visit v
       join jsonb_to_recordset($3::jsonb) as m ("from" text, "to" text) on m."from" = v.element_id and m."to" <> m."from"
       join engine_element e on e.epoch = v.epoch and e.key = v.element_key and e.state = 'active'
      where v.subject_id = $1 and v.epoch = $2 and not v.ended order by v.element_id, v.visit`,
    [subject.id, epoch, JSON.stringify(mapping)],
  )
  const tasks: string[] = []
  for (const { element_id: from, visit, now_id: to } of rows) {
    const [next] = await sql<{ visit: number }>(
      'select 1 + coalesce(max(visit), 0) as visit from visit where subject_id = $1 and element_id = $2',
      [subject.id, to],
    )
    const renamed = [subject.id, from, visit, to, next!.visit]
    const set = 'set element_id = $4, visit = $5 where subject_id = $1 and element_id = $2 and visit = $3'
    await sql(`update visit ${set}`, renamed)
    const [task] = await sql<{ id: string }>(`update task ${set} returning id`, renamed)
    if (task) tasks.push(task.id)
  }
  return tasks
}

type LiveTask = {
  id: string
  element_id: string
  role: string
  unit_id: string
  agency_id: string
  assignee_id: string | null
  in_place_of: string | null
  opened_at: Date
  due_at: Date | null
}

/** Tasks that people can decide, or could until the engine was asked. */
const liveTasks = (sql: Sql, subject: Subject) =>
  sql<LiveTask>(
    `select id, element_id, role, unit_id, agency_id, assignee_id, in_place_of, opened_at, due_at from task t
      where subject_id = $1 and state in ('open', 'moving')
        and not exists (select from decision d where d.task_id = t.id and d.state = 'released') for update`,
    [subject.id],
  )

const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (b ?? a))

async function deriveTask(sql: Sql, subject: Subject, task: LiveTask, item: Item): Promise<void> {
  const step = await stepOf(sql, subject.processId, task.element_id)
  const target = await receiverOf(sql, subject, task.element_id, step, item.acted_at)
  const same = target.unitId === task.unit_id && target.role === task.role
  const receiver = same ? { ...target, personId: task.assignee_id, inPlaceOf: task.in_place_of } : target
  const calendar = await calendarOf(sql, receiver.agencyId)
  const minutes = await allottedMinutes(sql, subject, task.element_id, calendar)
  const startsAt = await stepStartsAt(sql, calendar, subject, receiver.unitId, task.opened_at)
  const byTarget = minutes === null ? null : calendar.addWorkingMinutes(startsAt, minutes)
  // A step under way keeps the time it was given: moving a dossier makes nobody late.
  const dueAt = later(task.due_at, byTarget)
  await sql(
    `update task set form = $2, name = $3::jsonb, role = $4, agency_id = $5, unit_id = $6, assignee_id = $7, in_place_of = $8,
            due_at = $9, state = 'open', version = version + 1 where id = $1`,
    [
      task.id,
      step.form,
      JSON.stringify(step.name),
      receiver.role,
      receiver.agencyId,
      receiver.unitId,
      receiver.personId,
      receiver.inPlaceOf,
      dueAt,
    ],
  )
  if (dueAt && minutes !== null && dueAt.getTime() !== task.due_at?.getTime()) {
    await dropStepClock(sql, task.id)
    await startStepClock(
      sql,
      { taskId: task.id, dossierId: subject.dossierId, startedAt: startsAt, dueAt, minutes },
      calendar,
    )
  }
  await moveInterval(sql, subject, task, item, {
    holder: receiver,
    step: { elementId: task.element_id, stepName: step.name, taskId: task.id, allottedMinutes: minutes },
  })
}

/** The clock of a step that has rung nothing yet is made anew; one that has rung stays as it is. */
async function dropStepClock(sql: Sql, taskId: string): Promise<void> {
  const rang = 'select from alarm a where a.clock_id = c.id and a.handled_at is not null'
  const [clock] = await sql<{ id: string }>(
    `select id from clock c where subject_id = $1 and kind = 'step' and not exists (${rang})`,
    [taskId],
  )
  if (!clock) return
  await sql('delete from alarm where clock_id = $1', [clock.id])
  await sql('delete from clock where id = $1', [clock.id])
}

/** The ledger before the act is left alone; from its instant on the interval is the target's step, where that is another one. */
async function moveInterval(
  sql: Sql,
  { dossierId }: Subject,
  task: LiveTask,
  { acted_at: at, started_by: personId, version }: Item,
  next: { holder: Parameters<typeof moveHolder>[2]; step: Parameters<typeof moveHolder>[3] },
): Promise<void> {
  const open = await openHolding(sql, dossierId)
  // The papers may wait elsewhere for their hand-over: that interval is not this step's.
  if (open?.task_id !== task.id) return
  const act: LedgerAct = {
    act: 'dossier.migrated',
    personId,
    text: { vi: `Chuyển sang phiên bản ${version}`, en: `Moved to version ${version}` },
  }
  const moves = open.element_id !== next.step.elementId || open.unit_id !== next.holder.unitId
  if (moves) await moveHolder(sql, dossierId, next.holder, next.step, at, act)
  else await changePerson(sql, dossierId, task.id, next.holder.personId, at, act, next.holder.inPlaceOf)
}
