/**
 * One PostgreSQL and one broker of a test run's own: throw-away, on free ports, with a clock that tests can move.
 * A record sink is not among them: the test starts the engine, which listens where the broker sends.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { loadConfig } from '../../src/config.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'
import { type Broker, startBroker, type Tuning } from '../../src/engine/broker.ts'
import { endLeftover, isRunning, recordChild } from '../../src/setup/children.ts'
import { freePort } from '../../src/setup/ports.ts'

/** Settings for `loadConfig`, and the broker's data folder, beside which the epoch is kept. */
export type MachineSettings = { env: Record<string, string>; brokerDir: string }

export type Machine = MachineSettings & {
  broker: Broker
  postgres: EmbeddedPostgres
  /** Ends the broker as a crash would and starts it again on its data and its ports; `away` runs in between. */
  crashBroker(away?: () => Promise<void>): Promise<Broker>
  stop(): Promise<void>
}

type MachineOptions = { tuning?: Tuning; clockControl?: boolean; log?: Logger }

const parent = join(tmpdir(), `mot-cua-machines-${userInfo().uid}`)

/** Starts both and brings the schema up to date. The database is at its first epoch. */
export async function startMachine(options: MachineOptions = {}): Promise<Machine> {
  const log = options.log ?? pino({ level: 'silent' })
  const dataDir = await newFolder()
  const brokerDir = join(dataDir, 'broker')
  const sinkPort = await freePort()
  const secret = randomBytes(32).toString('hex')
  const { javaBin, zeebeHome } = loadConfig({ ...process.env, MOTCUA_MODE: 'test' }).embeddedBroker()
  const launch = (ports = {}) =>
    startBroker({
      dataDir: brokerDir,
      zeebeHome,
      javaBin,
      ports,
      sink: { url: `http://127.0.0.1:${sinkPort}`, indexPrefix: 'motcua-e1', secret },
      clockControl: options.clockControl ?? true,
      tuning: options.tuning ?? 'people',
      log,
    })
  const starting = Promise.allSettled([startEmbeddedPostgres({ dataDir, throwAway: true, log }), launch()])
  const [postgres, broker] = await bothOrNeither(await starting)
  await migrate(postgres.ownerUrl, 'motcua_app')

  const machine: Machine = {
    env: {
      MOTCUA_MODE: 'test',
      MOTCUA_DATA: dataDir,
      DATABASE_URL: postgres.appUrl,
      DATABASE_OWNER_URL: postgres.ownerUrl,
      ZEEBE_GRPC_ADDRESS: broker.grpcAddress,
      ZEEBE_REST_ADDRESS: broker.restAddress,
      ZEEBE_CLOCK_ADDRESS: broker.managementAddress,
      MOTCUA_SINK_PORT: String(sinkPort),
      MOTCUA_SINK_SECRET: secret,
    },
    brokerDir,
    broker,
    postgres,
    crashBroker: async (away) => {
      await machine.broker.kill()
      await away?.()
      machine.broker = await launch(portsOf(broker))
      return machine.broker
    },
    stop: async () => {
      // Killed, not stopped: a clean end writes out data that are removed in the next line.
      await Promise.all([machine.broker.kill(), postgres.stop()])
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return machine
}

const portsOf = (broker: Broker) => ({
  grpc: Number(broker.grpcAddress.split(':')[1]),
  rest: Number(new URL(broker.restAddress).port),
  management: Number(new URL(broker.managementAddress).port),
})

async function bothOrNeither([postgres, broker]: [
  PromiseSettledResult<EmbeddedPostgres>,
  PromiseSettledResult<Broker>,
]): Promise<[EmbeddedPostgres, Broker]> {
  if (postgres.status === 'fulfilled' && broker.status === 'fulfilled') return [postgres.value, broker.value]
  if (postgres.status === 'fulfilled') await postgres.value.stop()
  if (broker.status === 'fulfilled') await broker.value.kill()
  throw postgres.status === 'rejected' ? postgres.reason : (broker as PromiseRejectedResult).reason
}

/** A new folder that PostgreSQL's user may enter; what killed runs left is ended and removed first. */
async function newFolder(): Promise<string> {
  mkdirSync(parent, { recursive: true })
  for (const name of readdirSync(parent))
    if (name.startsWith('run-')) await removeIfAbandoned(join(parent, name))
  const unowned = mkdtempSync(join(parent, 'new-'))
  chmodSync(unowned, 0o755)
  recordChild(join(unowned, ownerFile), process.pid)
  const folder = unowned.replace('new-', 'run-')
  renameSync(unowned, folder)
  return folder
}

const ownerFile = 'owner.json'

async function removeIfAbandoned(folder: string): Promise<void> {
  if (isRunning(join(folder, ownerFile))) return
  await endLeftover(join(folder, 'broker', 'broker.pid.json'), 'The broker', 'SIGKILL', 5_000)
  await endLeftover(join(folder, 'postgres.pid.json'), 'PostgreSQL', 'SIGINT', 10_000)
  rmSync(folder, { recursive: true, force: true })
}
