import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ended,
  endLeftover,
  isRunning,
  killChild,
  processStart,
  recordChild,
  stopChild,
} from '../../../src/setup/children.ts'

let folder: string
let file: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-children-'))
  file = join(folder, 'child.json')
})
afterEach(async () => {
  for (const child of children.splice(0)) await killChild(child)
  rmSync(folder, { recursive: true })
})

/** A child that ends when asked, or one that does not listen. */
async function child({ deaf = false } = {}): Promise<ChildProcess> {
  const script = `${deaf ? "process.on('SIGTERM', () => {});" : ''} setInterval(() => {}, 1000); console.log('up')`
  const started = spawn(process.execPath, ['--eval', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  children.push(started)
  await new Promise((resolve) => started.stdout!.once('data', resolve))
  return started
}

/** Rewrites the record as a server would have left it that is gone now. */
const orphan = (change: object = {}) => {
  const record = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...record, owner: { pid: 1, started: 'another time' }, ...change }))
}

test('a child left by a killed server is ended, and its record with it', async () => {
  const left = await child()
  recordChild(file, left.pid!)
  orphan()
  expect(await endLeftover(file, 'It', 'SIGTERM', 10_000)).toBe(true)
  await ended(left)
  expect(left.signalCode).toBe('SIGTERM')
  expect(isRunning(file)).toBe(false)
})

test('one that does not listen is killed after the grace', async () => {
  const left = await child({ deaf: true })
  recordChild(file, left.pid!)
  orphan()
  await endLeftover(file, 'It', 'SIGTERM', 200)
  await ended(left)
  expect(left.signalCode).toBe('SIGKILL')
})

test('the child of a server that still runs is left alone and its folder refused', async () => {
  const used = await child()
  const server = await child()
  recordChild(file, used.pid!)
  orphan({ owner: { pid: server.pid, started: processStart(server.pid!) } })
  await expect(endLeftover(file, 'The broker', 'SIGTERM', 1_000)).rejects.toThrow(
    `The broker of this data folder is in use by process ${server.pid}`,
  )
  expect(processStart(used.pid!)).not.toBeNull()
})

test('a stranger that was given the same process number is left alone', async () => {
  const stranger = await child()
  recordChild(file, stranger.pid!)
  orphan({ started: 'before the stranger' })
  expect(await endLeftover(file, 'It', 'SIGTERM', 1_000)).toBe(false)
  expect(processStart(stranger.pid!)).not.toBeNull()
})

test('no record, or half of one, is no leftover', async () => {
  expect(await endLeftover(file, 'It', 'SIGTERM', 1_000)).toBe(false)
  writeFileSync(file, '{"pid":1,')
  expect(await endLeftover(file, 'It', 'SIGTERM', 1_000)).toBe(false)
})

test('a stop asks first and kills only who does not listen', async () => {
  const polite = await child()
  await stopChild(polite, 'SIGTERM', 10_000)
  expect(polite.signalCode).toBe('SIGTERM')
  const deaf = await child({ deaf: true })
  await stopChild(deaf, 'SIGTERM', 200)
  expect(deaf.signalCode).toBe('SIGKILL')
})

test('a process is told from a later one of its number by when it was started', async () => {
  const one = await child()
  const other = await child()
  expect(processStart(one.pid!)).toBe(processStart(one.pid!))
  expect(processStart(process.pid)).not.toBe(processStart(other.pid!))
  await killChild(one)
  expect(processStart(one.pid!)).toBeNull()
})
