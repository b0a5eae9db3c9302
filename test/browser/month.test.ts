import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { pino } from 'pino'
import type { Browser, Locator } from 'playwright-core'
import { addDays, type LegalDay } from '../../src/calendar/day.ts'
import { atLegal } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { openClient } from '../../src/demo/client.ts'
import { checkMonth } from '../../src/demo/month/check.ts'
import { lookInto } from '../../src/demo/month/look.ts'
import { daysAhead, makeMonth } from '../../src/demo/month/make.ts'
import { openStage, type Stage } from '../../src/demo/month/stage.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { type Machine, startMachine } from '../support/broker.ts'
import { launchBrowser } from './support/browser.ts'
import { type Hall, openHall, type Person } from './support/hall.ts'
import { panelOf } from './support/work.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(14 * 60_000)

const OFFICER = 'chuyenvien.x01'
/** Data folder of a month that `npm run demo:month` has made; without one a quick month is made here. */
const MADE = process.env.MOTCUA_TEST_MONTH
const DOSSIERS = 100

let machine: Machine | undefined
let stage: Stage
let dataDir: string
let days: LegalDay[]
let browser: Browser
let hall: Hall
beforeAll(async () => {
  dataDir = MADE ?? ''
  const never = new AbortController().signal
  const log = pino({ level: 'silent' })
  if (MADE) {
    stage = await openStage(loadConfig({ ...process.env, MOTCUA_DATA: MADE }), log, never)
    days = JSON.parse(readFileSync(join(MADE, 'month.json'), 'utf8')).days
  } else {
    machine = await startMachine({ tuning: 'load' })
    dataDir = machine.env.MOTCUA_DATA ?? ''
    stage = await openStage(loadConfig(machine.env), log, never)
    const progress = { show: () => undefined, end: () => undefined, elapsed: () => '' }
    days = await daysAhead(stage)
    await makeMonth(stage, { seed: 1, dossiers: DOSSIERS, days }, { progress, stop: never, quick: true })
  }
  browser = await launchBrowser()
  hall = openHall(browser, stage.url, join('test', 'output', 'month'))
})
afterAll(async () => {
  await browser?.close()
  await stage?.stop()
  await machine?.stop()
})

const tab = ({ page }: Person, name: string): Locator =>
  page.getByRole('link', { name: new RegExp(`^${name}`) })
const counted = async (person: Person, name: string): Promise<number> =>
  Number(((await tab(person, name).textContent()) ?? '').match(/\d+/)?.[0])

it('everything that must hold of a month holds: ledgers, apologies, registers, receipts, the audit trail', async () => {
  const [first = ''] = days
  const to = addDays(days.at(-1) ?? first, 30)
  const auditor = await openClient(stage.url, 'thanhtra', DEMO_PASSWORD)
  const findings = await checkMonth(stage.db, auditor, dataDir, {
    from: first,
    to,
    begin: atLegal(first, '00:00'),
    end: atLegal(addDays(to, 1), '00:00'),
  })
  expect(findings.filter(({ wrong }) => wrong > 0)).toEqual([])
  const idle = findings.filter(({ seen }) => seen === 0).map(({ what }) => what)
  expect(idle).toEqual([])
})

const ofWholeMonth = MADE ? it : it.skip

ofWholeMonth('forty stand on the officer’s desk, and the auditor is told which ones are late', async () => {
  const officer = await hall.as(OFFICER)
  await officer.page.goto('/ban-lam-viec')
  await officer.page.locator('[data-row]').first().waitFor()
  expect(await counted(officer, 'Việc của tôi')).toBe(40)
  const auditor = await hall.as('thanhtra')
  await auditor.page.goto(`/kiem-tra?tu=${days[0]}&den=${days.at(-1)}`)
  const tally = auditor.page.locator('.tally')
  await tally.waitFor()
  expect(await tally.textContent()).toBe(
    'Quá hạn 37 = đang trễ 16 + đã trả trễ 21; thư kịp 20, muộn 9, không 8',
  )
  await hall.look(auditor, 'late')
})

it('the officer finishes three tasks of a lived-in month by keyboard alone, and the counts follow', async () => {
  const { rows } = lookInto(stage.db)
  const open = async () =>
    Number(
      (
        await rows<{ n: string }>(
          `select count(*) as n from task t join account c on c.person_id = t.assignee_id where c.login = $1 and t.state = 'open'`,
          [OFFICER],
        )
      )[0]?.n,
    )
  const atFirst = await open()
  expect(atFirst).toBeGreaterThan(3)
  const officer = await hall.as(OFFICER)
  const { page } = officer
  await page.goto('/ban-lam-viec')
  await page.locator('[data-row]').first().waitFor()
  expect(await counted(officer, 'Việc của tôi')).toBe(atFirst)
  const doneAtFirst = await counted(officer, 'Xong hôm nay')
  await hall.look(officer, 'desk')

  // Letters of apology stand first, and want to be written; these three want to be decided.
  await page.goto('/ban-lam-viec?tim=Th%E1%BA%A9m+%C4%91%E1%BB%8Bnh')
  await page.locator('[data-row]').nth(2).waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const panel = panelOf(officer)
  const decided: string[] = []
  for (let n = 0; n < 3; n++) {
    await panel.getByLabel('Ghi chú cho bước sau').waitFor()
    decided.push(page.url())
    // The paper lies beside the decision.
    await page.locator('iframe, embed, object, img').first().waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('Control+Enter')
    await panel.getByText('Đã quyết định').waitFor()
    if (n === 0) await hall.look(officer, 'decided')
    await panel
      .getByRole('link', { name: /^Tiếp theo:/ })
      .and(page.locator(':focus'))
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.href !== decided.at(-1))
  }
  expect(new Set(decided).size).toBe(3)
  expect(await open()).toBe(atFirst - 3)
  expect(
    await rows(
      `select distinct d.outcome, d.state from decision d join account c on c.person_id = d.actor_id
        where c.login = $1 and d.task_id = any($2::uuid[])`,
      [OFFICER, decided.map((url) => url.split('/').at(-1)?.split('?')[0])],
    ),
  ).toEqual([{ outcome: 'approved', state: 'released' }])

  await page.goto('/ban-lam-viec')
  await page.locator('[data-row]').first().waitFor()
  expect(await counted(officer, 'Việc của tôi')).toBe(atFirst - 3)
  expect(await counted(officer, 'Xong hôm nay')).toBe(doneAtFirst + 3)
})
