import { v7 as uuid } from 'uuid'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'

/** What a command says to the engine. `epoch` where it names a key: keys start over when the broker's data are lost. */
export type Payload = {
  start: { processId: string; variables: Record<string, unknown> }
  'complete-task': { epoch: number; taskKey: string; variables: Record<string, unknown> }
  'complete-job': { epoch: number; jobKey: string; variables: Record<string, unknown> }
  /** Without a key: the subject's root instance, whatever its key will be. */
  cancel: { epoch?: number; instanceKey?: string }
  publish: { name: string; correlationKey: string; variables: Record<string, unknown> }
  retry: { epoch: number; incidentKey: string; jobKey: string }
  /** The subject's root instance, onto another definition; each element onto the one it is mapped to. */
  migrate: { epoch: number; processId: string; processKey: string; mapping: { from: string; to: string }[] }
}
export type CommandKind = keyof Payload

export type SubjectKind = 'dossier' | 'watch' | 'consultation' | 'letter' | 'stop'

/** The channel that wakes the dispatcher. */
export const OUTBOX_CHANNEL = 'outbox'

/** For commands that no subject is behind (an incident of a foreign instance). */
export const NO_SUBJECT = '00000000-0000-0000-0000-000000000000'

/** A command outside a transaction would be sent for an act that may never be committed. */
export function demandTx(tx: Tx): void {
  if (!tx?.em?.isInTransaction()) throw new TypeError('engine commands are enqueued inside db.transact only')
}

/** Writes a command. For the engine's own transactions; acts use the enqueue functions below. */
export async function putCommand<K extends CommandKind>(
  sql: Sql,
  command: { id?: string; subjectId: string; kind: K; payload: Payload[K] },
): Promise<string> {
  const id = command.id ?? uuid()
  await sql(
    `insert into outbox (id, subject_id, kind, payload)
     values ($1, $2, $3, $4::jsonb) returning pg_notify('${OUTBOX_CHANNEL}', '')`,
    [id, command.subjectId, command.kind, JSON.stringify(command.payload)],
  )
  return id
}

/**
 * Starts a process instance for a subject, whose row is written with it (a subject that starts again keeps its row). Answers
 * the start's id, which the instance carries as `startId`: however often the command is sent, one instance lives.
 */
export async function enqueueStart(
  tx: Tx,
  start: {
    subjectId: string
    processId: string
    variables?: Record<string, unknown>
    kind: SubjectKind
    dossierId: string
  },
): Promise<string> {
  demandTx(tx)
  const { subjectId, dossierId, processId } = start
  const startId = uuid()
  await tx.sql(
    `insert into subject (id, kind, dossier_id, process_id, created_at) values ($1, $2, $3, $4, $5)
     on conflict (id) do nothing`,
    [subjectId, start.kind, dossierId, processId, tx.at],
  )
  const variables = { ...start.variables, subjectId, dossierId, startId }
  return putCommand(tx.sql, { id: startId, subjectId, kind: 'start', payload: { processId, variables } })
}

/** Completes a native user task. Answers the command's id. */
export async function enqueueTaskCompletion(
  tx: Tx,
  task: {
    subjectId: string
    taskKey: string
    epoch: number
    variables: Record<string, unknown>
  },
): Promise<string> {
  demandTx(tx)
  const { subjectId, taskKey, epoch, variables } = task
  return putCommand(tx.sql, {
    subjectId,
    kind: 'complete-task',
    payload: { epoch, taskKey, variables },
  })
}

/** Cancels the subject's running root instance; one that has not begun yet is waited for. */
export async function enqueueCancel(tx: Tx, { subjectId }: { subjectId: string }): Promise<string> {
  demandTx(tx)
  return putCommand(tx.sql, { subjectId, kind: 'cancel', payload: {} })
}

/**
 * Moves the subject's running instance to another definition (`processKey` from `Engine.processKey`). A refusal is final: the
 * command is withdrawn with the engine's words, and later ones of the subject go on. Answers the command's id.
 */
export async function enqueueMigration(
  tx: Tx,
  { subjectId, ...payload }: { subjectId: string } & Payload['migrate'],
): Promise<string> {
  demandTx(tx)
  return putCommand(tx.sql, { subjectId, kind: 'migrate', payload })
}

/** Publishes a message that waits 400 days for its receiver; its id is the command's, so a repeat is refused. */
export async function enqueueMessage(
  tx: Tx,
  message: {
    subjectId: string
    name: string
    correlationKey: string
    variables?: Record<string, unknown>
  },
): Promise<string> {
  demandTx(tx)
  const { subjectId, name, correlationKey, variables = {} } = message
  return putCommand(tx.sql, { subjectId, kind: 'publish', payload: { name, correlationKey, variables } })
}

/** Lets a command go out again that the engine has refused too often. */
export async function retryCommand(tx: Tx, id: string): Promise<boolean> {
  demandTx(tx)
  const rows = await tx.sql(
    `update outbox set attempts = 0, leased_until = null
      where id = $1 and sent_at is null and settled_at is null and withdrawn_at is null
      returning pg_notify('${OUTBOX_CHANNEL}', '')`,
    [id],
  )
  return rows.length > 0
}
