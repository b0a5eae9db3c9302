import type { Sql } from '../../database/sql.ts'
import { atOf, type EngineRecord, keyOf, text } from '../records.ts'
import { recordset } from './recordset.ts'

type Ended = 'completed' | 'cancelled'
const END: Record<string, Ended> = { ELEMENT_COMPLETED: 'completed', ELEMENT_TERMINATED: 'cancelled' }

type InstanceRow = {
  key: string
  process_id: string
  process_version: number
  process_key: string
  parent_key: string
  subject_id: string | null
  start_id: string | null
  state: 'active' | Ended
  started_at: string | null
  ended_at: string | null
}

type ElementRow = {
  key: string
  instance_key: string
  scope_key: string
  element_id: string
  element_type: string
  state: 'active' | Ended
  started_at: string | null
  ended_at: string | null
}

/** The record of a process, or of an element, that stands under another definition, the element perhaps under another id. */
const MIGRATED = 'ELEMENT_MIGRATED'

/** A second root instance of one start: it must be cancelled and its tasks never shown. */
export type SecondInstance = { key: string; startId: string; subjectId: string }

/** What a bulk says about instances, elements and flows, folded to one row each. */
export const instanceFold = () => ({
  instances: new Map<string, InstanceRow>(),
  elements: new Map<string, ElementRow>(),
  flows: new Map<string, { instance_key: string; flow_id: string; taken: number }>(),
  /** Instances moved to another definition. */
  migrated: new Set<string>(),
})
export type InstanceFold = ReturnType<typeof instanceFold>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const uuid = (value: unknown): string | null => (typeof value === 'string' && UUID.test(value) ? value : null)

export function foldInstance(fold: InstanceFold, record: EngineRecord): void {
  const { value, intent } = record
  if (record.valueType === 'PROCESS_INSTANCE_CREATION') {
    if (intent !== 'CREATED') return
    const row = instanceRow(fold, keyOf(value.processInstanceKey), value)
    const variables = (value.variables ?? {}) as Record<string, unknown>
    row.subject_id ??= uuid(variables.subjectId)
    row.start_id ??= uuid(variables.startId)
  } else if (value.bpmnElementType === 'SEQUENCE_FLOW') {
    if (intent === 'SEQUENCE_FLOW_TAKEN')
      countFlow(fold, keyOf(value.processInstanceKey), text(value.elementId))
  } else if (value.bpmnElementType === 'PROCESS') {
    const row = instanceRow(fold, record.key, value)
    if (intent === MIGRATED) {
      Object.assign(row, definitionOf(value))
      fold.migrated.add(record.key)
    } else mark(row, record)
  } else mark(elementRow(fold, record), record)
}

function countFlow(fold: InstanceFold, instance: string, flow: string): void {
  const id = `${instance} ${flow}`
  const row = fold.flows.get(id) ?? { instance_key: instance, flow_id: flow, taken: 0 }
  row.taken += 1
  fold.flows.set(id, row)
}

function mark(row: InstanceRow | ElementRow, record: EngineRecord): void {
  const end = END[record.intent]
  if (end && row.state === 'active') {
    row.state = end
    row.ended_at = atOf(record)
  } else if (record.intent === 'ELEMENT_ACTIVATING' || record.intent === 'ELEMENT_ACTIVATED')
    row.started_at ??= atOf(record)
}

const definitionOf = (value: EngineRecord['value']) => ({
  process_id: text(value.bpmnProcessId),
  process_version: Number(value.version ?? 0),
  process_key: keyOf(value.processDefinitionKey),
})

function instanceRow(fold: InstanceFold, key: string, value: EngineRecord['value']): InstanceRow {
  const row = fold.instances.get(key) ?? {
    key,
    ...definitionOf(value),
    parent_key: '',
    subject_id: null,
    start_id: null,
    state: 'active',
    started_at: null,
    ended_at: null,
  }
  row.parent_key ||= keyOf(value.parentProcessInstanceKey)
  fold.instances.set(key, row)
  return row
}

function elementRow(fold: InstanceFold, { key, value }: EngineRecord): ElementRow {
  const row = fold.elements.get(key) ?? {
    key,
    instance_key: keyOf(value.processInstanceKey),
    scope_key: keyOf(value.flowScopeKey),
    element_id: text(value.elementId),
    element_type: text(value.bpmnElementType),
    state: 'active',
    started_at: null,
    ended_at: null,
  }
  row.element_id = text(value.elementId)
  fold.elements.set(key, row)
  return row
}

/** The first root instance of a start wins, also over one in the same bulk. Losers keep neither start nor subject. */
async function claimStarts(sql: Sql, epoch: number, rows: InstanceRow[]): Promise<SecondInstance[]> {
  const starting = rows.filter((row) => row.start_id)
  if (starting.length === 0) return []
  const known = await sql<{ start_id: string; key: string }>(
    'select start_id, key from engine_instance where epoch = $1 and start_id = any($2)',
    [epoch, starting.map((row) => row.start_id)],
  )
  const winners = new Map(known.map((row) => [row.start_id, row.key]))
  const losers: SecondInstance[] = []
  for (const row of starting) {
    const startId = row.start_id!
    if (!winners.has(startId)) winners.set(startId, row.key)
    if (winners.get(startId) === row.key) continue
    if (row.subject_id) losers.push({ key: row.key, startId, subjectId: row.subject_id })
    row.start_id = null
    row.subject_id = null
  }
  return losers
}

/** Writes the fold; answers the second instances found in it. */
export async function writeInstances(sql: Sql, epoch: number, fold: InstanceFold): Promise<SecondInstance[]> {
  const rows = [...fold.instances.values()]
  const losers = await claimStarts(sql, epoch, rows)
  if (rows.length > 0) await sql(UPSERT_INSTANCES, [epoch, recordset(rows)])
  if (fold.elements.size > 0) await sql(UPSERT_ELEMENTS, [epoch, recordset(fold.elements.values())])
  if (fold.flows.size > 0) await sql(COUNT_FLOWS, [epoch, recordset(fold.flows.values())])
  return losers
}

const UPSERT_INSTANCES = `
  insert into engine_instance as t (epoch, key, process_id, process_version, process_key, parent_key, subject_id,
                                    start_id, state, started_at, ended_at)
  select $1, key, process_id, process_version, process_key, parent_key, subject_id, start_id, state, started_at, ended_at
    from jsonb_to_recordset($2::jsonb) as r (key text, process_id text, process_version int, process_key text,
      parent_key text, subject_id uuid, start_id uuid, state text, started_at timestamptz, ended_at timestamptz)
  on conflict (epoch, key) do update set
    process_id = excluded.process_id, process_version = excluded.process_version, process_key = excluded.process_key,
    parent_key = coalesce(nullif(t.parent_key, ''), excluded.parent_key),
    subject_id = coalesce(t.subject_id, excluded.subject_id),
    start_id = coalesce(t.start_id, excluded.start_id),
    state = case when t.state = 'active' then excluded.state else t.state end,
    started_at = coalesce(t.started_at, excluded.started_at),
    ended_at = coalesce(t.ended_at, excluded.ended_at)`

const UPSERT_ELEMENTS = `
  insert into engine_element as t (epoch, key, instance_key, scope_key, element_id, element_type, state, started_at, ended_at)
  select $1, key, instance_key, scope_key, element_id, element_type, state, started_at, ended_at
    from jsonb_to_recordset($2::jsonb) as r (key text, instance_key text, scope_key text, element_id text,
      element_type text, state text, started_at timestamptz, ended_at timestamptz)
  on conflict (epoch, key) do update set
    element_id = excluded.element_id,
    state = case when t.state = 'active' then excluded.state else t.state end,
    started_at = coalesce(t.started_at, excluded.started_at),
    ended_at = coalesce(t.ended_at, excluded.ended_at)`

const COUNT_FLOWS = `
  insert into engine_flow as t (epoch, instance_key, flow_id, taken)
  select $1, instance_key, flow_id, taken from jsonb_to_recordset($2::jsonb) as r (instance_key text, flow_id text, taken int)
  on conflict (epoch, instance_key, flow_id) do update set taken = t.taken + excluded.taken`
