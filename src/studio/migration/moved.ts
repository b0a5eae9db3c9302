import { savepoint } from '../../database/savepoint.ts'
import type { Sql } from '../../database/transaction.ts'
import { lockSubjects } from '../../engine/index.ts'
import { type Subject, subjectOf } from '../../tasks/step.ts'
import { deriveTask, type Move, openTasks } from './derive.ts'
import { type Obstacle, say } from './verdict.ts'

type Item = Move & {
  run_id: string
  state: string
  to_version_id: string
  mapping: { from: string; to: string }[]
}

const ITEM = `
  select i.run_id, i.state, i.acted_at, r.started_by, r.to_version_id, v.version, r.mapping
    from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.to_version_id
   where i.dossier_id = $1 and v.process_id = $2 and i.acted_at is not null
   order by i.state in ('waiting', 'sent', 'moved') desc, i.acted_at desc limit 1 for update of i`

const MOVED_BEFORE = say(
  'in-another-act',
  '',
  'Hồ sơ đã được chuyển trong một đợt trước.',
  'The dossier has been moved by an earlier act.',
)

const held = (elementId: string) =>
  say(
    'step-held',
    elementId,
    'Bước đang mở chưa lập lại được theo phiên bản mới; máy thử lại, quản trị xem nhật ký hệ thống.',
    'The open step could not be made anew by the new version; it is tried again, and the system log says why.',
  )

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
  const notes: Obstacle[] = []
  for (const task of await openTasks(sql, subject)) {
    const failure = await savepoint(
      sql,
      async () => void notes.push(...(await deriveTask(sql, subject, task, item))),
    )
    // The stream goes on; nobody decides the task until finish.ts has it by the new version.
    if (failure === undefined) continue
    await sql(`update task set state = 'moving', version = version + 1 where id = $1`, [task.id])
    notes.push(held(task.element_id))
  }
  // Its record comes though the engine had seemed to refuse: whoever has asked anew since then need not.
  // One that had moved it before did so: the version between the two reigned. The trail hears of both when this one is finished.
  await sql(
    `update migration_item set state = case state when 'moved' then 'done' else 'changed' end, ended_by = $2,
            obstacles = case state when 'moved' then obstacles else $3 end
      where dossier_id = $1 and run_id <> $2 and state in ('waiting', 'sent', 'moved')`,
    [subject.dossierId, item.run_id, JSON.stringify([MOVED_BEFORE])],
  )
  await sql(
    `update migration_item set state = 'moved', obstacles = $3, last_error = null, retry_at = null
      where run_id = $1 and dossier_id = $2`,
    [item.run_id, subject.dossierId, JSON.stringify(notes)],
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
