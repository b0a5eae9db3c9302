import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import type { Clock } from '../../src/clock.ts'
import { migrate } from '../../src/database/migrate.ts'
import { connect, type Database } from '../../src/database/orm.ts'
import { entities } from '../../src/entities.ts'
import { passwords, superuser, templateName } from './postgres.ts'

const OWNER = 'motcua_owner'
const APP = 'motcua_app'

type UrlOf = (role: string, database: string) => string

export type TestClock = Clock & { set(to: Date | string): void; advance(milliseconds: number): void }

/** A clock that stands still until a test moves it. */
export function testClock(start: Date | string): TestClock {
  let now = new Date(start)
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to)
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds)
    },
  }
}

export type TestDatabase = {
  db: Database
  clock: TestClock
  /** Runs migrations and owns the tables. */
  ownerUrl: string
  /** What the application uses; may not change the audit trail. */
  appUrl: string
  /** May do everything: for playing the intruder. */
  superUrl: string
  /** Changes what no role of the product may change, such as a published version: for scenes that cannot be lived. */
  force(text: string, params?: unknown[]): Promise<void>
  close(): Promise<void>
}

// Any fixed number: the workers of a run take turns at making the template.
const LOCK = 2018063

/** What a test finds in its database beside the schema, and the files of the tree that it is made of. */
export type Furniture = { madeOf: string[]; bring(db: Database): Promise<void> }

/** The template of the name, made by `make` when nobody has made it yet. */
async function ensureTemplate(
  client: pg.Client,
  name: string,
  make: (building: string) => Promise<unknown>,
): Promise<string> {
  const exists = async () =>
    (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1
  if (await exists()) return name
  await client.query('select pg_advisory_lock($1)', [LOCK])
  try {
    if (await exists()) return name
    const building = `building_${name.slice(9)}`
    await client.query(`drop database if exists ${building}`)
    await make(building)
    await client.query(`alter database ${building} rename to ${name}`)
    return name
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK])
  }
}

/**
 * A database of the test's own with the whole schema and no rows but its furniture, cloned from a template that is made
 * once. Its clock stands at 09:00 on Monday 2 November 2026 (Asia/Ho_Chi_Minh) until the test moves it. Close it afterwards.
 */
export async function createTestDatabase(
  options: { clock?: Clock; logLevel?: string; furniture?: Furniture } = {},
): Promise<TestDatabase> {
  const { client, port } = await superuser()
  const { owner, app, admin } = passwords()
  const keys: Record<string, string> = { [OWNER]: owner, [APP]: app, postgres: admin }
  const url: UrlOf = (role, database) => `postgres://${role}:${keys[role]}@127.0.0.1:${port}/${database}`
  const clone = (name: string, template: string) =>
    client.query(`create database ${name} template ${template} owner ${OWNER}`)
  const clock = testClock('2026-11-02T02:00:00Z')
  const open = (name: string) =>
    connect({
      url: url(APP, name),
      entities,
      clock: options.clock ?? clock,
      log: pino({ level: options.logLevel ?? 'silent' }),
      poolSize: 10,
    })
  const empty = await ensureTemplate(client, templateName(), async (building) => {
    await client.query(`create database ${building} owner ${OWNER}`)
    await migrate(url(OWNER, building), APP)
  })
  const furnished = async ({ madeOf, bring }: Furniture) =>
    ensureTemplate(client, templateName(madeOf), async (building) => {
      await clone(building, empty)
      const db = await open(building)
      await bring(db)
      await db.close()
    })
  const name = `test_${randomBytes(6).toString('hex')}`
  await clone(name, options.furniture ? await furnished(options.furniture) : empty)
  const db = await open(name)
  return {
    db,
    clock,
    ownerUrl: url(OWNER, name),
    appUrl: url(APP, name),
    superUrl: url('postgres', name),
    force: async (text, params = []) => {
      const above = new pg.Client(url('postgres', name))
      await above.connect()
      await above.query('set session_replication_role = replica')
      await above.query(text, params)
      await above.end()
    },
    close: async () => {
      await db.close()
      await client.query(`drop database ${name} with (force)`)
      await client.end()
    },
  }
}
