import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

// Outside the tree and below no closed folder: as root the server runs as the user postgres.
const folder = join(tmpdir(), `mot-cua-tests-${userInfo().username}`)
export const places = {
  folder,
  lock: join(folder, 'keeper.lock'),
  server: join(folder, 'server.json'),
  log: join(folder, 'keeper.log'),
}

/** The superuser's; made with the server. */
export const adminPassword = (): string => passwords().admin

/** Of the server's roles, as startEmbeddedPostgres keeps them. */
export const passwords = (): { admin: string; owner: string; app: string } =>
  JSON.parse(readFileSync(join(folder, 'postgres-passwords.json'), 'utf8'))

const root = join(import.meta.dirname, '../..')

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid > 0
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Named after what it is made of, files and folders of the tree: when one changes, another template is made. */
export function templateName(madeOf = ['migrations', 'src/database/grants.ts']): string {
  const hash = createHash('sha256')
  for (const path of madeOf.map((name) => join(root, name)))
    for (const file of filesOf(path)) hash.update(readFileSync(file))
  return `template_${hash.digest('hex').slice(0, 12)}`
}

const filesOf = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()

function startKeeper(): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const log = openSync(places.log, 'a')
  const script = join(import.meta.dirname, 'postgres-server.ts')
  spawn(process.execPath, [script], { detached: true, stdio: ['ignore', log, log] }).unref()
}

/** A superuser's connection to the tests' server, which is started when it is not there. Holding it keeps the server. */
export async function superuser(): Promise<{ client: pg.Client; port: number }> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      const { port } = JSON.parse(readFileSync(places.server, 'utf8')) as { port: number }
      const client = new pg.Client({
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password: adminPassword(),
        database: 'postgres',
      })
      client.on('error', () => undefined)
      await client.connect()
      return { client, port }
    } catch {
      if (attempt % 20 === 0) startKeeper()
      await sleep(100)
    }
  }
  throw new Error(`the tests' PostgreSQL did not start: see ${places.log}`)
}
