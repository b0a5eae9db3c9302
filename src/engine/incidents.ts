import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import { demandTx, NO_SUBJECT, putCommand } from './outbox.ts'
import { defaultTuning } from './tuning.ts'

export type OpenIncident = {
  epoch: number
  key: string
  errorType: string
  message: string
  elementId: string
  instanceKey: string
  jobKey: string
  processId: string
  /** Null for an instance that is none of ours. */
  subjectId: string | null
  dossierId: string | null
  createdAt: Date
}

/** Incidents that wait for somebody, the oldest first. Not filtered by ability: for administrators. */
export const openIncidents = (sql: Sql): Promise<OpenIncident[]> =>
  sql<OpenIncident>(
    `select n.epoch, n.key, n.error_type as "errorType", n.message, n.element_id as "elementId",
            n.instance_key as "instanceKey", n.job_key as "jobKey", coalesce(i.process_id, '') as "processId",
            s.id as "subjectId", s.dossier_id as "dossierId", n.created_at as "createdAt"
       from engine_incident n
       left join engine_instance i on i.epoch = n.epoch and i.key = n.instance_key
       left join subject s on s.id = i.subject_id
      where n.state = 'open' order by n.created_at, n.key`,
  )

export type StuckCommand = {
  id: string
  kind: string
  subjectId: string
  dossierId: string | null
  attempts: number
  lastError: string
  createdAt: Date
}

/** Commands the engine refused so often that they wait for a person (`retryCommand`). For administrators. */
export const stuckCommands = (sql: Sql, maxRefusals = defaultTuning.maxRefusals): Promise<StuckCommand[]> =>
  sql<StuckCommand>(
    `select o.id, o.kind, o.subject_id as "subjectId", s.dossier_id as "dossierId", o.attempts,
            coalesce(o.last_error, '') as "lastError", o.created_at as "createdAt"
       from outbox o left join subject s on s.id = o.subject_id
      where o.sent_at is null and o.settled_at is null and o.withdrawn_at is null and o.attempts >= $1
      order by o.seq`,
    [maxRefusals],
  )

/**
 * Lets the engine try again where an incident stopped it: a job gets its retries back, then the incident is resolved.
 * @throws RangeError when there is no such open incident.
 */
export async function retryIncident(tx: Tx, incident: { epoch: number; key: string }): Promise<string> {
  demandTx(tx)
  const { epoch, key } = incident
  const [row] = await tx.sql<{ job_key: string; subject_id: string | null }>(
    `select n.job_key, i.subject_id from engine_incident n
       left join engine_instance i on i.epoch = n.epoch and i.key = n.instance_key
      where n.epoch = $1 and n.key = $2 and n.state = 'open'`,
    [epoch, key],
  )
  if (!row) throw new RangeError(`there is no open incident ${key} of epoch ${epoch}`)
  return putCommand(tx.sql, {
    subjectId: row.subject_id ?? NO_SUBJECT,
    kind: 'retry',
    payload: { epoch, incidentKey: key, jobKey: row.job_key },
  })
}
