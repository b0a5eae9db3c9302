import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Config } from '../config.ts'
import { startEmbeddedPostgres } from '../database/embedded.ts'
import { embeddedDatabaseDir } from '../parts.ts'
import { processStart } from '../setup/children.ts'
import { postgresHome } from '../setup/postgres-home.ts'

type Source = { url: string; release(): Promise<void> }

/**
 * The database to look at: DATABASE_URL, else the embedded one of a server that is running on this data folder, else
 * the embedded one started for the while.
 */
export async function databaseOf(config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Source> {
  const nothing = async () => undefined
  if (config.databaseUrl) return { url: config.databaseUrl, release: nothing }
  const folder = embeddedDatabaseDir(config)
  // Looking must not make one.
  if (!existsSync(join(folder, 'postgres-passwords.json')))
    throw new Error(`There is no database in ${folder}: start the server once, or set DATABASE_URL.`)
  const running = await runningUrl(folder)
  if (running) return { url: running, release: nothing }
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    log: pino({ level: 'warn' }, process.stderr),
  })
  return { url: server.appUrl, release: () => server.stop() }
}

async function runningUrl(folder: string): Promise<string | undefined> {
  const { app, place } = JSON.parse(readFileSync(join(folder, 'postgres-passwords.json'), 'utf8')) as {
    app: string
    place: string
  }
  const { data } = await postgresHome(folder, place)
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return undefined
  const [pid, , , port] = readFileSync(lock, 'utf8').split('\n')
  if (processStart(Number(pid)) === null) return undefined
  return `postgresql://motcua_app:${app}@127.0.0.1:${port}/motcua`
}
