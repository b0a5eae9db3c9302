/**
 * A broker and a PostgreSQL of the test's own, outlived by none of its servers: the server is a process that can be
 * killed, and reaches both over paths that can be cut.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../../../src/setup/ports.ts'
import { startMachine } from '../../support/broker.ts'
import { proxyTo } from '../../support/proxy.ts'
import { type App, endAllApps, startApp } from './app.ts'
import { linkTo } from './link.ts'

export async function setStage() {
  const machine = await startMachine()
  const { env } = machine
  const databaseUrl = new URL(env.DATABASE_URL!)
  const path = await proxyTo(Number(databaseUrl.port))
  databaseUrl.port = String(path.port)
  let isCut = false
  const database = {
    cut: () => {
      isCut = true
      return path.cut()
    },
    mend: async () => {
      if (isCut) await path.mend()
      isCut = false
    },
  }
  const gateway = await linkTo(Number(env.ZEEBE_GRPC_ADDRESS!.split(':')[1]))
  // The exporter knows one address of the sink; the server listens behind it.
  const sinkPort = await freePort()
  const records = await linkTo(sinkPort, Number(env.MOTCUA_SINK_PORT))
  const settings = {
    ...env,
    PORT: '0',
    // Not the broker's folder: this one is the server's.
    MOTCUA_DATA: join(env.MOTCUA_DATA!, 'server'),
    DATABASE_URL: databaseUrl.href,
    ZEEBE_GRPC_ADDRESS: `127.0.0.1:${gateway.port}`,
    MOTCUA_SINK_PORT: String(sinkPort),
    // Sessions outlive a killed server, as in production.
    SESSION_SECRET: 'a secret of this test only, long enough for it',
  }
  const client = new pg.Client(machine.postgres.ownerUrl)
  await client.connect()

  return {
    machine,
    settings,
    database,
    gateway,
    records,
    start: (more: Record<string, string> = {}): Promise<App> => startApp({ ...settings, ...more }),
    /** As the owner, past the server. */
    sql: async <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> =>
      (await client.query(text, params)).rows as T[],
    strike: async () => {
      await endAllApps()
      await client.end()
      if (!isCut) await path.close()
      await Promise.all([gateway.close(), records.close()])
      await machine.stop()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof setStage>>

/** Waits until something is there; the limit is for a hung run only. */
export async function until<T>(what: string, look: () => Promise<T | undefined | null | false>): Promise<T> {
  const end = performance.now() + 120_000
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited in vain for: ${what}`)
    await sleep(100)
  }
}
