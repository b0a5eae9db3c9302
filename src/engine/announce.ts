import type { Sql } from '../database/sql.ts'
import { putCommand } from './outbox.ts'
import type { Applied } from './projector.ts'
import { settleCommands } from './settle.ts'
import { assignVisits, endVisits } from './visits.ts'
import { isWaitType, openWaits } from './waits.ts'

/** One visit of an element, as features see it. `at` is the broker's time: evidence, never a boundary of the ledger. */
export type ElementVisit = {
  epoch: number
  key: string
  subjectId: string
  dossierId: string
  elementId: string
  elementKey: string
  visit: number
  at: Date
}

/**
 * What features do with the record stream, in the transaction of its bulk. Each must be an idempotent upsert and bring no
 * audit entry: the trail's lock would hold up the stream.
 */
export type ProjectionHooks = {
  /** `form` is the part of the task's external reference before the colon. */
  userTaskCreated(sql: Sql, task: ElementVisit & { form: string }): Promise<void>
  userTaskEnded(
    sql: Sql,
    task: { epoch: number; key: string; state: 'completed' | 'cancelled'; at: Date },
  ): Promise<void>
  waitOpened?(sql: Sql, wait: ElementVisit & { type: string }): Promise<void>
  /** A subject's instance runs on another definition from now on, its elements under that one's ids. Before what opens after it. */
  instanceMigrated?(
    sql: Sql,
    instance: { subjectId: string; epoch: number; processId: string },
  ): Promise<void>
  /** A subject's root instance is over. */
  instanceEnded(
    sql: Sql,
    instance: { subjectId: string; epoch: number; state: 'completed' | 'cancelled'; at: Date },
  ): Promise<void>
}

/** Everything that follows from a bulk outside the engine_* tables. Derived from the tables, so a late subject is made up for. */
export async function announce(
  sql: Sql,
  epoch: number,
  applied: Applied,
  hooks: ProjectionHooks,
): Promise<void> {
  await cancelSecondInstances(sql, epoch, applied)
  for (const instance of await migratedSubjects(sql, epoch, applied.migrated))
    await hooks.instanceMigrated?.(sql, { epoch, ...instance })
  await announceOpened(sql, epoch, applied.opened, hooks)
  for (const task of applied.endedTasks) await hooks.userTaskEnded(sql, { epoch, ...task })
  await endVisits(sql, epoch, applied.endedElements)
  const ended = await endedSubjects(sql, epoch, applied.endedInstances)
  for (const instance of ended) await hooks.instanceEnded(sql, { epoch, ...instance })
  await settleCommands(sql, epoch, applied)
}

async function cancelSecondInstances(sql: Sql, epoch: number, { secondInstances }: Applied): Promise<void> {
  for (const { key, subjectId } of secondInstances)
    await putCommand(sql, { subjectId, kind: 'cancel', payload: { epoch, instanceKey: key } })
}

type OpenedRow = {
  job: boolean
  key: string
  element_key: string
  element_id: string
  /** A job's type, a task's external reference. */
  detail: string
  at: Date
  subject_id: string
  dossier_id: string
}

/** Tasks and jobs of known subjects that have no visit number yet, in the order in which they arose. */
const OPENED = `
  select o.job, o.key, o.element_key, o.element_id, o.detail, o.at, i.subject_id, s.dossier_id
    from (select false as job, epoch, key, instance_key, element_key, element_id, external_reference as detail, created_at as at
            from engine_user_task where epoch = $1 and instance_key = any($2)
          union all
          select true, epoch, key, instance_key, element_key, element_id, type, created_at
            from engine_job where epoch = $1 and instance_key = any($2)) o
    join engine_instance i on i.epoch = $1 and i.key = o.instance_key
    join subject s on s.id = i.subject_id
   where o.at is not null
     and not exists (select from visit v where v.epoch = $1 and v.element_key = o.element_key)
   order by length(o.key), o.key`

async function announceOpened(
  sql: Sql,
  epoch: number,
  instances: string[],
  hooks: ProjectionHooks,
): Promise<void> {
  if (instances.length === 0) return
  const rows = await sql<OpenedRow>(OPENED, [epoch, instances])
  const visits = await assignVisits(
    sql,
    epoch,
    rows.map((row) => ({
      subjectId: row.subject_id,
      elementId: row.element_id,
      elementKey: row.element_key,
    })),
  )
  const opened = rows.map((row) => ({
    row,
    seen: {
      epoch,
      key: row.key,
      subjectId: row.subject_id,
      dossierId: row.dossier_id,
      elementId: row.element_id,
      elementKey: row.element_key,
      visit: visits.get(row.element_key)!,
      at: row.at,
    },
  }))
  const waits = opened.filter(({ row }) => row.job && isWaitType(row.detail))
  await openWaits(
    sql,
    epoch,
    waits.map(({ row, seen }) => ({ ...seen, type: row.detail, jobKey: row.key })),
  )
  for (const { row, seen } of waits) await hooks.waitOpened?.(sql, { ...seen, type: row.detail })
  for (const { row, seen } of opened)
    if (!row.job) await hooks.userTaskCreated(sql, { ...seen, form: row.detail.split(':')[0] ?? '' })
}

const migratedSubjects = (
  sql: Sql,
  epoch: number,
  keys: string[],
): Promise<{ subjectId: string; processId: string }[]> =>
  keys.length === 0
    ? Promise.resolve([])
    : sql(
        `select subject_id as "subjectId", process_id as "processId" from engine_instance
          where epoch = $1 and key = any($2) and subject_id is not null`,
        [epoch, keys],
      )

type EndedSubject = { subjectId: string; state: 'completed' | 'cancelled'; at: Date }

const endedSubjects = (sql: Sql, epoch: number, keys: string[]): Promise<EndedSubject[]> =>
  keys.length === 0
    ? Promise.resolve([])
    : sql<EndedSubject>(
        `select subject_id as "subjectId", state, ended_at as at from engine_instance
          where epoch = $1 and key = any($2) and subject_id is not null and state <> 'active'`,
        [epoch, keys],
      )
