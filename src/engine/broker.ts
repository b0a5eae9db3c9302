/**
 * The embedded Zeebe: one broker with one partition and its gateway, all on loopback, for demo and tests.
 * Its records go to our own sink through the stock Elasticsearch exporter.
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ended, endLeftover, forgetChild, killChild, recordChild, stopChild } from '../setup/children.ts'
import { freePorts } from '../setup/ports.ts'
import { type BrokerOptions, type BrokerPorts, brokerSettings, javaArguments } from './broker-settings.ts'

export { type BrokerOptions, type BrokerPorts, sinkUser, type Tuning } from './broker-settings.ts'

export type Broker = {
  grpcAddress: string
  restAddress: string
  managementAddress: string
  /** Clean stop; the data stay. Close clients first: the gateway waits for their open job streams, until the grace is over. */
  stop(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Resolves when the broker has ended without having been asked to. */
  died: Promise<Error>
}

/**
 * Starts the broker and waits until its partition takes commands.
 * @throws when it ends or is not ready in time, with the last lines of its log; when another server uses the data folder.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { dataDir, zeebeHome, javaBin, log } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const pidFile = join(dataDir, 'broker.pid.json')
  const logFile = join(dataDir, 'broker.log')
  if (await endLeftover(pidFile, 'The broker', 'SIGTERM', 15_000))
    log.info('ended a broker left by a killed server')

  const [grpc, rest, management, command, internal] = await brokerPorts(options.ports)
  const out = openLog(logFile)
  const child = spawn(javaBin, javaArguments(zeebeHome, dataDir, options.tuning ?? 'people'), {
    // A group of its own: Ctrl-C in a terminal must reach us alone, or the broker is gone before its workers.
    detached: true,
    stdio: ['ignore', out, out],
    // Nothing of our environment: Spring reads ZEEBE_* and SERVER_* from it. Secrets here are visible to this user only.
    env: {
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      SPRING_APPLICATION_JSON: JSON.stringify(
        brokerSettings(options, { grpc, rest, management, command, internal }),
      ),
    },
  })
  closeSync(out)
  const spawned = new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  if (child.pid) recordChild(pidFile, child.pid)
  await spawned

  let asked = false
  const died = ended(child).then(() => {
    forgetChild(pidFile)
    const how = child.signalCode ?? `exit code ${child.exitCode}`
    return new Error(`Zeebe ended (${how}). Last lines of ${logFile}:\n${tail(logFile)}`)
  })
  const managementAddress = `http://127.0.0.1:${management}`
  const broker: Broker = {
    grpcAddress: `127.0.0.1:${grpc}`,
    restAddress: `http://127.0.0.1:${rest}`,
    managementAddress,
    stop: async () => {
      asked = true
      await stopChild(child, 'SIGTERM', 10_000)
    },
    kill: async () => {
      asked = true
      await killChild(child)
    },
    died: new Promise((resolve) => died.then((error) => !asked && resolve(error))),
  }
  try {
    await Promise.race([ready(broker, options), died.then((error) => Promise.reject(error))])
  } catch (error) {
    await broker.kill()
    throw error
  }
  return broker
}

async function brokerPorts(wanted: BrokerPorts = {}): Promise<[number, number, number, number, number]> {
  // A wanted port is free until the broker binds it, so the system may offer it again.
  const chosen = Object.values(wanted)
  const free = (await freePorts(5 + chosen.length)).filter((port) => !chosen.includes(port))
  const [a, b, c, d, e] = free as [number, number, number, number, number]
  return [wanted.grpc ?? a, wanted.rest ?? b, wanted.management ?? c, d, e]
}

/** The log of the run before stays readable beside the new one; more would grow for ever. */
function openLog(file: string): number {
  try {
    renameSync(file, `${file}.1`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return openSync(file, 'a', 0o600)
}

const tail = (file: string): string => readFileSync(file, 'utf8').split('\n').slice(-15).join('\n')

/** Ready: the partition has a healthy leader. The broker's own /ready says so up to a second too early. */
async function ready(broker: Broker, options: BrokerOptions): Promise<void> {
  const within = options.readyWithinMs ?? 120_000
  const until = performance.now() + within
  let moved = !options.clockControl || !options.clockOffsetMs
  while (performance.now() < until) {
    if (!moved && (await answers(`${broker.managementAddress}/actuator/clock`))) {
      await addClockOffset(broker.managementAddress, options.clockOffsetMs ?? 0)
      moved = true
    }
    if (moved && (await hasLeader(broker.restAddress))) return
    await sleep(100)
  }
  throw new Error(
    `Zeebe was not ready within ${within / 1000} s. Last lines of its log:\n${tail(join(options.dataDir, 'broker.log'))}`,
  )
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

type Topology = { brokers?: { partitions?: { role: string; health: string }[] }[] }

async function hasLeader(restAddress: string): Promise<boolean> {
  try {
    const answer = await fetch(`${restAddress}/v1/topology`, { signal: AbortSignal.timeout(2_000) })
    if (!answer.ok) return false
    const topology = (await answer.json()) as Topology
    return (topology.brokers ?? []).some((one) =>
      (one.partitions ?? []).some(
        ({ role, health }) => role.toUpperCase() === 'LEADER' && health.toUpperCase() === 'HEALTHY',
      ),
    )
  } catch {
    return false
  }
}

type BrokerClock = { epochMilli: number }

/**
 * Moves the broker's time forward by so many milliseconds and answers its new time. Needs `clockControl`.
 * A step back is refused: it silences the exporter.
 */
export async function addClockOffset(managementAddress: string, ms: number): Promise<Date> {
  if (ms < 0) throw new RangeError('The broker’s clock only moves forward.')
  const answer = await fetch(`${managementAddress}/actuator/clock/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offsetMilli: ms }),
  })
  return brokerTime(answer)
}

/** The broker's time (needs `clockControl`). */
export const currentBrokerTime = async (managementAddress: string): Promise<Date> =>
  brokerTime(await fetch(`${managementAddress}/actuator/clock`))

async function brokerTime(answer: Response): Promise<Date> {
  if (!answer.ok) throw new Error(`The broker’s clock answered ${answer.status}: is it controlled?`)
  return new Date(((await answer.json()) as BrokerClock).epochMilli)
}
