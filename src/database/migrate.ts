import { Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrations } from '../../migrations/index.ts'
import { grant } from './grants.ts'

// Any fixed number: two processes starting at once take turns.
const LOCK = 2018062

/** Brings the schema up to date as its owner, then gives the app role its rights. Idempotent. */
export async function migrate(ownerUrl: string, appRole: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await runMigrations(ownerUrl)
    await grant(client, appRole)
  } finally {
    await client.end()
  }
}

async function runMigrations(ownerUrl: string): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, tableName: 'migration', silent: true },
  })
  try {
    await orm.migrator.up()
  } finally {
    await orm.close(true)
  }
}
