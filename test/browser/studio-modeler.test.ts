import { readFileSync } from 'node:fs'
import { jest } from '@jest/globals'
import { BpmnModdle } from 'bpmn-moddle'
import type { Page } from 'playwright-core'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { until } from '../walk/client.ts'
import { openDesk } from '../walk/desk.ts'
import { type CounterHall, openCounterHall } from './support/counter-hall.ts'

// For a hung run only: every wait of a page has its own, shorter patience.
jest.setTimeout(3 * 60_000)

const ANALYST = 'phantich'
const CODE = '1.013225'
/** As Camunda's desktop modeller saves it, with every kind of element and every extension that it knows. */
const DESKTOP = readFileSync(new URL('desktop.bpmn', import.meta.url), 'utf8')

let counter: CounterHall
let page: Page
let draft = ''
beforeAll(async () => {
  counter = await openCounterHall()
  page = (await counter.hall.as(ANALYST)).page
  draft = await newDraft()
})
afterAll(() => counter?.close())

const client = () => openDesk(counter.url, DEMO_PASSWORD).as(ANALYST)
async function newDraft(): Promise<string> {
  const analyst = await client()
  const { versions } = await analyst.get(`/api/studio/procedures/${CODE}`)
  const made = await analyst.post('/api/studio/drafts', {
    code: CODE,
    from: { version: versions[0].id },
    title: 'Xem trình vẽ',
  })
  return made.id
}
const path = (part: string) => `/thiet-ke/ban-thao/${draft}/${part}`
const drawn = () => page.locator('.djs-shape').first().waitFor()
const actions = (within: string) =>
  page
    .locator(`${within} [data-action]`)
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.action ?? ''))

/** Selects an element of the drawing wherever it lies, and waits for what stands beside it. */
async function select(id: string): Promise<void> {
  await page
    .locator(`.djs-element[data-element-id="${id}"] .djs-hit`)
    .first()
    .dispatchEvent('click', { button: 0 })
  await page.locator(`.djs-element[data-element-id="${id}"].selected`).first().waitFor({ state: 'attached' })
}
const elements = () =>
  page
    .locator('.djs-element[data-element-id]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement | SVGElement).dataset.elementId ?? ''))

/** All that is offered: whatever else BPMN has, no procedure may have. */
const PALETTE = [
  'hand-tool',
  'lasso-tool',
  'space-tool',
  'global-connect-tool',
  'create.step',
  'create.work',
  'create.gateway',
  'create.start-event',
  'create.end-event',
  'create.participant',
  'create.outside',
]
const BESIDE = [
  'append.step',
  'append.work',
  'append.gateway',
  'append.end-event',
  'append.text-annotation',
  'merge.before',
  'merge.after',
  'replace',
  'connect',
  'delete',
  'lane-insert-above',
  'lane-insert-below',
  'lane-divide-two',
  'lane-divide-three',
]

type Node = Record<string, unknown> & {
  $type: string
  $descriptor: { properties: { name: string; isReference?: boolean }[] }
  $attrs?: Record<string, string>
  $children?: Node[]
  $body?: string
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && '$type' in value

/** All that a drawing says, a line for each element, wherever it is drawn. */
async function told(xml: string): Promise<string[]> {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml)
  const lines: string[] = []
  const walk = (node: Node, owner: string) => {
    const facts: string[] = []
    const here = typeof node.id === 'string' ? node.id : `${owner}/${node.$type}`
    const known = new Map(node.$descriptor.properties?.map((one) => [one.name.replace(/^\w+:/, ''), one]))
    for (const [name, value] of Object.entries({ ...node, ...node.$attrs })) {
      if (name.startsWith('$') || name === 'diagrams' || name === 'di') continue
      const all = Array.isArray(value) ? value : [value]
      for (const one of all) {
        if (!isNode(one)) facts.push(`${name}=${one}`)
        else if (known.get(name)?.isReference) facts.push(`${name}=${one.id}`)
        else walk(one, here)
      }
    }
    for (const child of node.$children ?? []) walk(child, here)
    lines.push([owner, node.$type, ...facts.sort(), node.$body ?? ''].join(' | '))
  }
  walk(rootElement as unknown as Node, '')
  return lines.sort()
}

const popup = () => page.locator('.djs-popup')
const entries = () =>
  popup()
    .locator('[data-id]')
    .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.id ?? ''))
async function closeMenu(): Promise<void> {
  // A menu hears the key from its second frame on.
  await until('the menu to close', async () => {
    await page.keyboard.press('Escape')
    return (await popup().count()) === 0
  })
}
const OURS = /^(step-|template-|multiplicity$)/

/** Selects everything in turn and opens what it offers; answers all that was offered. */
async function openEverything(): Promise<{ beside: string[]; menus: string[] }> {
  const beside = new Set<string>()
  const menus = new Set<string>()
  for (const id of await elements()) {
    if (id.endsWith('_label')) continue
    await select(id)
    const offered = await actions('.djs-context-pad.open')
    const fresh = offered.some((action) => !beside.has(action))
    for (const action of offered) beside.add(action)
    // A menu is the same on every element that has it, but what an element may become is its own.
    for (const menu of ['replace', 'append.step', 'append.work'])
      if (offered.includes(menu) && (fresh || menu === 'replace')) {
        await page.locator(`.djs-context-pad.open [data-action="${menu}"]`).dispatchEvent('click')
        await popup().waitFor()
        for (const entry of await entries()) menus.add(entry)
        await closeMenu()
      }
  }
  return { beside: [...beside], menus: [...menus] }
}
const missing = () => page.evaluate<string[]>('[...(globalThis.studioMissingStrings ?? ["never asked"])]')

describe('the modeller in the workspace', () => {
  it('speaks Vietnamese in palette, menus, context pad and panel, of every element', async () => {
    await page.goto(path('so-do'))
    await drawn()
    expect(await actions('.djs-palette')).toEqual(PALETTE)
    for (const entry of ['create.step', 'create.work']) {
      await page.locator(`.djs-palette [data-action="${entry}"]`).click()
      await popup().waitFor()
      expect((await entries()).filter((id) => !OURS.test(id))).toEqual([])
      await closeMenu()
    }
    const { beside, menus } = await openEverything()
    expect(beside.filter((action) => !BESIDE.includes(action))).toEqual([])
    expect(menus.filter((id) => !OURS.test(id))).toEqual([])
    expect(menus.length).toBeGreaterThan(20)
    expect(await missing()).toEqual([])
  })

  it('takes a drawing of the desktop modeller in and saves it without losing an extension', async () => {
    draft = await newDraft()
    await page.goto(path('so-do'))
    await drawn()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'may-ban.bpmn', mimeType: 'application/xml', buffer: Buffer.from(DESKTOP) })
    await page.getByText(/^Đã nhập may-ban\.bpmn/).waitFor()
    await page.locator('.djs-element[data-element-id="AdHoc"]').waitFor()
    // Drawn on: what is saved has gone through the modeller, not around it.
    await page
      .locator('.djs-element[data-element-id="Plain"] .djs-hit')
      .first()
      .dispatchEvent('dblclick', { button: 0 })
    await page.locator('.djs-direct-editing-content').fill('Việc đã đổi tên')
    await page.locator('.djs-container').click({ position: { x: 600, y: 20 } })
    const analyst = await client()
    const saved: string = await until('the renamed step to be saved', async () => {
      const { source } = await analyst.get(`/api/studio/drafts/${draft}`)
      return source.bpmn.includes('Việc đã đổi tên') && source.bpmn
    })
    const expected = DESKTOP.replaceAll('Process_desktop', `p${CODE.replace('.', '')}`).replace(
      'Việc khác',
      'Việc đã đổi tên',
    )
    expect(await told(saved)).toEqual(await told(expected))
    expect(saved).toContain('bioc:fill="#bbdefb"')
    const { beside, menus } = await openEverything()
    expect(beside.filter((action) => !BESIDE.includes(action))).toEqual([])
    expect(menus.filter((entry) => !OURS.test(entry))).toEqual([])
    expect(await missing()).toEqual([])
  })
})

describe('the mark of bpmn.io', () => {
  /** Of each mark on the page: whether it is what is seen in its middle, and which elements lie under it. */
  const marks = () =>
    page.evaluate<
      { seen: boolean; under: string[] }[]
    >(`[...document.querySelectorAll('.bjs-container')].map((container) => {
      const mark = container.querySelector('.bjs-powered-by')
      mark.scrollIntoView({ block: 'center' })
      const { left, top, right, bottom, width, height } = mark.getBoundingClientRect()
      const seen = document.elementFromPoint(left + width / 2, top + height / 2)
      const overlaps = (box) => box.left < right && box.right > left && box.top < bottom && box.bottom > top
      const canvas = container.querySelector('.djs-container').getBoundingClientRect()
      return {
        seen: width > 20 && height > 10 && mark.contains(seen),
        under: overlaps(canvas) ? ['the drawing'] : [],
      }
    })`)
  const whole = { seen: true, under: [] }
  const CANVASES: [string, () => string, number][] = [
    ['workspace', () => path('so-do'), 1],
    ['compare', () => path('so-sanh'), 2],
    ['review', () => path('tham-dinh'), 1],
    ['heat map', () => `/thiet-ke/thu-tuc/${CODE}/ban-do-nhiet`, 1],
    ['trial by hand', () => path('chay-thu'), 1],
  ]
  it.each(CANVASES)(
    'is seen whole on the canvas of the %s, and lies on no drawing',
    async (name, address, count) => {
      await page.goto(address())
      if (name === 'trial by hand') await page.getByText('Tự đi từng bước trên sơ đồ').click()
      await drawn()
      expect(await marks()).toEqual(Array(count).fill(whole))
    },
  )
})

describe('an edit that moves what lies beside it', () => {
  /** Every element as it is drawn and where, with its badges; names of arrow heads are of the page alone. */
  const picture = () =>
    page.evaluate<string>(`[
      ...[...document.querySelectorAll('.djs-element[data-element-id]')].map((one) =>
        [one.dataset.elementId, one.getAttribute('transform'), one.querySelector(':scope > .djs-visual').innerHTML]),
      ...[...document.querySelectorAll('[data-marks-of]')].map((one) =>
        [one.dataset.marksOf, one.getAttribute('transform'), one.querySelector('.studio-badges')?.outerHTML]),
    ].map((one) => one.join(' ').replace(/marker-\\w+/g, 'marker')).sort().join('\\n')`)
  const saved = () => page.getByText(/^Đã lưu \(bản \d+\)/).waitFor()

  it('draws what the drawing shows when it is opened anew, taken back and done again', async () => {
    draft = await newDraft()
    await page.goto(path('so-do'))
    await drawn()
    await page.locator('[data-marks-of] .studio-badges').first().waitFor()
    await saved()
    const before = await picture()
    await select('Receive')
    await page.locator('.djs-context-pad.open [data-action="append.step"]').dispatchEvent('click')
    await page.locator('.djs-popup [data-id="step-appraise"]').click()
    await page.locator('.djs-popup').waitFor({ state: 'detached' })
    await until('the new step', async () => (await picture()) !== before)
    await page.keyboard.press('ControlOrMeta+z')
    await until('the drawing of before', async () => (await picture()) === before)
    await page.keyboard.press('ControlOrMeta+y')
    await until('the new step again', async () => (await picture()) !== before)
    await saved()
    const after = await picture()
    await page.reload()
    await drawn()
    await until('the same drawing', async () => (await picture()) === after)
  })
})

describe('the order of the form’s questions', () => {
  const order = async () => {
    const { source } = await (await client()).get(`/api/studio/drafts/${draft}`)
    return source.eform.groups[0].fields as string[]
  }
  const becomes = (wanted: string[]) =>
    until(`the order ${wanted.slice(0, 3)}`, async () => (await order()).join() === wanted.join())

  it('is changed by Alt with the arrows, the focus going along, and by dragging', async () => {
    draft = await newDraft()
    await page.goto(path('bieu-mau'))
    const [first, second, third, ...rest] = await order()
    const field = (key: string) => page.locator(`[data-field="${key}"]`)
    await field(first!).focus()
    await page.keyboard.press('Alt+ArrowDown')
    await becomes([second!, first!, third!, ...rest])
    expect(await page.evaluate('document.activeElement.dataset.field')).toBe(first)
    await page.keyboard.press('Alt+ArrowUp')
    await becomes([first!, second!, third!, ...rest])
    const row = (key: string) => page.locator('.field-row').filter({ has: field(key) })
    await row(third!).locator('.reorder-handle').dragTo(row(first!))
    await becomes([third!, first!, second!, ...rest])
  })
})

describe('the walk by hand', () => {
  it('begins with a token on the start, is paused, and ends without a trace', async () => {
    await page.goto(path('chay-thu'))
    await page.getByText('Tự đi từng bước trên sơ đồ').click()
    await drawn()
    const turn = page.getByRole('switch')
    await turn.check()
    await page.locator('.bjs-container.simulation').waitFor()
    await page.locator('.bts-context-pad').first().click()
    await page.locator('.bts-token-count, .bts-token').first().waitFor({ state: 'attached' })
    await turn.uncheck()
    await page.locator('.bjs-container.simulation').waitFor({ state: 'detached' })
    expect(await page.locator('.bts-token').count()).toBe(0)
  })
})
