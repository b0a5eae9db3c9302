import { AxeBuilder } from '@axe-core/playwright'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as driver, type Page } from 'playwright-core'

/** Flags of a browser that talks to nobody but the server under test. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Of the demonstration tenant; the accounts exist in demo and test mode only. */
const DEMO_PASSWORD = 'motcua-demo'

/** The Chromium that npm installs. Close it at the end of the suite: `await browser.close()`. */
export const launchBrowser = async (): Promise<Browser> =>
  driver.launch({ executablePath: await chromium.executablePath(), headless: true, args: FLAGS })

/** `scale`: pixels of a picture to a pixel of the page. */
export type Look = { base: string; phone?: boolean; language?: 'vi' | 'en'; scale?: number }

/** A page of a new, empty session: an officer's screen (1080p), or a phone; without motion. */
export const openPage = async (
  browser: Browser,
  { base, phone = false, language = 'vi', scale = 1 }: Look,
): Promise<Page> => {
  const context = await browser.newContext({
    baseURL: base,
    viewport: phone ? { width: 390, height: 844 } : { width: 1920, height: 1080 },
    deviceScaleFactor: scale,
    locale: language === 'vi' ? 'vi-VN' : 'en-GB',
    // The pages must show legal time wherever the reader sits.
    timezoneId: 'America/Los_Angeles',
    reducedMotion: 'reduce',
    hasTouch: phone,
  })
  await context.addInitScript((chosen) => {
    if (localStorage.getItem('motcua.language') === null) localStorage.setItem('motcua.language', chosen)
  }, language)
  return context.newPage()
}

/** Logs in through the page, as a person does, and waits until they are inside. */
export const login = async (page: Page, account: string, password = DEMO_PASSWORD): Promise<void> => {
  await page.goto('/dang-nhap')
  await page.locator('input[autocomplete="username"]').fill(account)
  await page.locator('input[autocomplete="current-password"]').fill(password)
  await page.locator('form button[type="submit"]').click()
  await page.waitForURL((url) => url.pathname !== '/dang-nhap')
}

type Violation = { rule: string; help: string; nodes: string[] }

/** What axe finds against WCAG 2.2 A and AA on the page as it stands; empty when it is clean. */
export const axeCheck = async (page: Page): Promise<Violation[]> => {
  const { violations } = await new AxeBuilder({ page })
    // Ours are frames of our own origin only, and what is in order is not told: a year's calendar in 2 s, not 7.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    nodes: nodes.map(({ html }) => html.slice(0, 200)),
  }))
}
