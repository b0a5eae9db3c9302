import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { axeCheck, type Look, login, openPage } from './browser.ts'

/** Somebody before a screen of their own, with what their browser complained of. */
export type Person = { login: string; page: Page; complaints: string[] }
export type Hall = ReturnType<typeof openHall>

/**
 * Refusals that belong to a page, which every browser writes down as errors: asking who one is before logging in, and
 * asking for the step of another unit beside a dossier that one may read.
 */
const EXPECTED: [path: RegExp, status: string][] = [
  [/\/api\/session$/, '401'],
  [/\/api\/tasks\/[\w-]+$/, '404'],
]
const isExpected = (url: string, text: string) =>
  EXPECTED.some(([path, status]) => path.test(url) && text.includes(status))

/** Those who take part, each logged in through the page once and kept. */
export function openHall(browser: Browser, base: string, pictures: string) {
  mkdirSync(pictures, { recursive: true })
  const people = new Map<string, Promise<Person>>()
  let taken = 0

  const enter = async (account: string, look: Omit<Look, 'base'>): Promise<Person> => {
    const page = await openPage(browser, { base, ...look })
    page.setDefaultTimeout(15_000)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      const { url } = message.location()
      if (message.type() === 'error' && !isExpected(url, message.text()))
        complaints.push(`${message.text()} ${url}`)
    })
    if (account) await login(page, account)
    return { login: account, page, complaints }
  }

  return {
    /** The person of an account, on the same page as before; '' is a visitor. */
    as: (account: string, look: Omit<Look, 'base'> = {}): Promise<Person> => {
      const key = `${account} ${JSON.stringify(look)}`
      const known = people.get(key) ?? enter(account, look)
      people.set(key, known)
      return known
    },
    /**
     * What must hold on every page, in whatever state it is: no fault that axe can see, demo mode said, nothing to
     * scroll sideways, nothing complained of. Takes a picture too.
     */
    look: async ({ page, complaints }: Person, name: string): Promise<void> => {
      taken++
      const path = join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`)
      await page.screenshot({ path, fullPage: true })
      expect({ page: name, faults: await axeCheck(page) }).toEqual({ page: name, faults: [] })
      expect(await page.locator('.demo-strip').isVisible()).toBe(true)
      const [wide, room] = (await page.evaluate(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      )) as [number, number]
      expect({ page: name, sideways: wide > room }).toEqual({ page: name, sideways: false })
      expect({ page: name, complaints }).toEqual({ page: name, complaints: [] })
    },
    /** Pictures of every screen as it stands, for whoever looks into a red run. */
    photograph: async (): Promise<void> => {
      for (const one of await Promise.all(people.values()))
        await one.page
          .screenshot({ path: join(pictures, `red-${one.login || 'visitor'}.png`), fullPage: true })
          .catch(() => undefined)
    },
  }
}
