import { setTimeout as sleep } from 'node:timers/promises'
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { CompiledQuery, type ControlledTransaction } from 'kysely'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Actor } from '../access/actor.ts'
import { type AuditEntry, appendEntries } from '../audit/append.ts'
import type { Clock } from '../clock.ts'
import { isRetryable, translated } from './errors.ts'
import type { Sql } from './sql.ts'

export type { Sql } from './sql.ts'

export type Tx = {
  /** A fork inside the transaction; its queries see only what the actor's ability allows. */
  em: EntityManager
  sql: Sql
  /** The legal now, one instant for the whole transaction. */
  at: Date
  actor: Actor
  /** Collects an entry of the audit trail; all are appended last, before the commit. No personal data in it. */
  audit(entry: AuditEntry): void
  /** Runs after the commit; never when the transaction fails. */
  afterCommit(work: () => void): void
  /** pg_notify, delivered at the commit. Ids only: the channel is not private. */
  notify(channel: string, payload: object): void
}

export type Database = {
  orm: MikroORM
  /** For sessions, rate limits and health only: legal acts go through `transact`. */
  pool: Pool
  clock: Clock
  log: Logger
  transact<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const ATTEMPTS = 5

/** The SQL function of an open transaction; parameters travel apart from the text. */
function sqlOf(em: EntityManager): Sql {
  const trx = em.getTransactionContext<ControlledTransaction<unknown>>()
  if (!trx) throw new Error('sql is only there inside a transaction')
  return async <T>(text: string, params: unknown[] = []) => {
    const result = await trx.executeQuery<T>(CompiledQuery.raw(text, params) as CompiledQuery<T>)
    return result.rows
  }
}

async function once<T>(db: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const em = db.orm.em.fork() as EntityManager
  em.setFilterParams('ability', { ability: actor.ability })
  const entries: AuditEntry[] = []
  const notices: [channel: string, payload: string][] = []
  const after: (() => void)[] = []
  await em.begin()
  try {
    const tx: Tx = {
      em,
      sql: sqlOf(em),
      at: db.clock.now(),
      actor,
      audit: (entry) => void entries.push(entry),
      afterCommit: (done) => void after.push(done),
      notify: (channel, payload) => void notices.push([channel, JSON.stringify(payload)]),
    }
    const result = await work(tx)
    await em.flush()
    for (const notice of notices) await tx.sql('select pg_notify($1, $2)', notice)
    // Last: the trail's lock is held from here to the commit.
    await appendEntries(tx, entries)
    await em.commit()
    for (const done of after) done()
    return result
  } catch (error) {
    // The first error says what went wrong; a rollback on a dead connection has nothing to add.
    if (em.isInTransaction()) await em.rollback().catch(() => undefined)
    throw error
  }
}

/**
 * One legal act: everything `work` does is committed together, with its audit entries, or not at all.
 * Runs again (a few times) after a serialization failure or a deadlock, so `work` has no effect outside the
 * database. Throws `Unavailable` when PostgreSQL is away.
 */
export async function transact<T>(db: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, actor, work)
    } catch (error) {
      if (!isRetryable(error) || attempt === ATTEMPTS) throw translated(error)
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}
