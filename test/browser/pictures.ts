/**
 * `npm run pictures`: takes the README's pictures from the server that runs here and shows a month made by
 * `npm run demo:month`. Every picture is of a page as people open it.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { addDays } from '../../src/calendar/day.ts'
import { legalDay } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { type Client, openClient } from '../../src/demo/client.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import type { Json } from '../walk/client.ts'
import { launchBrowser, login, openPage } from './support/browser.ts'

const FOLDER = fileURLToPath(new URL('../../ui/pictures', import.meta.url))
const MOST_BYTES = 250_000

type Taking = { browser: Browser; base: string; as(login: string): Promise<Client> }

/** The server of the data folder, or the one named. */
function serverUrl(): string {
  const given = process.argv[2]
  if (given) return given.replace(/\/$/, '')
  const file = join(loadConfig().dataDir, 'run.json')
  if (!existsSync(file))
    throw new Error('No server is running: npm run demo:month, then npm start in another terminal.')
  return (JSON.parse(readFileSync(file, 'utf8')) as { url: string }).url
}

async function person({ browser, base }: Taking, account: string, phone = false): Promise<Page> {
  const page = await openPage(browser, { base, phone })
  if (!phone) await page.setViewportSize({ width: 1440, height: 900 })
  await login(page, account)
  return page
}

/** Everything has come: no bar, no skeleton, no late font. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page
    .getByRole('status', { name: /^(Đang tải|Loading)$/ })
    .first()
    .waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined) // Live pages never are.
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}

async function take(page: Page, name: string): Promise<void> {
  await settled(page)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path })
  const { size } = statSync(path)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES / 1000} kB`)
}

/** The worklist, and the dossier of its first row with the decision asked for beside it. */
async function officer(taking: Taking): Promise<void> {
  const page = await person(taking, 'chuyenvien.x01')
  await page.goto('/ban-lam-viec?xem=mine')
  await page.locator('[data-row]').first().waitFor()
  await take(page, 'worklist')
  const client = await taking.as('chuyenvien.x01')
  const { tasks } = await client.get('/api/tasks?tab=mine')
  const fresh = tasks.find((task: Json) => task.form === 'appraise') ?? tasks[0]
  await page.goto(`/ban-lam-viec/viec/${fresh.id}?muc=papers`)
  await page.getByRole('complementary', { name: 'Việc cần quyết định' }).waitFor()
  await take(page, 'dossier')
}

/** The auditor's three clicks: the list, the dossier that overran most, its longest interval. */
async function auditor(taking: Taking): Promise<void> {
  const client = await taking.as('thanhtra')
  const { now } = await client.get('/api/mode')
  const to = legalDay(new Date(now))
  const from = addDays(to, -40)
  const page = await person(taking, 'thanhtra')
  await page.goto(`/kiem-tra?tu=${from}&den=${to}`)
  await page.locator('tbody tr').first().waitFor()
  await take(page, 'late')
  const { dossiers } = await client.get(`/api/audit/late?from=${from}&to=${to}`)
  const shown = dossiers.find((one: Json) => one.letter === 'in-time' && one.finishedAt) ?? dossiers[0]
  await page.goto(`/kiem-tra/ho-so/${shown.id}`)
  await take(page, 'breach')
  const { holdings } = await client.get(`/api/audit/dossiers/${shown.id}`)
  const longest = holdings.toSorted(
    (a: Json, b: Json) => (b.varianceMinutes ?? 0) - (a.varianceMinutes ?? 0),
  )[0]
  await page.goto(`/kiem-tra/khoang/${longest.id}`)
  await take(page, 'interval')
}

async function oneStop(taking: Taking): Promise<void> {
  const page = await person(taking, 'truongmotcua.x01')
  await page.goto('/dieu-hanh')
  await take(page, 'one-stop')
}

/** A citizen reads on the phone when the result is due and how it was counted. */
async function citizen(taking: Taking): Promise<void> {
  const page = await person(taking, 'congdan.1', true)
  await page.goto('/ho-so-cua-toi')
  await take(page, 'citizen')
}

try {
  mkdirSync(FOLDER, { recursive: true })
  const base = serverUrl()
  const browser = await launchBrowser()
  try {
    const taking = { browser, base, as: (account: string) => openClient(base, account, DEMO_PASSWORD) }
    for (const part of [officer, auditor, oneStop, citizen]) await part(taking)
  } finally {
    await browser.close()
  }
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
