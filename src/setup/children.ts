/**
 * Child processes that outlive us when we are killed: PostgreSQL and the broker.
 *
 * Each is recorded in a file beside its data with its start time and with ours, so that the next start can
 * tell three cases apart: an orphan of a killed server (ended), the child of a server that still runs (refused),
 * and a stranger that was given the same process number (left alone).
 */
import { type ChildProcess, execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

type Identity = { pid: number; started: string }
type ChildRecord = Identity & { owner: Identity }

/** When a process was started, as text to compare, or null when there is none (a zombie counts as none). */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name stands in brackets and may hold anything, so the fields are counted from the last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return null
    // Ticks since boot name a process only together with the boot.
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch {
    if (process.platform === 'linux') return null
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

const alive = ({ pid, started }: Identity) => processStart(pid) === started

/** Writes who was started and by whom; to be called in the same tick as spawn, so that no kill falls between. */
export function recordChild(file: string, pid: number): void {
  const self = { pid: process.pid, started: processStart(process.pid) ?? '' }
  const record: ChildRecord = { pid, started: processStart(pid) ?? '', owner: self }
  writeFileSync(file, JSON.stringify(record), { mode: 0o600 })
}

export const forgetChild = (file: string): void => rmSync(file, { force: true })

function readRecord(file: string): ChildRecord | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ChildRecord
  } catch {
    // Absent, or cut short by a power failure: after that nothing of it runs.
    return null
  }
}

/** Whether the recorded process still runs. */
export function isRunning(file: string): boolean {
  const record = readRecord(file)
  return record !== null && alive(record)
}

/**
 * Ends what a killed server left running and forgets the record.
 * @throws when the server that started it still runs: two servers must not share one data folder.
 */
export async function endLeftover(
  file: string,
  name: string,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  const record = readRecord(file)
  if (!record) return false
  const running = alive(record)
  if (running && record.owner.pid !== process.pid && alive(record.owner)) {
    throw new Error(
      `${name} of this data folder is in use by process ${record.owner.pid}: stop that server first, or set MOTCUA_DATA to another folder.`,
    )
  }
  if (running) {
    process.kill(record.pid, signal)
    if (!(await goneWithin(record, graceMs))) {
      killGroup(record.pid)
      await goneWithin(record, 5_000)
    }
  }
  forgetChild(file)
  return running
}

async function goneWithin(identity: Identity, ms: number): Promise<boolean> {
  for (let waited = 0; waited < ms; waited += 50) {
    if (!alive(identity)) return true
    await sleep(50)
  }
  return !alive(identity)
}

/** The child leads a process group of its own (spawned detached), so its helpers go with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resolves when the child is gone, at once if it already is. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/** Asks the child to end; after the grace it is killed. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const gone = ended(child)
  child.kill(signal)
  const timer = setTimeout(() => killGroup(child.pid!), graceMs)
  await gone
  clearTimeout(timer)
}

/** Ends the child as a crash would. */
export async function killChild(child: ChildProcess): Promise<void> {
  const gone = ended(child)
  if (child.exitCode === null && child.signalCode === null) killGroup(child.pid!)
  await gone
}
