/** The whole product with its built pages, on a machine of its own; one for the whole project. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { addDays, type LegalDay } from '../../../src/calendar/day.ts'
import { atLegal, legalDay } from '../../../src/clock.ts'
import { loadConfig } from '../../../src/config.ts'
import { DEMO_PASSWORD } from '../../../src/people/demo-accounts.ts'
import { startServer } from '../../../src/wiring.ts'
import { startMachine } from '../../support/broker.ts'
import { storyMonday } from '../../walk/calendar.ts'
import { openDesk } from '../../walk/desk.ts'
import { launchBrowser } from './browser.ts'
import { openHall } from './hall.ts'

export type Stage = Awaited<ReturnType<typeof setStage>>

export const PAPER = fileURLToPath(new URL('../../walk/paper.pdf', import.meta.url))
/** Starts product and browser. Decisions leave at once, so that no scene waits to see the next one. */
export async function setStage() {
  const machine = await startMachine()
  const running: (() => Promise<unknown>)[] = [() => machine.stop()]
  const strike = async () => {
    for (const stop of running.splice(0).reverse()) await stop()
  }
  try {
    const config = loadConfig({ ...machine.env, MOTCUA_TAKE_BACK_SECONDS: '0' })
    const server = await startServer(config, pino({ level: process.env.BROWSER_TEST_LOG ?? 'silent' }))
    running.push(() => server.stop())
    const browser = await launchBrowser()
    running.push(() => browser.close())
    const desk = openDesk(server.url, DEMO_PASSWORD)
    const admin = await desk.as('quantri')
    const { now } = await admin.get('/api/admin/clock')
    const monday = storyMonday(legalDay(new Date(now)))
    const day = (n: number): LegalDay => addDays(monday, n)
    return {
      url: server.url,
      desk,
      hall: openHall(browser, server.url, join('test', 'output', 'browser')),
      day,
      /** Moves everybody's clock to a time of the n-th day after the story's Monday. */
      goTo: (n: number, time: string) =>
        admin.post('/api/admin/clock/advance', { to: atLegal(day(n), time).toISOString() }),
      strike,
    }
  } catch (error) {
    // What has started would keep Jest alive.
    await strike()
    throw error
  }
}
