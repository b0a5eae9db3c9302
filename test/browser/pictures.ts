/**
 * `npm run pictures`: takes the README's pictures from the server that runs here and shows a month made by
 * `npm run demo:month`. Every picture is of a page as people open it.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { addDays } from '../../src/calendar/day.ts'
import { legalDay } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { type Client, openClient } from '../../src/demo/client.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import type { Json } from '../walk/client.ts'
import { launchBrowser, login, openPage } from './support/browser.ts'

const FOLDER = fileURLToPath(new URL('../../ui/pictures', import.meta.url))
const MOST_BYTES = 250_000
/** The first so many of the month's citizens are asked for a dossier. */
const CITIZENS = 30
const PDFJS = fileURLToPath(import.meta.resolve('unpdf/pdfjs'))

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
  // As sharp as phones are; a laptop's screen otherwise.
  const page = await openPage(browser, { base, phone, scale: phone ? 2 : 1 })
  if (!phone) await page.setViewportSize({ width: 1440, height: 820 })
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
  await save(page, name)
}

async function save(what: Page | Locator, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`)
  await what.screenshot({ path })
  const { size } = statSync(path)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES / 1000} kB`)
}

/** The worklist, and the dossier of a row with its clock and the decision asked for beside it. */
async function officer(taking: Taking): Promise<void> {
  const page = await person(taking, 'chuyenvien.x01')
  await page.goto('/ban-lam-viec?xem=mine')
  await page.locator('[data-row]').first().waitFor()
  await take(page, 'worklist')
  const { tasks } = await (await taking.as('chuyenvien.x01')).get('/api/tasks?tab=mine')
  const inTime = tasks.find((task: Json) => task.form === 'appraise' && task.stepRemainingMinutes > 0)
  await page.goto(`/ban-lam-viec/viec/${(inTime ?? tasks[0]).id}?xem=clock`)
  await page.getByRole('complementary', { name: 'Việc cần quyết định' }).waitFor()
  await take(page, 'dossier')
}

/** The days in which the month lies. */
async function lastDays(client: Client): Promise<{ from: string; to: string }> {
  const { now } = await client.get('/api/mode')
  const to = legalDay(new Date(now))
  return { from: addDays(to, -40), to }
}

/** A late dossier as the auditor reads it: who held it, and when. */
async function auditor(taking: Taking): Promise<void> {
  const client = await taking.as('thanhtra')
  const { dossiers } = await client.get(`/api/audit/late?${new URLSearchParams(await lastDays(client))}`)
  const shown = dossiers.find((one: Json) => one.letter === 'in-time' && one.finishedAt) ?? dossiers[0]
  const page = await person(taking, 'thanhtra')
  await page.setViewportSize({ width: 1440, height: 1120 })
  await page.goto(`/kiem-tra/ho-so/${shown.id}`)
  await take(page, 'breach')
}

/** A citizen reads on the phone when the result is due and how it was counted. */
async function citizen(taking: Taking): Promise<void> {
  for (let n = 1; n <= CITIZENS; n++) {
    const account = `congdan.${n}`
    const { dossiers } = await (await taking.as(account)).get('/api/dossiers')
    const shown = dossiers.find(
      (one: Json) => one.state === 'processing' && one.procedure.code === '1.013225' && !one.late,
    )
    if (!shown) continue
    const page = await person(taking, account, true)
    await page.goto(`/ho-so-cua-toi/${shown.id}`)
    return take(page, 'citizen')
  }
  throw new Error(`None of the first ${CITIZENS} made-up citizens has a dossier in hand: is this a month?`)
}

/** A letter as it was sent, drawn by the browser that draws the pages. */
async function apology(taking: Taking): Promise<void> {
  const client = await taking.as('thanhtra')
  const { dossiers } = await client.get(`/api/audit/late?${new URLSearchParams(await lastDays(client))}`)
  for (const { id } of dossiers) {
    const { letters } = await client.get(`/api/audit/dossiers/${id}`)
    const sent = letters.find((one: Json) => one.kind === 'apology' && one.state === 'delivered')
    if (!sent) continue
    const page = await person(taking, 'thanhtra')
    return drawLetter(page, await client.bytes(`/api/letters/${sent.id}/pdf`))
  }
  throw new Error('No apology was sent in this month.')
}

/** The letter's first page, at the width of the other pictures. */
async function drawLetter(page: Page, pdf: Buffer): Promise<void> {
  const at = 'https://letter.invalid'
  const files: Record<string, { contentType: string; body: string | Buffer }> = {
    '/': { contentType: 'text/html', body: '<!doctype html><body style="margin:0"><canvas></canvas>' },
    '/pdfjs.mjs': { contentType: 'text/javascript', body: readFileSync(PDFJS) },
    '/letter.pdf': { contentType: 'application/pdf', body: pdf },
  }
  await page.route(`${at}/**`, (route) =>
    route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404 }),
  )
  await page.goto(at)
  await page.evaluate(`(async () => {
    const { getDocument } = await import('/pdfjs.mjs')
    const page = await (await getDocument({ url: '/letter.pdf', isEvalSupported: false }).promise).getPage(1)
    const viewport = page.getViewport({ scale: 1000 / page.getViewport({ scale: 1 }).width })
    const canvas = Object.assign(document.querySelector('canvas'), { width: viewport.width, height: viewport.height })
    await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise
  })()`)
  await save(page.locator('canvas'), 'apology')
}

try {
  mkdirSync(FOLDER, { recursive: true })
  const base = serverUrl()
  const browser = await launchBrowser()
  try {
    const taking = { browser, base, as: (account: string) => openClient(base, account, DEMO_PASSWORD) }
    for (const part of [officer, auditor, citizen, apology]) await part(taking)
  } finally {
    await browser.close()
  }
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
