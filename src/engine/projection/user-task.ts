import type { Sql } from '../../database/sql.ts'
import { atOf, type EngineRecord, keyOf, text } from '../records.ts'
import { recordset } from './recordset.ts'

type TaskState = 'created' | 'completed' | 'cancelled'

type TaskRow = {
  key: string
  instance_key: string
  element_key: string
  element_id: string
  external_reference: string
  state: TaskState
  created_at: string | null
  ended_at: string | null
}

export type EndedTask = { key: string; state: 'completed' | 'cancelled'; at: Date }

export const taskFold = () => new Map<string, TaskRow>()
export type TaskFold = ReturnType<typeof taskFold>

const END: Record<string, 'completed' | 'cancelled'> = { COMPLETED: 'completed', CANCELED: 'cancelled' }

export function foldTask(fold: TaskFold, record: EngineRecord): void {
  const { key, value, intent } = record
  const row = fold.get(key) ?? {
    key,
    instance_key: keyOf(value.processInstanceKey),
    element_key: keyOf(value.elementInstanceKey),
    element_id: text(value.elementId),
    external_reference: text(value.externalFormReference),
    state: 'created',
    created_at: null,
    ended_at: null,
  }
  const end = END[intent]
  // A migrated task keeps its form, and gets the id of the element it stands at now.
  row.element_id = text(value.elementId)
  if (intent === 'CREATED') row.created_at = atOf(record)
  if (end && row.state === 'created') {
    row.state = end
    row.ended_at = atOf(record)
  }
  fold.set(key, row)
}

export const writeTasks = (sql: Sql, epoch: number, fold: TaskFold): Promise<unknown> =>
  fold.size === 0 ? Promise.resolve() : sql(UPSERT, [epoch, recordset(fold.values())])

const UPSERT = `
  insert into engine_user_task as t (epoch, key, instance_key, element_key, element_id, external_reference, state,
                                     created_at, ended_at)
  select $1, key, instance_key, element_key, element_id, external_reference, state, created_at, ended_at
    from jsonb_to_recordset($2::jsonb) as r (key text, instance_key text, element_key text, element_id text,
      external_reference text, state text, created_at timestamptz, ended_at timestamptz)
  on conflict (epoch, key) do update set
    element_id = excluded.element_id,
    state = case when t.state = 'created' then excluded.state else t.state end,
    created_at = coalesce(t.created_at, excluded.created_at),
    ended_at = coalesce(t.ended_at, excluded.ended_at)`

/** A task is over when its element or its instance is, whether or not a record of its own says so. */
export async function closeTasks(
  sql: Sql,
  epoch: number,
  changed: { elements: string[]; instances: string[] },
): Promise<EndedTask[]> {
  const byElement =
    changed.elements.length === 0 ? [] : await sql<EndedTask>(CLOSE_BY_ELEMENT, [epoch, changed.elements])
  const byInstance =
    changed.instances.length === 0 ? [] : await sql<EndedTask>(CLOSE_BY_INSTANCE, [epoch, changed.instances])
  return [...byElement, ...byInstance]
}

const CLOSE_BY_ELEMENT = `
  update engine_user_task t
     set state = case e.state when 'completed' then 'completed' else 'cancelled' end, ended_at = e.ended_at
    from engine_element e
   where t.epoch = $1 and t.element_key = any($2) and t.state = 'created'
     and e.epoch = $1 and e.key = t.element_key and e.state <> 'active'
  returning t.key, t.state, t.ended_at as at`

const CLOSE_BY_INSTANCE = `
  update engine_user_task t set state = 'cancelled', ended_at = i.ended_at
    from engine_instance i
   where t.epoch = $1 and t.instance_key = any($2) and t.state = 'created'
     and i.epoch = $1 and i.key = t.instance_key and i.state <> 'active'
  returning t.key, t.state, t.ended_at as at`
