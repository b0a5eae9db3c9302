import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { clockControl } from '../../src/clock-control.ts'
import { loadConfig } from '../../src/config.ts'
import { ensureEpoch, startEngine } from '../../src/engine/index.ts'
import { openHub } from '../../src/events/hub.ts'
import { httpApp } from '../../src/http/app.ts'
import { actorOf } from '../../src/people/actor.ts'
import { routes as allRoutes } from '../../src/routes.ts'
import type { Services } from '../../src/services.ts'
import { projections, workers } from '../../src/workers.ts'
import { browserAt } from '../support/rough-browser.ts'

/** A port nobody listens on: to the whole API the engine is away, as it may be at any time. */
const NOBODY = '127.0.0.1:9'

/** Every route of the product, served to browsers; `folder` takes what the product keeps beside the database. */
export async function wholeApi(services: Services, folder: string) {
  const { db, log } = services
  const config = loadConfig({ MOTCUA_MODE: 'test', MOTCUA_DATA: folder })
  const engine = await startEngine({
    db,
    epoch: await ensureEpoch(db, { brokerDir: null }),
    grpcAddress: NOBODY,
    restAddress: `http://${NOBODY}`,
    sink: { host: '127.0.0.1', port: 0, user: 'zeebe', password: 'nobody sends' },
    archiveDir: join(folder, 'records'),
    workers: workers(services, (id, variables) => engine.evaluateDecision(id, variables)),
    projections,
    roles: [],
    registry: new Registry(),
    log,
  })
  const hub = openHub(db)
  const routes = allRoutes({
    services,
    vnpay: null,
    config,
    engine,
    control: clockControl(),
    broker: {
      grpcAddress: NOBODY,
      restAddress: `http://${NOBODY}`,
      managementAddress: `http://${NOBODY}`,
      dir: null,
      start: async () => null,
    },
    hub,
    version: '0.0.0',
  })
  const errors: unknown[] = []
  const server = createServer(
    httpApp({
      db: { ...db, log: recording(errors) },
      actorOf: actorOf(db),
      routes,
      sessionSecret: config.sessionSecret,
      secure: false,
      version: '0.0.0',
      readiness: async () => ({}),
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    routes,
    /** What the server has logged as unexpected. */
    errors,
    browser: (login?: string) => browserAt(url, login),
    close: async () => {
      await hub.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await engine.stop()
    },
  }
}

const recording = (errors: unknown[]) =>
  pino(
    { level: 'error' },
    { write: (line: string) => void errors.push((JSON.parse(line) as { err?: unknown }).err) },
  )
