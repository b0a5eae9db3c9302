/** How the embedded broker is set up: what it listens on, what it may use and what it sends to our sink. */
import { join } from 'node:path'
import type { Logger } from 'pino'

/** Ports left out are free ones of the system's choice. */
export type BrokerPorts = { grpc?: number; rest?: number; management?: number }

export type BrokerOptions = {
  /** Holds the broker's data, its log and its process record; survives a restart. */
  dataDir: string
  /** The unpacked distribution. */
  zeebeHome: string
  /** A `java` of version 21 or newer. */
  javaBin: string
  ports?: BrokerPorts
  /** Where records are sent; the exporter's URL takes no path, and the prefix no underscore (it ends the prefix in an index name). */
  sink: { url: string; indexPrefix: string; secret: string }
  /** Default `people`. */
  tuning?: Tuning
  /** Lets `addClockOffset` move the broker's time: demo and tests only. */
  clockControl: boolean
  /** Moves the broker's time by so many milliseconds before it counts as ready: a restart falls back to machine time. */
  clockOffsetMs?: number
  readyWithinMs?: number
  log: Logger
}

/**
 * What the broker is tuned for: single records that people wait for, or a load run. Measured on 2 cores:
 * * exporter: `delay 0` sends within 40-80 ms but spins (0.7-0.9 of a core when idle, 9 MB of log a second while the sink is away);
 *   `delay 1, size 1000` carries 1,100 records/s, each up to 1.1 s late; `delay 1, size 1` is 100 ms late, carries 510 records/s
 *   and rests when idle (0.03 of a core). After an outage of the sink it goes on within 10 s (`size 1`) or 1 s. Where people
 *   act on what has come (the lived-in month), batches of 25 are rarely 100 ms late under load.
 * * compiler: the first tier alone halves the start's work (5.8 s of processor time instead of 10.4).
 */
const tunings = {
  people: { heapMb: 512, delaySeconds: 1, batch: 1, compiler: ['-XX:TieredStopAtLevel=1'] },
  load: { heapMb: 1536, delaySeconds: 1, batch: 25, compiler: [] },
}
export type Tuning = keyof typeof tunings

/** The user that the exporter names; the password is the sink's shared secret. */
export const sinkUser = 'zeebe'

export const javaArguments = (zeebeHome: string, dataDir: string, tuning: Tuning): string[] => [
  ...tunings[tuning].compiler,
  '-Xms128m',
  `-Xmx${tunings[tuning].heapMb}m`,
  '-XX:+UseSerialGC',
  '-XX:+ExitOnOutOfMemoryError',
  '-Xshare:auto',
  '--enable-native-access=ALL-UNNAMED',
  '-Dfile.encoding=UTF-8',
  '-classpath',
  `${zeebeHome}/config:${zeebeHome}/lib/*`,
  `-Dbasedir=${zeebeHome}`,
  '-Dapp.name=broker',
  // Zeebe's own log settings write to <app.home>/logs: without it, to a folder of that name wherever we stand.
  `-Dapp.home=${dataDir}`,
  'io.camunda.zeebe.broker.StandaloneBroker',
]

type AllPorts = { grpc: number; rest: number; management: number; command: number; internal: number }

/** The broker's settings as Spring reads them: one partition, its gateway, all on loopback, and the exporter. */
export function brokerSettings(options: BrokerOptions, ports: AllPorts): object {
  const host = '127.0.0.1'
  return {
    server: { address: host, port: ports.rest },
    management: { server: { address: host, port: ports.management } },
    zeebe: {
      clock: { controlled: options.clockControl },
      broker: {
        gateway: { enable: true, network: { host, port: ports.grpc } },
        network: { host, commandApi: { port: ports.command }, internalApi: { port: ports.internal } },
        data: {
          directory: join(options.dataDir, 'data'),
          // One segment is laid out whole at the first start: 128 MB (the default) is too much for each test's broker.
          logSegmentSize: '32MB',
          disk: { freeSpace: { processing: '1GB', replication: '512MB' } },
        },
        // Default 512 MB per partition; the heap, this and the JVM itself make about 0.5 GB.
        experimental: { rocksdb: { memoryLimit: '128MB' } },
        exporters: { motcua: exporter(options) },
      },
    },
  }
}

/** Value types the projector reads. Everything else is off, whatever its default in 8.5. */
const exported = {
  process: true,
  processInstance: true,
  processInstanceCreation: true,
  job: true,
  incident: true,
  variable: true,
  userTask: true,
  // Brings DEPLOYMENT_DISTRIBUTION's template with it.
  deployment: true,
  message: true,
  messageSubscription: true,
  processMessageSubscription: true,
  decisionEvaluation: true,
  error: true,
}

const unexported = {
  command: false,
  rejection: false,
  decision: false,
  decisionRequirements: false,
  variableDocument: false,
  processInstanceMigration: false,
  processInstanceModification: false,
  timer: false,
  messageStartEventSubscription: false,
  escalation: false,
  signal: false,
  signalSubscription: false,
  resourceDeletion: false,
  commandDistribution: false,
  form: false,
  compensationSubscription: false,
}

function exporter({ sink, tuning = 'people' }: BrokerOptions): object {
  const { delaySeconds, batch } = tunings[tuning]
  return {
    className: 'io.camunda.zeebe.exporter.ElasticsearchExporter',
    args: {
      url: sink.url,
      requestTimeoutMs: 30_000,
      bulk: { delay: delaySeconds, size: batch, memoryLimit: 8 * 1024 * 1024 },
      // The templates are how the sink hears the epoch before the first record.
      index: { prefix: sink.indexPrefix, createTemplate: true, ...exported, ...unexported },
      authentication: { username: sinkUser, password: sink.secret },
    },
  }
}
