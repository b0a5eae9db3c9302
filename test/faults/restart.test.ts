import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { processStart } from '../../src/setup/children.ts'
import { type App, endAllApps, launch, runToEnd, startApp } from './support/app.ts'
import { type Filed, file, login, people } from './support/play.ts'
import { until } from './support/stage.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(400_000)

/** As a person starts it: npm, its shell and the server are one process group, PostgreSQL and the broker are not. */
const npmStart = (): Promise<App> =>
  startApp({ MOTCUA_DATA: folder, PORT: '0' }, { command: 'npm', args: ['start'], group: true })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-restart-'))
  // Or root's PostgreSQL, which runs as another user, would keep its data elsewhere.
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  await endAllApps()
  // Only a test that failed leaves them; the folder with their records goes now.
  for (const part of knownParts() ?? []) if (isAlive(part)) process.kill(part.pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** The embedded parts' processes, as the data folder knows them. */
function parts(): { pid: number; started: string }[] {
  return [join(folder, 'postgres', 'postgres.pid.json'), join(folder, 'broker', 'broker.pid.json')].map(
    (record) => JSON.parse(readFileSync(record, 'utf8')) as { pid: number; started: string },
  )
}

/** Undefined while there are none. */
function knownParts() {
  try {
    return parts()
  } catch {
    return undefined
  }
}

const isAlive = ({ pid, started }: { pid: number; started: string }) => processStart(pid) === started
const serverPid = () => (JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { pid: number }).pid

const gone = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve))

/** `npm run audit:verify` beside a server, or without one. */
const verifyTrail = (data: string) =>
  runToEnd({ MOTCUA_DATA: data, MOTCUA_LOG: 'warn' }, { args: ['src/cli/main.ts', 'audit', 'verify'] })

describe('a server started with npm start', () => {
  let app: App
  let filed: Filed

  it('that is killed with its whole group leaves PostgreSQL and the broker behind; the next start ends them and has all data', async () => {
    app = await npmStart()
    filed = await file(await login(app.url, 'congdan'))
    await people(app.url).task('motcua.x01', filed.id, 'reception')
    const orphans = parts()
    process.kill(-app.child.pid!, 'SIGKILL')
    await gone(app.child)
    expect(orphans.map(isAlive)).toEqual([true, true])

    app = await npmStart()
    expect(orphans.map(isAlive)).toEqual([false, false])
    const citizen = await login(app.url, 'congdan')
    expect(await citizen.get(`/api/dossiers/${filed.id}`)).toMatchObject({ code: filed.code, state: 'filed' })
    await people(app.url).decide('motcua.x01', filed.id, 'reception', 'received')
    await people(app.url).task('truongphong.x01', filed.id, 'assign')
  })

  it('ends with its children on Ctrl-C', async () => {
    const running = [...parts(), { pid: serverPid(), started: processStart(serverPid())! }]
    expect(running.map(isAlive)).toEqual([true, true, true])
    // The terminal sends it to the whole group at once.
    process.kill(-app.child.pid!, 'SIGINT')
    await gone(app.child)
    await until('all to be gone', async () => !running.some(isAlive))
  })

  it('started again with nothing changed is ready, goes on, and ends with its children on SIGTERM', async () => {
    app = await startApp({ MOTCUA_DATA: folder, PORT: '0' })
    const running = parts()
    const clerk = await login(app.url, 'motcua.x01')
    expect(await clerk.get(`/api/dossiers/${filed.id}`)).toMatchObject({
      code: filed.code,
      state: 'processing',
    })
    const next = await file(await login(app.url, 'congdan'))
    await people(app.url).task('motcua.x01', next.id, 'reception')
    expect(await verifyTrail(folder)).toMatchObject({ code: 0, said: expect.stringContaining('is whole') })
    expect(await app.stop('SIGTERM')).toBe(0)
    expect(running.map(isAlive)).toEqual([false, false])
    expect(await verifyTrail(folder)).toMatchObject({ code: 0, said: expect.stringContaining('is whole') })
  })

  it('has no trail to verify before its first start, and none is made by asking', async () => {
    const nowhere = join(folder, 'nowhere')
    const { code, said } = await verifyTrail(nowhere)
    expect([code, said.trim()]).toEqual([
      2,
      `There is no database in ${join(nowhere, 'postgres')}: start the server once, or set DATABASE_URL.`,
    ])
  })
})

it('a server that is ended before it is ready leaves nothing running', async () => {
  const { child } = launch({ MOTCUA_DATA: folder, PORT: '0' })
  const running = await until('the parts to be started', async () => knownParts())
  child.kill('SIGTERM')
  await gone(child)
  expect(running.map(isAlive)).toEqual([false, false])
  expect(knownParts()).toBeUndefined()
})

it('a taken port is named, with who holds it, and nothing is left running', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { code, said } = await runToEnd({ MOTCUA_DATA: join(folder, 'taken'), PORT: String(port) })
  server.close()
  expect(code).toBe(1)
  expect(said).toMatch(
    new RegExp(`Port ${port} is taken by node \\(process ${process.pid}\\): stop it, or set PORT`),
  )
  expect(said.trim().split('\n')).toHaveLength(1)
})

describe('production mode', () => {
  it('refuses embedded parts and says every setting it wants', async () => {
    const { code, said } = await runToEnd({
      MOTCUA_MODE: 'production',
      MOTCUA_DATA: join(folder, 'production'),
    })
    expect(code).toBe(1)
    for (const name of [
      'DATABASE_URL',
      'DATABASE_OWNER_URL',
      'ZEEBE_GRPC_ADDRESS',
      'ZEEBE_REST_ADDRESS',
      'MOTCUA_SINK_SECRET',
      'MOTCUA_PUBLIC_URL',
      'SESSION_SECRET',
    ])
      expect(said).toContain(`${name} is missing in production mode: `)
    expect(said).not.toMatch(/^\s+at /m)
  })

  it('refuses an address for moving the clock', async () => {
    const { code, said } = await runToEnd({
      MOTCUA_MODE: 'production',
      MOTCUA_DATA: join(folder, 'production'),
      ZEEBE_CLOCK_ADDRESS: 'http://127.0.0.1:9600',
    })
    expect(code).toBe(1)
    expect(said).toContain('ZEEBE_CLOCK_ADDRESS is refused in production mode')
  })
})
