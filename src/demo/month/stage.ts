import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { offsetClock } from '../../clock.ts'
import type { Config } from '../../config.ts'
import { connect, type Database } from '../../database/orm.ts'
import { databasePart } from '../../parts.ts'
import { DEMO_PASSWORD } from '../../people/demo-accounts.ts'
import { processStart } from '../../setup/children.ts'
import { startServer } from '../../wiring.ts'
import { type Client, openClient } from '../client.ts'

export type Stage = {
  url: string
  db: Database
  admin: Client
  now(): Date
  advance(to: Date): Promise<void>
  /** Ends the server; the database stays for those who look. */
  stopServer(): Promise<void>
  stop(): Promise<void>
}

/** The address of a server that runs on this data folder; the month brings its own, tuned for many records at once. */
export function runningServer({ dataDir }: Pick<Config, 'dataDir'>): string | undefined {
  const file = join(dataDir, 'run.json')
  if (!existsSync(file)) return undefined
  const { url, pid } = JSON.parse(readFileSync(file, 'utf8')) as { url: string; pid: number }
  return processStart(pid) === null ? undefined : url
}

/** The whole product on the data folder, in this process; decisions leave at once and the broker is set for load. */
export async function openStage(config: Config, log: Logger, signal: AbortSignal): Promise<Stage> {
  const postgres = await databasePart(config, log)
  const own = {
    ...config,
    databaseUrl: postgres.appUrl,
    databaseOwnerUrl: postgres.ownerUrl,
    takeBackSeconds: 0,
  }
  const server = await startServer(own, log, { signal, brokerTuning: 'load' }).catch(
    async (error: unknown) => {
      await postgres.stop()
      throw error
    },
  )
  const admin = await openClient(server.url, 'quantri', DEMO_PASSWORD)
  let offset: number = (await admin.get('/api/admin/clock')).offsetMs
  const clock = offsetClock(() => offset)
  const db = await connect({ url: postgres.appUrl, entities: [], clock, log, poolSize: 4 })
  let running = true
  const stopServer = async () => {
    if (running) await server.stop()
    running = false
  }
  return {
    url: server.url,
    db,
    admin,
    now: () => clock.now(),
    advance: async (to) => {
      await admin.post('/api/admin/clock/advance', { to: to.toISOString() })
      offset = (await admin.get('/api/admin/clock')).offsetMs
    },
    stopServer,
    stop: async () => {
      await stopServer()
      await db.close()
      await postgres.stop()
    },
  }
}
