/** The pages and their API on a database of the test's own, with the engine played by hand: desks as full as a test wants. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '../../../src/config.ts'
import { openHub } from '../../../src/events/hub.ts'
import { httpApp } from '../../../src/http/app.ts'
import { actorOf } from '../../../src/people/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { routes } from '../../../src/routes.ts'
import { setScene } from '../../integration/dossiers/scene.ts'
import { launchBrowser } from './browser.ts'
import { openHall } from './hall.ts'

const pagesFolder = fileURLToPath(new URL('../../../ui/dist', import.meta.url))

/** Monday, 2 November 2026, 09:00, with 30 seconds of machine time to take a decision back. */
export async function setDesks() {
  const scene = await setScene({ takeBackSeconds: 30 })
  await scene.act(loadDemoAccounts)
  const hub = openHub(scene.db)
  const config = loadConfig({ MOTCUA_MODE: 'test', MOTCUA_DATA: scene.folder })
  const app = httpApp({
    db: scene.db,
    // No page of a desk asks the engine, its clock or a bank.
    routes: routes({
      services: scene.services,
      vnpay: null,
      config,
      engine: {} as never,
      control: {} as never,
      broker: {} as never,
      hub,
      version: '0.0.0',
    }),
    actorOf: actorOf(scene.db),
    sessionSecret: config.sessionSecret,
    secure: false,
    version: '0.0.0',
    pagesFolder,
    readiness: async () => ({}),
  })
  const server = createServer(app)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await launchBrowser()
  return {
    scene,
    url,
    hall: openHall(browser, url, join('test', 'output', 'worklist')),
    strike: async () => {
      await browser.close()
      await hub.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await scene.close()
    },
  }
}
export type Desks = Awaited<ReturnType<typeof setDesks>>
