import { type EntitySchema, MikroORM } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { abilityFilter } from '../access/filter.ts'
import type { Clock } from '../clock.ts'
import { readInstantsAsDates, releaseDeadClients } from './pool.ts'
import { type Database, transact } from './transaction.ts'

export type { Database } from './transaction.ts'

export type DatabaseConfig = {
  /** The app role's connection string; it may not change the audit trail. */
  url: string
  entities: EntitySchema[]
  clock: Clock
  log: Logger
  poolSize?: number
}

/**
 * Connects as the app role. PostgreSQL may still be away: the pool connects on first use and again after a loss.
 * Raw rows: timestamptz → Date, date → 'YYYY-MM-DD', bigint and numeric → string, jsonb → value.
 */
export async function connect(config: DatabaseConfig): Promise<Database> {
  const orm = await MikroORM.init({
    clientUrl: config.url,
    entities: config.entities,
    filters: { ability: abilityFilter },
    discovery: { warnWhenNoEntities: false, checkDuplicateFieldNames: true },
    forceUtcTimezone: true,
    pool: { max: config.poolSize ?? 20 },
    driverOptions: {
      connectionTimeoutMillis: 5_000,
      onPoolCreated: (pool: Pool) => {
        readInstantsAsDates(pool)
        releaseDeadClients(pool)
      },
    },
    logger: (message) => config.log.warn({ component: 'orm' }, message),
  })
  const pool = (await orm.em.getConnection().getNativeClient()) as unknown as Pool
  const db: Database = {
    orm: orm as unknown as MikroORM,
    pool,
    clock: config.clock,
    log: config.log,
    transact: (actor, work) => transact(db, actor, work),
    close: () => orm.close(true),
  }
  return db
}
