import type { Sql } from '../database/sql.ts'
import type { EngineClient } from './client.ts'
import { EngineError } from './errors.ts'
import type { CommandKind, Payload } from './outbox.ts'

/** A claimed command. */
export type Command = {
  [K in CommandKind]: { id: string; subject_id: string; kind: K; payload: Payload[K]; attempts: number }
}[CommandKind]

/**
 * What became of a command: `sent` waits for the record of its effect, `settled` needs none, `waiting` is asked again soon,
 * `held` waits for what somebody has to mend first, and is no attempt; `refused` would be refused again; `declined` is not tried again, whoever asked for it hears why.
 */
export type Fate =
  | { fate: 'sent' | 'settled' | 'waiting' }
  | { fate: 'held' | 'refused' | 'declined'; reason: string }

const MESSAGE_LIFE_MS = 400 * 86_400_000
/** What a job whose incident is resolved may fail again before it is an incident again. */
const RETRIES = 3

type Send = { sql: Sql; client: EngineClient; epoch: number }

/**
 * Sends one command. Throws EngineError when the engine is away or overloaded. A thing that is not found is not believed to be
 * done until the record stream says so.
 */
export async function sendCommand(command: Command, { sql, client, epoch }: Send): Promise<Fate> {
  const { payload } = command
  if ('epoch' in payload && payload.epoch !== undefined && payload.epoch !== epoch)
    return {
      // A move can be asked for anew; what people have decided is not dropped.
      fate: command.kind === 'migrate' ? 'declined' : 'refused',
      reason: `meant for epoch ${payload.epoch}, the broker is at ${epoch}`,
    }
  switch (command.kind) {
    case 'start':
      return start(command, { sql, client, epoch })
    case 'complete-task': {
      const { taskKey, variables } = command.payload
      const over = () => isOver(sql, TASK_OVER, [epoch, taskKey])
      return attempt('sent', () => client.completeUserTask(taskKey, variables), over)
    }
    case 'complete-job': {
      const { jobKey, variables } = command.payload
      const over = () => isOver(sql, JOB_OVER, [epoch, jobKey])
      return attempt('sent', () => client.completeJob(jobKey, variables), over)
    }
    case 'cancel':
      return cancel(command, { sql, client, epoch })
    case 'publish': {
      const message = { ...command.payload, id: command.id, timeToLiveMs: MESSAGE_LIFE_MS }
      return attempt('settled', () => client.publishMessage(message))
    }
    case 'retry': {
      const { incidentKey, jobKey } = command.payload
      const mend = async () => {
        if (jobKey !== '') await client.updateRetries(jobKey, RETRIES)
        await client.resolveIncident(incidentKey)
      }
      return attempt('settled', mend, () => isOver(sql, INCIDENT_OVER, [epoch, incidentKey]))
    }
    case 'migrate':
      return migrate(command, { sql, client, epoch })
  }
}

/** Sends; a refusal is settled when the projection knows that its object is over, or when the engine has had it before. */
async function attempt(
  fate: 'sent' | 'settled',
  send: () => Promise<unknown>,
  isSettled: () => Promise<boolean> = async () => false,
): Promise<Fate> {
  try {
    await send()
    return { fate }
  } catch (error) {
    if (!(error instanceof EngineError) || error.retryable) throw error
    if (error.code === 'ALREADY_EXISTS' || (await isSettled())) return { fate: 'settled' }
    return { fate: 'refused', reason: `${error.code}: ${error.message}` }
  }
}

const isOver = async (sql: Sql, query: string, params: unknown[]): Promise<boolean> =>
  (await sql(query, params)).length > 0

const TASK_OVER = `
  select from engine_user_task t
    left join engine_element e on e.epoch = t.epoch and e.key = t.element_key
    left join engine_instance i on i.epoch = t.epoch and i.key = t.instance_key
   where t.epoch = $1 and t.key = $2
     and (t.state <> 'created' or e.state <> 'active' or i.state <> 'active')`

const JOB_OVER = `
  select from engine_job j
    left join engine_element e on e.epoch = j.epoch and e.key = j.element_key
    left join engine_instance i on i.epoch = j.epoch and i.key = j.instance_key
   where j.epoch = $1 and j.key = $2
     and (j.state in ('completed', 'cancelled') or e.state <> 'active' or i.state <> 'active')`

const INCIDENT_OVER = `select from engine_incident where epoch = $1 and key = $2 and state = 'resolved'`

const INSTANCE_OVER = `select from engine_instance where epoch = $1 and key = $2 and state <> 'active'`

type Start = Extract<Command, { kind: 'start' }>

/** Of a published version that the broker of this epoch has not taken: nothing of the command is wrong, so it waits. */
async function start({ payload }: Start, { sql, client, epoch }: Send): Promise<Fate> {
  const { processId, variables } = payload
  const fate = await attempt('sent', () => client.createProcessInstance(processId, variables))
  if (fate.fate !== 'refused' || !fate.reason.startsWith('NOT_FOUND')) return fate
  const untaken = await sql(UNTAKEN, [processId, epoch])
  return untaken.length > 0 ? { fate: 'held', reason: fate.reason } : fate
}

const UNTAKEN = ['procedure_version', 'shared_process']
  .map((table) => `select from ${table} where process_id = $1 and deployed_epoch is distinct from $2`)
  .join(' union all ')

type Cancel = Extract<Command, { kind: 'cancel' }>

async function cancel(command: Cancel, { sql, client, epoch }: Send): Promise<Fate> {
  const named = command.payload.instanceKey
  const send = (key: string, fate: 'sent' | 'settled') =>
    attempt(
      fate,
      () => client.cancelInstance(key),
      () => isOver(sql, INSTANCE_OVER, [epoch, key]),
    )
  // A second instance of a start belongs to no subject: no record would settle this.
  if (named !== undefined) return send(named, 'settled')
  const target = await cancelTarget(sql, epoch, command)
  return target === 'none'
    ? { fate: 'settled' }
    : target === 'unknown'
      ? { fate: 'waiting' }
      : send(target, 'sent')
}

type Migrate = Extract<Command, { kind: 'migrate' }>

/** Sent once more after a dispatcher died, it may find the instance moved already. */
async function migrate({ subject_id, payload }: Migrate, { sql, client, epoch }: Send): Promise<Fate> {
  const [instance] = await sql<{ key: string; process_id: string }>(
    `select key, process_id from engine_instance
      where epoch = $1 and subject_id = $2 and state = 'active' and started_at is not null
      order by length(key) desc, key desc limit 1`,
    [epoch, subject_id],
  )
  if (!instance) return { fate: 'declined', reason: 'NOT_FOUND: nothing runs' }
  if (instance.process_id === payload.processId) return { fate: 'settled' }
  const sent = await attempt('sent', () => client.migrateInstance(instance.key, payload))
  return sent.fate === 'refused' ? { fate: 'declined', reason: sent.reason } : sent
}

/** The key of the subject's running instance; 'unknown' while its start is on the way, 'none' when nothing runs. */
async function cancelTarget(sql: Sql, epoch: number, command: Cancel): Promise<string> {
  const [instance] = await sql<{ key: string }>(
    `select key from engine_instance
      where epoch = $1 and subject_id = $2 and state = 'active' and started_at is not null
      order by length(key) desc, key desc limit 1`,
    [epoch, command.subject_id],
  )
  if (instance) return instance.key
  // A start the engine keeps refusing must not run when somebody mends it after the cancellation.
  await sql(
    `update outbox start set withdrawn_at = now() from outbox cancel
      where cancel.id = $1 and start.subject_id = cancel.subject_id and start.seq < cancel.seq and start.kind = 'start'
        and start.sent_at is null and start.settled_at is null and start.withdrawn_at is null`,
    [command.id],
  )
  const onTheWay = await sql(
    `select from outbox start join outbox cancel on cancel.id = $1
      where start.subject_id = cancel.subject_id and start.seq < cancel.seq and start.kind = 'start'
        and start.sent_at is not null and start.settled_at is null and start.withdrawn_at is null`,
    [command.id],
  )
  return onTheWay.length > 0 ? 'unknown' : 'none'
}
