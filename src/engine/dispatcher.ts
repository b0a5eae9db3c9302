import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import type { Sql } from '../database/sql.ts'
import { startLoop } from '../loop.ts'
import type { EngineClient } from './client.ts'
import { EngineError, fromFailure } from './errors.ts'
import { type Command, type Fate, sendCommand } from './send.ts'
import { backOff, type Tuning } from './tuning.ts'

const actor = systemActor('outbox')
/**
 * Longer than a command may take (two calls of 10 s): nobody else claims it while it is under way. No longer, because what a
 * killed dispatcher had in hand waits so long; a command sent twice does no harm.
 */
const LEASE_SECONDS = 30

/**
 * Claims what may go out now. One command per subject at a time, the oldest first; one that is stuck lets the later ones pass,
 * because each names its own object. SKIP LOCKED and the lease keep several dispatchers apart.
 */
const CLAIM = `
  with due as (
    select o.id from outbox o
     where o.sent_at is null and o.withdrawn_at is null and o.settled_at is null and o.release_at <= now()
       and (o.leased_until is null or o.leased_until < now()) and o.attempts < $1
       and not exists (select from outbox earlier
                        where earlier.subject_id = o.subject_id and earlier.seq < o.seq and earlier.sent_at is null
                          and earlier.withdrawn_at is null and earlier.settled_at is null and earlier.attempts < $1)
     order by o.seq limit $2 for update of o skip locked)
  update outbox o set leased_until = now() + make_interval(secs => ${LEASE_SECONDS}) from due where o.id = due.id
  returning o.id, o.subject_id, o.kind, o.payload, o.attempts, o.seq`

const NEXT = `
  select extract(epoch from min(greatest(release_at, coalesce(leased_until, release_at))) - now()) * 1000 as ms from outbox
   where sent_at is null and withdrawn_at is null and settled_at is null and attempts < $1`

/** Sends the outbox. It never gives up on an engine that is away: it slows down, and goes on when it is back. */
export function startDispatcher(deps: {
  db: Database
  client: EngineClient
  epoch: number
  log: Logger
  tuning: Tuning
}) {
  const { db, client, epoch, log, tuning } = deps
  let failures = 0
  let waitUntil = 0

  const transact = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
    db.transact(actor, ({ sql }) => work(sql))

  /** True when the engine answered, whatever it said. */
  async function dispatch(command: Command): Promise<boolean> {
    try {
      const fate = await sendCommand(command, { sql: reading(db), client, epoch })
      await transact((sql) => record(sql, command, fate, tuning))
      if ('reason' in fate)
        log.warn(
          { command: command.id, kind: command.kind, reason: fate.reason },
          'the engine refused a command',
        )
      return true
    } catch (error) {
      const failure = error instanceof EngineError ? error : fromFailure(error)
      const ms = backOff(failures + 1, 250, tuning.maxBackOffMs)
      await transact((sql) => postpone(sql, command.id, `${failure.code}: ${failure.message}`, ms))
      return false
    }
  }

  async function step(): Promise<number> {
    // A wake-up does not cut a back-off short.
    const rest = waitUntil - performance.now()
    if (rest > 0) return rest
    const commands = await transact((sql) =>
      sql<Command & { seq: string }>(CLAIM, [tuning.maxRefusals, tuning.dispatchBatch]),
    )
    if (commands.length === 0) return pauseUntilNext()
    const answered = await Promise.all(commands.map(dispatch))
    if (answered.some(Boolean)) {
      failures = 0
      return 0
    }
    failures += 1
    const ms = backOff(failures, 250, tuning.maxBackOffMs)
    if (failures === 1) log.warn('the engine does not take commands: they wait in the outbox')
    waitUntil = performance.now() + ms
    return ms
  }

  async function pauseUntilNext(): Promise<number> {
    const [next] = await transact((sql) => sql<{ ms: string | null }>(NEXT, [tuning.maxRefusals]))
    const ms = next?.ms == null ? tuning.dispatchPollMs : Math.max(20, Number(next.ms))
    return Math.min(ms, tuning.dispatchPollMs)
  }

  const loop = startLoop({ name: 'dispatcher', log, onErrorMs: 1_000, step })
  return { wake: loop.wake, stop: loop.stop }
}

export type Dispatcher = ReturnType<typeof startDispatcher>

/** Reads around a call to the engine, each on its own: no transaction stays open while the engine thinks. */
const reading =
  (db: Database): Sql =>
  (text, params) =>
    db.transact(actor, ({ sql }) => sql(text, params))

/** How often what the broker does not have yet is asked for again. */
const HELD_SECONDS = 15

const FATES = {
  sent: 'sent_at = now(), last_error = null, leased_until = null',
  settled: 'sent_at = coalesce(sent_at, now()), settled_at = now(), last_error = null, leased_until = null',
  waiting: `leased_until = now() + interval '500 milliseconds'`,
}

async function record(sql: Sql, command: Command, fate: Fate, tuning: Tuning): Promise<void> {
  if (fate.fate === 'declined') {
    await sql(
      `update outbox set attempts = attempts + 1, last_error = $2, leased_until = null, withdrawn_at = now()
        where id = $1 and settled_at is null`,
      [command.id, fate.reason],
    )
    return
  }
  if (fate.fate === 'held') {
    await sql(
      'update outbox set last_error = $2, leased_until = now() + make_interval(secs => $3) where id = $1',
      [command.id, fate.reason, HELD_SECONDS],
    )
    return
  }
  if (fate.fate !== 'refused') {
    await sql(`update outbox set ${FATES[fate.fate]} where id = $1`, [command.id])
    return
  }
  const ms = backOff(command.attempts + 1, tuning.refusalBackOffMs, 60_000)
  await sql(
    `update outbox set attempts = attempts + 1, last_error = $2, leased_until = now() + make_interval(secs => $3)
      where id = $1`,
    [command.id, fate.reason, ms / 1000],
  )
}

const postpone = (sql: Sql, id: string, reason: string, ms: number): Promise<unknown> =>
  sql('update outbox set last_error = $2, leased_until = now() + make_interval(secs => $3) where id = $1', [
    id,
    reason,
    ms / 1000,
  ])
