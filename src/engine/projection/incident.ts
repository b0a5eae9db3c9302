import type { Sql } from '../../database/sql.ts'
import { atOf, type EngineRecord, keyOf, text } from '../records.ts'
import { recordset } from './recordset.ts'

type IncidentRow = {
  key: string
  instance_key: string
  element_key: string
  element_id: string
  job_key: string
  error_type: string
  message: string
  state: 'open' | 'resolved'
  created_at: string | null
  resolved_at: string | null
}

export const incidentFold = () => new Map<string, IncidentRow>()
export type IncidentFold = ReturnType<typeof incidentFold>

export function foldIncident(fold: IncidentFold, record: EngineRecord): void {
  const { key, value, intent } = record
  if (intent !== 'CREATED' && intent !== 'RESOLVED') return
  const row = fold.get(key) ?? {
    key,
    instance_key: keyOf(value.processInstanceKey),
    element_key: keyOf(value.elementInstanceKey),
    element_id: text(value.elementId),
    job_key: keyOf(value.jobKey),
    error_type: text(value.errorType),
    message: text(value.errorMessage),
    state: 'open',
    created_at: null,
    resolved_at: null,
  }
  if (intent === 'CREATED') row.created_at = atOf(record)
  else {
    row.state = 'resolved'
    row.resolved_at = atOf(record)
  }
  fold.set(key, row)
}

export const writeIncidents = (sql: Sql, epoch: number, fold: IncidentFold): Promise<unknown> =>
  fold.size === 0 ? Promise.resolve() : sql(UPSERT, [epoch, recordset(fold.values())])

const UPSERT = `
  insert into engine_incident as t (epoch, key, instance_key, element_key, element_id, job_key, error_type, message,
                                    state, created_at, resolved_at)
  select $1, key, instance_key, element_key, element_id, job_key, error_type, message, state, created_at, resolved_at
    from jsonb_to_recordset($2::jsonb) as r (key text, instance_key text, element_key text, element_id text,
      job_key text, error_type text, message text, state text, created_at timestamptz, resolved_at timestamptz)
  on conflict (epoch, key) do update set
    state = case when t.state = 'open' then excluded.state else t.state end,
    created_at = coalesce(t.created_at, excluded.created_at),
    resolved_at = coalesce(t.resolved_at, excluded.resolved_at)`
