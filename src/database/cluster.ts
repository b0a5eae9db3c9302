/** The embedded PostgreSQL's files: made once, and freed of what a crash left in them. */
import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { processStart } from '../setup/children.ts'
import type { PostgresHome } from '../setup/postgres-home.ts'

/** Made aside and renamed: a first start that is cut off leaves no half a cluster. */
export async function initialise(home: PostgresHome, password: string, throwAway: boolean): Promise<void> {
  const unfinished = `${home.data}.unfinished`
  const passwordFile = `${home.data}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (home.user) for (const path of [unfinished, passwordFile]) chownSync(path, home.user.uid, home.user.gid)
  try {
    await promisify(execFile)(
      home.initdb,
      [
        `--pgdata=${unfinished}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The server's own rules for upper and lower case: the same on every system. pg_trgm asks the system's for what a letter is.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
        '--data-checksums',
        '--no-instructions',
        ...(throwAway ? ['--no-sync'] : []),
      ],
      { ...home.user, cwd: '/', env: serverEnvironment },
    )
    renameSync(unfinished, home.data)
  } finally {
    rmSync(passwordFile, { force: true })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Nothing of our environment: PG* variables would change what the server does. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

/**
 * After a kill -9 of the server, or in a new container, the number in its lock file may belong to a stranger, and
 * PostgreSQL would take it for itself.
 * @throws when a server that we did not record runs on these data.
 */
export function removeStaleLock(data: string): void {
  const lock = join(data, 'postmaster.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  if (processStart(pid) === null) return
  if (commandOf(pid).includes(data)) {
    throw new Error(`A PostgreSQL (process ${pid}) already runs on ${data}: stop it first.`)
  }
  rmSync(lock)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // Without /proc PostgreSQL must judge its lock itself.
    return ''
  }
}
