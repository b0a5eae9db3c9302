import type { z } from 'zod'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import type { ActivatedJob } from './client.ts'
import { messageOf } from './errors.ts'
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

/** Thrown by a worker that has done what it could: that is kept, and the job fails with `cause`. The next try does the rest. */
export class DoneInPart extends Error {
  override name = 'DoneInPart'

  constructor(cause: unknown) {
    super(messageOf(cause), { cause })
  }
}

/** The instance is not ours to work on: nobody here started it, or it is the second one of its start. */
export class NotOurs extends Error {
  override name = 'NotOurs'
}

type Shape = z.ZodObject
type Output = Record<string, unknown>

/** A worker with its types erased: the frame passes text in and variables out. */
export type WorkerDefinition = {
  type: string
  /** Only what is declared is fetched, and the start's id. */
  fetchVariables: string[]
  run(tx: Tx, job: Job<unknown>): Promise<Output>
}

/**
 * Declares the worker of one job type. `run` is called in one transaction with the record that it was handled, so its effects
 * happen once; effects outside the database must be rows that are carried out later. What it returns are process
 * variables: a business failure is an `outcome` that the next gateway asks. A throw is tried again with a back-off and
 * becomes an incident when retries are used up; input or output that does not fit the schema is an incident at once. Its
 * effects are taken back, unless it throws `DoneInPart`.
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
    fetchVariables: [...Object.keys(input.shape), 'startId'],
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

/** What a job is about: its subject and which visit of the element this is. */
type Placed = { subjectId: string; dossierId: string; visit: number }

/**
 * Runs a worker on an activated job and keeps its output with its effects, in one transaction. A job handled before gets the
 * stored output. No statement may take longer than `timeoutMs`. Throws NotOurs without any effect.
 */
export async function handleOnce(
  db: Database,
  epoch: number,
  worker: WorkerDefinition,
  job: ActivatedJob,
  timeoutMs: number,
): Promise<Output> {
  const actor = systemActor(`job ${worker.type}`)
  const variables = JSON.parse(job.variables) as Record<string, unknown>
  // A transaction of its own: the record stream waits for these rows, and must not wait for the worker.
  const placed = await db.transact(actor, ({ sql }) => place(sql, epoch, job, variables.startId))
  const done = await db.transact(actor, async (tx) => {
    await tx.sql(`select set_config('statement_timeout', $1, true)`, [String(timeoutMs)])
    // The same job may be in two hands after a time-out; the second waits here and finds the output.
    await tx.sql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`job ${epoch} ${job.key}`])
    const [handled] = await tx.sql<{ output: Output }>(
      'select output from handled_job where epoch = $1 and job_key = $2',
      [epoch, job.key],
    )
    if (handled) return handled.output
    const output = await worker
      .run(tx, {
        ...placed,
        key: job.key,
        epoch,
        elementId: job.elementId,
        instanceKey: job.processInstanceKey,
        variables,
        headers: JSON.parse(job.customHeaders) as Record<string, string>,
        retries: job.retries,
      })
      .catch(onlyInPart)
    if (output instanceof DoneInPart) return output
    await tx.sql('insert into handled_job (epoch, job_key, type, output) values ($1, $2, $3, $4::jsonb)', [
      epoch,
      job.key,
      worker.type,
      JSON.stringify(output),
    ])
    return output
  })
  if (done instanceof DoneInPart) throw done.cause
  return done
}

function onlyInPart(error: unknown): DoneInPart {
  if (error instanceof DoneInPart) return error
  throw error
}

async function place(sql: Sql, epoch: number, job: ActivatedJob, startId: unknown): Promise<Placed> {
  const known = await subjectOf(sql, epoch, job.processInstanceKey)
  const subject = known ?? (await claim(sql, epoch, job.processInstanceKey, startId))
  if (!subject) throw new NotOurs(`instance ${job.processInstanceKey} has no subject here`)
  const activation = { subjectId: subject.id, elementId: job.elementId, elementKey: job.elementInstanceKey }
  const visits = await assignVisits(sql, epoch, [activation])
  return { subjectId: subject.id, dossierId: subject.dossier_id, visit: visits.get(job.elementInstanceKey)! }
}

type Subject = { id: string; dossier_id: string }

async function subjectOf(sql: Sql, epoch: number, instanceKey: string): Promise<Subject | undefined> {
  const [subject] = await sql<Subject>(
    `select s.id, s.dossier_id from engine_instance i join subject s on s.id = i.subject_id
      where i.epoch = $1 and i.key = $2`,
    [epoch, instanceKey],
  )
  return subject
}

/**
 * A job may come before the record of its instance. Then the instance is written here as the first of its start, as the
 * projector would, unless another one is: of two instances of one start only one may ever work.
 */
async function claim(
  sql: Sql,
  epoch: number,
  instanceKey: string,
  startId: unknown,
): Promise<Subject | undefined> {
  if (typeof startId !== 'string') return undefined
  await sql(
    `insert into engine_instance as t (epoch, key, process_id, subject_id, start_id, state)
     select $1, $2, o.payload ->> 'processId', o.subject_id, o.id, 'active' from outbox o
      where o.id::text = $3 and o.kind = 'start'
        and not exists (select from engine_instance i where i.epoch = $1 and i.start_id = o.id)
     on conflict do nothing`,
    [epoch, instanceKey, startId],
  )
  return subjectOf(sql, epoch, instanceKey)
}
