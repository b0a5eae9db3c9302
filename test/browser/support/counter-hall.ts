/**
 * The pages of the counter on a real server and database, the engine played by hand: what is tested here lies in the
 * browser and between two people, and needs no broker.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ClockControl } from '../../../src/clock-control.ts'
import { loadConfig } from '../../../src/config.ts'
import type { Engine } from '../../../src/engine/index.ts'
import { openHub } from '../../../src/events/hub.ts'
import { httpApp } from '../../../src/http/app.ts'
import type { BrokerPart } from '../../../src/parts.ts'
import { actorOf } from '../../../src/people/actor.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { routes } from '../../../src/routes.ts'
import { setScene } from '../../integration/dossiers/scene.ts'
import { launchBrowser } from './browser.ts'
import { openHall } from './hall.ts'

const root = join(import.meta.dirname, '../../..')
export type CounterHall = Awaited<ReturnType<typeof openCounterHall>>

export async function openCounterHall() {
  const scene = await setScene()
  await scene.act(loadDemoAccounts)
  const hub = openHub(scene.db)
  const config = loadConfig({ MOTCUA_MODE: 'test', MOTCUA_DATA: scene.folder })
  // Pages of the engine and of the moved clock are not opened here.
  const absent = { managementAddress: undefined } as unknown
  const server = createServer(
    httpApp({
      db: scene.db,
      actorOf: actorOf(scene.db),
      routes: routes({
        services: scene.services,
        vnpay: null,
        config: { ...config, demo: true },
        engine: absent as Engine,
        control: absent as ClockControl,
        broker: absent as BrokerPart,
        hub,
        version: '0.0.0',
      }),
      sessionSecret: config.sessionSecret,
      secure: false,
      version: '0.0.0',
      pagesFolder: join(root, 'ui/dist'),
      readiness: async () => ({}),
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  scene.services.settings.publicUrl = url
  const browser = await launchBrowser()
  return {
    scene,
    url,
    browser,
    hall: openHall(browser, url, join(root, 'test/output/counter')),
    close: async () => {
      await browser.close()
      await hub.close()
      await new Promise((resolve) => {
        server.closeAllConnections()
        server.close(resolve)
      })
      await scene.close()
    },
  }
}
