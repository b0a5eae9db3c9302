import type { z } from 'zod'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import type { ActivatedJob } from './client.ts'
import { assignVisits } from './visits.ts'

/** A job as a worker sees it. `visit` is the n-th activation of the element for the subject: the natural key of effects. */
export type Job<Input> = {
  key: string
  epoch: number
  subjectId: string
  dossierId: string
  elementId: string
  visit: number
  instanceKey: string
  variables: Input
  /** The task headers drawn in the diagram. */
  headers: Record<string, string>
  retries: number
}

/** Thrown by a worker when only a person can help: an incident at once, with this message. No personal data in it. */
export class JobIncident extends Error {
  override name = 'JobIncident'
}

/** The instance is not ours to work on (yet): its record has not come, or it is the second one of its start. */
export class NotOurs extends Error {
  override name = 'NotOurs'
}

type Shape = z.ZodObject
type Output = Record<string, unknown>

/** A worker with its types erased: the frame passes text in and variables out. */
export type WorkerDefinition = {
  type: string
  /** Only what is declared is fetched. */
  fetchVariables: string[]
  run(tx: Tx, job: Job<unknown>): Promise<Output>
}

/**
 * Declares the worker of one job type. `run` is called in one transaction with the record that it was handled, so its effects
 * happen once; effects outside the database must be rows that are carried out later. What it returns are process
 * variables: a business failure is an `outcome` that the next gateway asks. A throw is tried again with a back-off and
 * becomes an incident when retries are used up; input or output that does not fit the schema is an incident at once.
 */
export function defineWorker<I extends Shape, O extends Shape>(definition: {
  type: string
  input: I
  output: O
  run(tx: Tx, job: Job<z.output<I>>): Promise<z.input<O>>
}): WorkerDefinition {
  const { type, input, output } = definition
  return {
    type,
    fetchVariables: Object.keys(input.shape),
    run: async (tx, job) => {
      const variables = check(input, job.variables, `${type} cannot work with its input`)
      const result = await definition.run(tx, { ...job, variables })
      return check(output, result, `${type} produced a wrong output`)
    },
  }
}

function check<S extends Shape>(schema: S, value: unknown, what: string): z.output<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  // Names and reasons, no values: an incident's message is seen by administrators and kept by the engine.
  const faults = read.error.issues.map((issue) => `${issue.path.join('.') || '(all)'}: ${issue.message}`)
  throw new JobIncident(`${what}: ${faults.join('; ')}`)
}

/**
 * Runs a worker on an activated job and keeps its output with its effects, in one transaction. A job handled before gets the
 * stored output. No statement may take longer than `timeoutMs`. Throws NotOurs without any effect.
 */
export const handleOnce = (
  db: Database,
  epoch: number,
  worker: WorkerDefinition,
  job: ActivatedJob,
  timeoutMs: number,
): Promise<Output> =>
  db.transact(systemActor(`job ${worker.type}`), async (tx) => {
    await tx.sql(`select set_config('statement_timeout', $1, true)`, [String(timeoutMs)])
    // The same job may be in two hands after a time-out; the second waits here and finds the output.
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`job ${epoch} ${job.key}`])
    const [handled] = await tx.sql<{ output: Output }>(
      'select output from handled_job where epoch = $1 and job_key = $2',
      [epoch, job.key],
    )
    if (handled) return handled.output
    const subject = await subjectOf(tx.sql, epoch, job.processInstanceKey)
    const activation = { subjectId: subject.id, elementId: job.elementId, elementKey: job.elementInstanceKey }
    const visits = await assignVisits(tx.sql, epoch, [activation])
    const output = await worker.run(tx, {
      key: job.key,
      epoch,
      subjectId: subject.id,
      dossierId: subject.dossier_id,
      elementId: job.elementId,
      visit: visits.get(job.elementInstanceKey)!,
      instanceKey: job.processInstanceKey,
      variables: JSON.parse(job.variables) as unknown,
      headers: JSON.parse(job.customHeaders) as Record<string, string>,
      retries: job.retries,
    })
    await tx.sql('insert into handled_job (epoch, job_key, type, output) values ($1, $2, $3, $4::jsonb)', [
      epoch,
      job.key,
      worker.type,
      JSON.stringify(output),
    ])
    return output
  })

/** By the projection alone: of two instances of one start only the first has a subject there. */
async function subjectOf(
  sql: Sql,
  epoch: number,
  instanceKey: string,
): Promise<{ id: string; dossier_id: string }> {
  const [subject] = await sql<{ id: string; dossier_id: string }>(
    `select s.id, s.dossier_id from engine_instance i join subject s on s.id = i.subject_id
      where i.epoch = $1 and i.key = $2`,
    [epoch, instanceKey],
  )
  if (!subject) throw new NotOurs(`instance ${instanceKey} has no subject here`)
  return subject
}
