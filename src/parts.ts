import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { startEmbeddedPostgres } from './database/embedded.ts'
import { type Broker, startBroker, type Tuning } from './engine/broker.ts'
import { freePorts } from './setup/ports.ts'

/** Where the database is: a real server's addresses, or an embedded one that we start and stop. */
export type DatabasePart = { ownerUrl: string; appUrl: string; stop(): Promise<void>; died: Promise<Error> }

const never = new Promise<never>(() => undefined)

export async function databasePart(config: Config, log: Logger): Promise<DatabasePart> {
  if (config.databaseUrl && config.databaseOwnerUrl)
    return {
      ownerUrl: config.databaseOwnerUrl,
      appUrl: config.databaseUrl,
      stop: async () => undefined,
      died: never,
    }
  return startEmbeddedPostgres({ dataDir: embeddedDatabaseDir(config), log })
}

/** Where the embedded database lies. */
export const embeddedDatabaseDir = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'postgres')

/**
 * Where the broker is. An embedded one is started only after the sink listens, because its exporter looks for it; its
 * addresses are chosen before, so that the engine's client can wait for it.
 */
export type BrokerPart = {
  grpcAddress: string
  restAddress: string
  /** For moving the clock; undefined where nobody may. */
  managementAddress: string | undefined
  /** The folder beside whose data the epoch is kept; null for a broker of somebody else's. */
  dir: string | null
  start(sink: { url: string; indexPrefix: string }, clockOffsetMs: number): Promise<Broker | null>
}

export async function brokerPart(
  config: Config,
  log: Logger,
  tuning: Tuning = 'people',
): Promise<BrokerPart> {
  if (config.zeebeGrpcAddress && config.zeebeRestAddress)
    return {
      grpcAddress: config.zeebeGrpcAddress,
      restAddress: config.zeebeRestAddress,
      managementAddress: config.zeebeClockAddress,
      dir: null,
      start: async () => null,
    }
  const { javaBin, zeebeHome } = config.embeddedBroker()
  const dir = join(config.dataDir, 'broker')
  const [grpc = 0, rest = 0, management = 0] = await freePorts(3)
  return {
    grpcAddress: `127.0.0.1:${grpc}`,
    restAddress: `http://127.0.0.1:${rest}`,
    managementAddress: `http://127.0.0.1:${management}`,
    dir,
    start: (sink, clockOffsetMs) =>
      startBroker({
        dataDir: dir,
        zeebeHome,
        javaBin,
        ports: { grpc, rest, management },
        sink: { ...sink, secret: config.sinkSecret },
        clockControl: config.demo,
        clockOffsetMs,
        tuning,
        log,
      }),
  }
}
