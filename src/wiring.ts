import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { startTeller } from './absence/teller.ts'
import { systemActor } from './access/actor.ts'
import { loadOrganisation } from './agencies/load.ts'
import { startSealing } from './audit/heads.ts'
import { auditKey } from './audit/key.ts'
import { loadShippedDays } from './calendar/load.ts'
import { clockControl } from './clock-control.ts'
import type { Config, Role } from './config.ts'
import { migrate } from './database/migrate.ts'
import { connect } from './database/orm.ts'
import { openStore } from './documents/store.ts'
import { startSweeper } from './documents/sweeper.ts'
import { sinkUser, type Tuning } from './engine/broker.ts'
import { type Engine, ensureEpoch, indexPrefix, startEngine } from './engine/index.ts'
import { entities } from './entities.ts'
import { openHub } from './events/hub.ts'
import { startExchange } from './exchange/sender.ts'
import { startStandIn } from './exchange/stand-in.ts'
import type { SystemAddresses } from './exchange/systems.ts'
import { startReminding } from './findings/watch.ts'
import { httpApp } from './http/app.ts'
import { closeServer } from './http/close.ts'
import { startSigning } from './letters/signature-sender.ts'
import { startDeliverer } from './notifications/deliver.ts'
import type { Gateways } from './notifications/gateway.ts'
import { startGatewayStandIn } from './notifications/gateway-stand-in.ts'
import { openMailer } from './notifications/mailer.ts'
import { startSender } from './notifications/sender.ts'
import { brokerPart, databasePart } from './parts.ts'
import { startStandInBank } from './payments/stand-in.ts'
import type { Vnpay } from './payments/vnpay.ts'
import { actorOf } from './people/actor.ts'
import { loadDemoAccounts } from './people/demo-accounts.ts'
import { mailedLink } from './people/password-link.ts'
import { publishFolders } from './procedures/publish.ts'
import { routes } from './routes.ts'
import type { Services } from './services.ts'
import { choosePort } from './setup/ports.ts'
import { demoSigning, type Signing, signingFrom } from './signing/keys.ts'
import { startMigrations } from './studio/migration/runner.ts'
import { startPublishing } from './studio/publishing/in-force.ts'
import { startTrials } from './studio/trial/runner.ts'
import { startReleaser } from './tasks/releaser.ts'
import { projections, workers } from './workers.ts'

export type Running = {
  url: string
  stop(): Promise<void>
  /** Resolves when a part of the server has ended without having been asked to. */
  died: Promise<Error>
}

const processesDir = fileURLToPath(new URL('../processes', import.meta.url))
const pagesFolder = fileURLToPath(new URL('../ui/dist', import.meta.url))
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** What has been started, to be stopped in the opposite order, also when a later part fails to start. */
function stack(log: Logger) {
  const parts: { name: string; stop(): Promise<unknown> }[] = []
  return {
    add: (name: string, stop: () => Promise<unknown>) => void parts.push({ name, stop }),
    stop: async () => {
      for (const part of parts.splice(0).reverse())
        await part.stop().catch((err) => log.error({ err, part: part.name }, 'a part did not stop cleanly'))
    },
  }
}

/** The keys of the settings; a demonstration makes its own, tests and an installation without keys have none. */
function signingOf({ signingFile, mode, dataDir }: Config): Signing | undefined {
  if (signingFile) return signingFrom(signingFile)
  return mode === 'demo' ? demoSigning(join(dataDir, 'signing')) : undefined
}

/** Longer than proxies and browsers keep an idle connection: who reuses one must not find it just closed. */
const KEEP_ALIVE_MS = 65_000

/** Somebody asked the server to end while it was starting. */
export class BrokenOff extends Error {
  override name = 'BrokenOff'
}

type Options = { processesDir?: string; signal?: AbortSignal; brokerTuning?: Tuning }

/**
 * Starts everything a process of these settings does and answers when it is ready to work.
 * @throws BrokenOff when `signal` is aborted meanwhile; then nothing is left running, as after any failure.
 */
export async function startServer(config: Config, log: Logger, options: Options = {}): Promise<Running> {
  const started = stack(log)
  try {
    return await start(config, log, started, options)
  } catch (error) {
    await started.stop()
    throw error
  }
}

async function start(
  config: Config,
  log: Logger,
  started: ReturnType<typeof stack>,
  options: Options,
): Promise<Running> {
  const goOn = () => {
    if (options.signal?.aborted) throw new BrokenOff('asked to end while starting')
  }
  const does = (role: Role) => config.roles.includes(role)
  // Nobody should wait for a database and a broker to hear that the port is taken.
  if (config.port !== undefined) await choosePort(config.port, config.host)
  const postgres = await databasePart(config, log)
  started.add('database', () => postgres.stop())
  goOn()
  await migrate(postgres.ownerUrl, decodeURIComponent(new URL(postgres.appUrl).username))
  const control = clockControl()
  const db = await connect({ url: postgres.appUrl, entities, clock: control.clock, log })
  started.add('connections', () => db.close())
  if (config.demo) await control.load(db)
  await loadData(db, config)

  const signing = signingOf(config)
  const services: Services = {
    db,
    log,
    signing,
    files: await openStore(join(config.dataDir, 'files')),
    settings: { demo: config.demo, publicUrl: '', takeBackSeconds: config.takeBackSeconds },
    machineNow: (plusSeconds = 0) => new Date(Date.now() + plusSeconds * 1000),
  }

  const broker = await brokerPart(config, log, options.brokerTuning)
  const epoch = await ensureEpoch(db, { brokerDir: broker.dir })
  const engine = await startEngine({
    db,
    epoch,
    grpcAddress: broker.grpcAddress,
    restAddress: broker.restAddress,
    sink: { host: config.sinkHost, port: config.sinkPort ?? 0, user: sinkUser, password: config.sinkSecret },
    archiveDir: join(config.dataDir, 'records'),
    workers: workers(services, (id, variables) => engine.evaluateDecision(id, variables)),
    projections,
    roles: config.roles.filter((role) => role !== 'api'),
    log,
  })
  const sink = { url: `http://${config.sinkHost}:${engine.sinkPort}`, indexPrefix: indexPrefix(epoch) }
  const own = await broker.start(sink, control.offsetMs()).catch(async (error: unknown) => {
    await engine.stop()
    throw error
  })
  if (own) started.add('broker', () => own.stop())
  // Stops before the broker: its gateway waits for open streams of jobs.
  started.add('engine', () => engine.stop())
  goOn()
  const root = options.processesDir ?? processesDir
  await publishFolders(db, (resources) => engine.deploy(resources), { root, epoch })
  goOn()

  const hub = openHub(db)
  const systems = await otherSystems(config, started)
  const vnpay = await bank(config, services, started, log)
  if (does('workers')) {
    const mailer = config.smtpUrl ? openMailer(config.smtpUrl, config.mailFrom) : null
    const secretOf = mailedLink(config.sessionSecret, services.settings)
    const sender = startSender({ db, mailer, store: services.files, log, secretOf })
    started.add('sender', () => sender.stop())
    const deliverer = startDeliverer({
      db,
      log,
      gateways: await shortMessages(config, started, services.machineNow),
    })
    started.add('deliverer', () => deliverer.stop())
    const exchange = startExchange({ db, log, systems })
    started.add('exchange', () => exchange.stop())
    if (signing) {
      const signatures = startSigning({ db, files: services.files, log, signing })
      started.add('signing', () => signatures.stop())
    }
    const sweeper = startSweeper(db, services.files, log)
    started.add('sweeper', () => sweeper.stop())
    const releaser = startReleaser(services)
    started.add('releaser', () => releaser.stop())
    const migrations = startMigrations({ db, engine, log })
    started.add('migrations', () => migrations.stop())
    if (config.trials) {
      const trials = startTrials({ db, log, ...config })
      started.add('trials', () => trials.stop())
    }
    const teller = startTeller(db, log)
    started.add('teller', () => teller.stop())
    const reminding = startReminding(db, log)
    started.add('reminding', () => reminding.stop())
    const publishing = startPublishing(db, engine, log)
    started.add('publishing', () => publishing.stop())
    const sealing = startSealing(db, config.dataDir, log)
    started.add('sealing', () => sealing.stop())
  }

  const port = await choosePort(config.port, config.host)
  services.settings.publicUrl = config.publicUrl ?? `http://${config.host}:${port}`
  const http = createServer(
    httpApp({
      db,
      actorOf: actorOf(db),
      // Without them this is a process that works in the background; only its health is asked for.
      routes: does('api') ? routes({ services, vnpay, config, engine, control, broker, hub, version }) : [],
      sessionSecret: config.sessionSecret,
      secure: config.mode === 'production',
      version,
      ...(does('api') && { pagesFolder }),
      readiness: async () => ({ postgresql: await answers(db), zeebe: await isWell(engine) }),
    }),
  )
  http.keepAliveTimeout = KEEP_ALIVE_MS
  await listen(http, port, config.host)
  started.add('http', async () => {
    // Live pages first: the server waits for answers in hand, and theirs never end.
    await hub.close()
    await closeServer(http)
  })
  return {
    url: `http://${config.host}:${(http.address() as { port: number }).port}`,
    stop: () => started.stop(),
    died: Promise.race([postgres.died, ...(own ? [own.died] : [])]),
  }
}

/** Systems with an address of their own, and outside production stand-ins for the others. */
async function otherSystems(config: Config, started: ReturnType<typeof stack>): Promise<SystemAddresses> {
  if (!config.demo) return config.systems
  const standIn = await startStandIn()
  started.add('stand-ins of other systems', () => standIn.stop())
  return { ...standIn.systems, ...config.systems }
}

/** Gateways with an address of their own, and outside production a stand-in for the others. */
async function shortMessages(
  config: Config,
  started: ReturnType<typeof stack>,
  machineNow: () => Date,
): Promise<Gateways> {
  if (!config.demo) return config.gateways
  const standIn = await startGatewayStandIn({ machineNow })
  started.add('stand-in of gateways', () => standIn.stop())
  return { ...standIn.gateways, ...config.gateways }
}

/** The bank of the settings; outside production a stand-in. Null: nobody can pay online, and the log says so. */
async function bank(
  config: Config,
  services: Services,
  started: ReturnType<typeof stack>,
  log: Logger,
): Promise<Vnpay | null> {
  if (config.vnpay) return config.vnpay
  if (!config.demo) {
    log.warn('MOTCUA_VNPAY_TMN_CODE is not set: fees can be paid in cash at the counter only')
    return null
  }
  const ipnUrl = () => `${services.settings.publicUrl}/api/payments/vnpay/ipn`
  const standIn = await startStandInBank({ ipnUrl, log, machineNow: services.machineNow })
  started.add('stand-in bank', () => standIn.stop())
  return standIn.vnpay
}

async function loadData(db: Services['db'], config: Config): Promise<void> {
  auditKey(config.dataDir)
  await db.transact(systemActor('shipped data'), async (tx) => {
    await loadShippedDays(tx)
    if (config.demo) {
      await loadOrganisation(tx)
      await loadDemoAccounts(tx)
    }
  })
}

const answers = (db: Services['db']): Promise<boolean> =>
  db.pool.query('select 1').then(
    () => true,
    () => false,
  )

/** What stands in PostgreSQL about the engine cannot be asked while that is away. */
const isWell = (engine: Engine): Promise<boolean> =>
  engine.health().then(
    (health) => health.ok,
    () => false,
  )

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => server.once('error', reject).listen(port, host, () => resolve()))
