/**
 * The embedded PostgreSQL of the demonstration and the tests: a server of our own on loopback, whose data outlive it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { ended, endLeftover, forgetChild, killChild, recordChild, stopChild } from '../setup/children.ts'
import { freePort } from '../setup/ports.ts'
import { type PostgresHome, postgresHome } from '../setup/postgres-home.ts'
import { initialise, removeStaleLock, serverEnvironment } from './cluster.ts'

export type EmbeddedPostgresOptions = {
  /** Holds data (unless root's folders shut PostgreSQL out), log, passwords and process record. */
  dataDir: string
  /** Left out: a free one. */
  port?: number
  /** Data that a test throws away: nothing is synced to disk, and the owner may create databases. */
  throwAway?: boolean
  log: Logger
}

export type EmbeddedPostgres = {
  /** Owns the database `motcua`: migrations. */
  ownerUrl: string
  /** The application's role, which owns nothing. */
  appUrl: string
  stop(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Resolves when it has ended without having been asked to. */
  died: Promise<Error>
}

/** `place` names the data of this folder where they cannot lie in it: removing the folder forgets them. */
type Secrets = { admin: string; owner: string; app: string; place: string }

/**
 * Starts PostgreSQL (and sets it up the first time) and waits until it answers. Works as root too.
 * @throws when it ends or does not answer, with the last lines of its log; when another server uses the data folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log, throwAway = false } = options
  mkdirSync(dataDir, { recursive: true })
  const pidFile = join(dataDir, 'postgres.pid.json')
  if (await endLeftover(pidFile, 'PostgreSQL', 'SIGINT', 20_000))
    log.info('ended a PostgreSQL left by a killed server')
  const passwords = keptSecrets(dataDir)
  const home = await postgresHome(dataDir, passwords.place)
  if (!existsSync(join(home.data, 'PG_VERSION'))) await initialise(home, passwords.admin, throwAway)
  removeStaleLock(home.data)

  const port = options.port ?? (await freePort())
  const url = (role: string, password: string, database = 'motcua') =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
  const server = await launch(home, port, throwAway, pidFile, join(dataDir, 'postgres.log'))
  try {
    await Promise.race([
      answers(url('postgres', passwords.admin, 'postgres'), (client) =>
        provide(client, passwords, throwAway),
      ),
      server.died.then((error) => Promise.reject(error)),
    ])
  } catch (error) {
    await server.kill()
    throw error
  }
  return {
    ...server,
    ownerUrl: url('motcua_owner', passwords.owner),
    appUrl: url('motcua_app', passwords.app),
  }
}

function keptSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'postgres-passwords.json')
  if (!existsSync(file)) {
    const random = () => randomBytes(24).toString('hex')
    const made: Secrets = { admin: random(), owner: random(), app: random(), place: randomUUID() }
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets
}

type Server = Pick<EmbeddedPostgres, 'stop' | 'kill' | 'died'>

async function launch(
  home: PostgresHome,
  port: number,
  throwAway: boolean,
  pidFile: string,
  logFile: string,
): Promise<Server> {
  const settings = {
    listen_addresses: '127.0.0.1',
    // No socket file: two servers of two clones would meet in /tmp.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    log_min_messages: 'warning',
    ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  rmSync(logFile, { force: true })
  const out = openSync(logFile, 'a', 0o600)
  // A process group of its own: Ctrl-C in a terminal must reach us alone.
  const child = spawn(home.postgres, ['-D', home.data, '-p', String(port), ...args], {
    ...home.user,
    detached: true,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['ignore', out, out],
  })
  if (child.pid) recordChild(pidFile, child.pid)
  closeSync(out)
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  return supervised(child, pidFile, logFile)
}

function supervised(child: ChildProcess, pidFile: string, logFile: string): Server {
  let asked = false
  const gone = ended(child).then(() => forgetChild(pidFile))
  const end = async (work: Promise<void>) => {
    asked = true
    await work
    await gone
  }
  return {
    // SIGINT: open connections are closed and the data written out.
    stop: () => end(stopChild(child, 'SIGINT', 20_000)),
    kill: () => end(killChild(child)),
    died: new Promise((resolve) =>
      gone.then(() => {
        if (asked) return
        const tail = readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n')
        resolve(
          new Error(
            `PostgreSQL ended (${child.signalCode ?? `exit code ${child.exitCode}`}). Last lines of ${logFile}:\n${tail}`,
          ),
        )
      }),
    ),
  }
}

const startingUp = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03'])

/** Waits for the server (after a crash it replays its log first) and does the work on a connection. */
async function answers(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const until = performance.now() + 120_000
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    try {
      await client.connect()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (performance.now() > until || !startingUp.has(code ?? '')) throw error
      await sleep(50)
      continue
    }
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
}

/** Roles and database, as far as they are not there. */
async function provide(client: pg.Client, passwords: Secrets, throwAway: boolean): Promise<void> {
  const exists = async (sql: string) => (await client.query(sql)).rowCount === 1
  for (const [role, password] of [
    ['motcua_owner', passwords.owner],
    ['motcua_app', passwords.app],
  ] as const) {
    if (!(await exists(`select from pg_roles where rolname = '${role}'`)))
      await client.query(`create role ${role} login`)
    await client.query(`alter role ${role} password '${password}'`)
  }
  await client.query(`alter role motcua_owner ${throwAway ? 'createdb' : 'nocreatedb'}`)
  if (!(await exists(`select from pg_database where datname = 'motcua'`)))
    await client.query('create database motcua owner motcua_owner')
}
