/**
 * The whole product on a broker and a database of its own, reached as people reach it: by HTTP. Beside it a connection
 * of the test's, for what no page shows.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { systemActor } from '../../../src/access/actor.ts'
import { addDays, type LegalDay, weekdayOf } from '../../../src/calendar/day.ts'
import { atLegal, legalDay } from '../../../src/clock.ts'
import { loadConfig } from '../../../src/config.ts'
import { connect } from '../../../src/database/orm.ts'
import { entities } from '../../../src/entities.ts'
import { DEMO_PASSWORD } from '../../../src/people/demo-accounts.ts'
import { startServer } from '../../../src/wiring.ts'
import { startMachine } from '../../support/broker.ts'
import { storyMonday } from '../../walk/calendar.ts'
import type { Client, Json } from '../../walk/client.ts'
import { openDesk } from '../../walk/desk.ts'

const OPEN = `
  select t.id, ac.login from task t join agency a on a.id = t.agency_id
    join post po on po.unit_id = t.unit_id and po.role = t.role
    join account ac on ac.person_id = po.person_id
   where t.dossier_id = $1 and t.element_id = $2 and t.state = 'open' and (a.code = $3 or $3 = '')
     and (t.assignee_id is null or t.assignee_id = po.person_id) order by ac.login limit 1`

export type Stage = Awaited<ReturnType<typeof setStage>>

/** Starts the product with the shipped procedures and one that nobody has programmed for. It is Monday, 08:05. */
export async function setStage(madeUp: string) {
  const machine = await startMachine()
  const root = await mkdtemp(join(tmpdir(), 'mot-cua-product-'))
  await cp('processes', root, { recursive: true })
  await cp(madeUp, join(root, '9.000001-xac-nhan-thu'), { recursive: true })
  const config = loadConfig({ ...machine.env, MOTCUA_TAKE_BACK_SECONDS: '0' })
  const log = pino({ level: process.env.PRODUCT_TEST_LOG ?? 'silent' })
  const server = await startServer(config, log, { processesDir: root })
  const desk = openDesk(server.url, DEMO_PASSWORD)
  const admin = await desk.as('quantri')
  const { now } = await admin.get('/api/admin/clock')
  const monday = storyMonday(legalDay(new Date(now)))
  const goTo = (day: number, time: string) =>
    admin.post('/api/admin/clock/advance', { to: atLegal(addDays(monday, day), time).toISOString() })
  await goTo(0, '08:05')
  const db = await connect({
    url: config.databaseUrl!,
    entities,
    clock: { now: () => new Date() },
    log,
    poolSize: 2,
  })
  /** Rows as the database has them. */
  const rows = <T>(text: string, params: unknown[] = []) =>
    db.transact(systemActor('product test'), (tx) => tx.sql<T>(text, params))
  /**
   * Waits for the step to stand open, then whoever it is assigned to, or somebody of its unit and role, decides it through
   * the API. The wait asks the database: a crowd of people reloading worklists would keep the server busy with nothing else.
   */
  const decide = async (
    dossierId: string,
    element: string,
    outcome: string,
    dataOf: (task: Json) => Json = () => ({}),
    agency = '',
  ) => {
    const { id, login } = await until(`${element} of dossier ${dossierId}`, async () => {
      const [task] = await rows<{ id: string; login: string }>(OPEN, [dossierId, element, agency])
      return task
    })
    const client = await desk.as(login)
    const task = await client.get(`/api/tasks/${id}`)
    const data = await dataOf(task)
    await client.post(`/api/tasks/${id}/decide`, { outcome, version: task.version, data })
  }
  /** Clerks with an open cash shift; a second example of the same counter uses it too. */
  const drawers = new Map<Client, Promise<unknown>>()
  const drawer = (clerk: Client) => {
    const open = drawers.get(clerk) ?? clerk.post('/api/cash-shifts', { openingAmount: 0 })
    drawers.set(clerk, open)
    return open
  }
  let running = true
  const stop = async () => {
    if (running) await server.stop()
    running = false
  }
  return {
    desk,
    decide,
    drawer,
    db,
    config,
    monday,
    goTo,
    rows,
    /** Ends the product; broker and database stay. */
    stop,
    strike: async () => {
      await stop()
      await db.close()
      await machine.stop()
      await rm(root, { recursive: true })
    },
  }
}

/**
 * Close of work on the n-th working day after a day, counted without the product: the stage's weeks have no day off but
 * Saturdays and Sundays.
 */
export function closeAfter(day: LegalDay, workingDays: number): Date {
  let found = day
  for (let left = workingDays; left > 0; ) {
    found = addDays(found, 1)
    if (weekdayOf(found) <= 5) left--
  }
  return atLegal(found, '17:00')
}

/** Close of work on the n-th day after a day, or on the next working day where that one is off. */
export function closeOn(day: LegalDay, days: number): Date {
  let found = addDays(day, days)
  while (weekdayOf(found) > 5) found = addDays(found, 1)
  return atLegal(found, '17:00')
}

const PATIENCE_MS = 240_000

/** Waits until something is there; the limit is for a hung run only. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found) return found
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await sleep(300)
  }
}
