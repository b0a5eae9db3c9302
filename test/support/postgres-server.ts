/**
 * Keeps one embedded PostgreSQL for all tests on this machine, whoever runs them and however many at once: started by
 * the first test that wants it (see postgres.ts), ended when no test has been connected for a minute.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { adminPassword, isAlive, places, templateName } from './postgres.ts'

const IDLE_SECONDS = 60

function lock(): boolean {
  for (const attempt of [1, 2]) {
    try {
      const file = openSync(places.lock, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return true
    } catch {
      if (attempt === 2 || isAlive(Number(readFileSync(places.lock, 'utf8')))) return false
      rmSync(places.lock, { force: true })
    }
  }
  return false
}

/** Databases of runs that were killed, and templates of older migrations. Nobody is connected yet. */
async function sweep(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^(test|building|template)_' and datname <> $1`,
    [templateName()],
  )
  for (const { datname } of rows) await client.query(`drop database ${client.escapeIdentifier(datname)}`)
}

async function untilIdle(client: pg.Client): Promise<void> {
  for (let idle = 0; idle < IDLE_SECONDS; idle++) {
    await sleep(1_000)
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    )
    if (rowCount) idle = 0
  }
}

if (lock()) {
  try {
    const server = await startEmbeddedPostgres({ dataDir: places.folder, throwAway: true, log: pino() })
    const url = new URL(server.ownerUrl)
    url.username = 'postgres'
    url.password = adminPassword()
    url.pathname = '/postgres'
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await sweep(client)
    writeFileSync(`${places.server}.new`, JSON.stringify({ port: Number(url.port) }))
    renameSync(`${places.server}.new`, places.server)
    await untilIdle(client)
    rmSync(places.server, { force: true })
    await client.end()
    await server.stop()
  } finally {
    rmSync(places.server, { force: true })
    rmSync(places.lock, { force: true })
  }
}
