import type { Sql } from '../../database/sql.ts'
import { atOf, type EngineRecord, keyOf, text } from '../records.ts'
import { recordset } from './recordset.ts'

type JobState = 'created' | 'failed' | 'completed' | 'cancelled'

/** The fields of a record are the whole of the job's facts; `state` null leaves the state as it is. */
type JobRow = {
  key: string
  type: string
  instance_key: string
  element_key: string
  element_id: string
  worker: string
  retries: number
  error_message: string
  state: JobState | null
  created_at: string | null
  updated_at: string
}

/** Jobs of a bulk, and the jobs that a resolved incident makes available again (no JOB record says so). */
export const jobFold = () => ({ rows: new Map<string, JobRow>(), reopened: new Set<string>() })
export type JobFold = ReturnType<typeof jobFold>

const isOver = (state: JobState | null | undefined): boolean => state === 'completed' || state === 'cancelled'

function stateAfter({ intent, value }: EngineRecord): JobState | null {
  switch (intent) {
    case 'CREATED':
    case 'TIMED_OUT':
    case 'YIELDED':
    case 'RECURRED_AFTER_BACKOFF':
      return 'created'
    case 'FAILED':
      // Without a back-off a job with retries left is available again at once.
      return Number(value.retries) > 0 && Number(value.retryBackoff) <= 0 ? 'created' : 'failed'
    case 'ERROR_THROWN':
      return 'failed'
    case 'COMPLETED':
      return 'completed'
    case 'CANCELED':
      return 'cancelled'
    default:
      return null
  }
}

export function foldJob(fold: JobFold, record: EngineRecord): void {
  const { value, key } = record
  const before = fold.rows.get(key)
  const state = stateAfter(record)
  if (state) fold.reopened.delete(key)
  fold.rows.set(key, {
    key,
    type: text(value.type),
    instance_key: keyOf(value.processInstanceKey),
    element_key: keyOf(value.elementInstanceKey),
    element_id: text(value.elementId),
    worker: text(value.worker),
    retries: Number(value.retries ?? 0),
    error_message: text(value.errorMessage),
    state: isOver(before?.state) ? before!.state : (state ?? before?.state ?? null),
    created_at: record.intent === 'CREATED' ? atOf(record) : (before?.created_at ?? null),
    updated_at: atOf(record),
  })
}

/** A resolved incident of a job lets workers have the job again. */
export function foldReopened(fold: JobFold, record: EngineRecord): void {
  const key = keyOf(record.value.jobKey)
  if (record.intent !== 'RESOLVED' || key === '') return
  const row = fold.rows.get(key)
  if (row?.state === 'failed') row.state = 'created'
  else if (!row?.state) fold.reopened.add(key)
}

export async function writeJobs(sql: Sql, epoch: number, fold: JobFold): Promise<void> {
  if (fold.rows.size > 0) await sql(UPSERT, [epoch, recordset(fold.rows.values())])
  if (fold.reopened.size > 0)
    await sql(
      `update engine_job set state = 'created' where epoch = $1 and key = any($2) and state = 'failed'`,
      [epoch, [...fold.reopened]],
    )
}

const UPSERT = `
  insert into engine_job as t (epoch, key, type, instance_key, element_key, element_id, worker, retries, error_message,
                               state, created_at, updated_at)
  select $1, r.key, r.type, r.instance_key, r.element_key, r.element_id, r.worker, r.retries, r.error_message,
         coalesce(r.state, known.state, 'created'), r.created_at, r.updated_at
    from jsonb_to_recordset($2::jsonb) as r (key text, type text, instance_key text, element_key text, element_id text,
      worker text, retries int, error_message text, state text, created_at timestamptz, updated_at timestamptz)
    left join engine_job known on known.epoch = $1 and known.key = r.key
  on conflict (epoch, key) do update set
    element_id = excluded.element_id,
    worker = excluded.worker, retries = excluded.retries, error_message = excluded.error_message,
    state = case when t.state in ('completed', 'cancelled') then t.state else excluded.state end,
    created_at = coalesce(t.created_at, excluded.created_at),
    updated_at = greatest(t.updated_at, excluded.updated_at)`
