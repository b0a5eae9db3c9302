/**
 * How long an edit of a large drawing takes in the Studio, in a real browser with the rules checking in their worker:
 * `npm run bench:edit [-- elements rounds]`. From the act to the next painted frame, in ms, and the longest piece of work
 * that blocked the page until the drawing was written and checked. The figures are appended to results.md.
 */
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { prepareUi } from '../../src/setup/ui.js'
import { openCounterHall } from '../browser/support/counter-hall.ts'
import { openDesk } from '../walk/desk.ts'
import { largeDrawing } from './drawing.ts'

const [elements = 500, rounds = 12] = process.argv.slice(2).map(Number)
const GOAL_MS = 200
const CODE = '1.013225'
/** The drawing is written 400 ms after an edit and checked 300 ms later; by then both have begun and ended. */
const SETTLED_MS = 2_000
const RESULTS = new URL('results.md', import.meta.url)

type Sample = { took: number; blocked: number }

/** Runs in the page: what is done, then the frames in which it is painted, then whatever it sets off. */
const MEASURE = `globalThis.measureEdit = async (act) => {
  const blocks = []
  const observer = new PerformanceObserver((list) => blocks.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'longtask' })
  const began = performance.now()
  act()
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  const took = performance.now() - began
  await new Promise((settled) => setTimeout(settled, ${SETTLED_MS}))
  observer.disconnect()
  return { took, blocked: Math.max(0, ...blocks) }
}
globalThis.hitOf = (id) => document.querySelector('.djs-element[data-element-id="' + id + '"] .djs-hit')
globalThis.fire = (target, type, options = {}) =>
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, ...options }))
globalThis.press = (target, key, options = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }))`

const measure = (page: Page, act: string) => page.evaluate<Sample>(`measureEdit(() => { ${act} })`)
const select = (page: Page, id: string) => page.evaluate(`fire(hitOf('${id}'), 'click')`)

const EDITS: Record<string, (page: Page, id: string) => Promise<Sample>> = {
  append: async (page, id) => {
    await select(page, id)
    await page.locator('.djs-context-pad.open [data-action="append.step"]').dispatchEvent('click')
    await page.locator('.djs-popup [data-id="step-appraise"]').waitFor()
    return measure(page, `fire(document.querySelector('.djs-popup [data-id="step-appraise"]'), 'click')`)
  },
  rename: async (page, id) => {
    await page.evaluate(`fire(hitOf('${id}'), 'dblclick')`)
    const box = page.locator('.djs-direct-editing-content')
    await box.fill(`Tên mới của ${id}`)
    return measure(page, `press(document.querySelector('.djs-direct-editing-content'), 'Enter')`)
  },
  move: async (page, id) => {
    await select(page, id)
    return measure(page, `press(document.querySelector('.djs-container svg'), 'ArrowDown')`)
  },
  undo: (page) => measure(page, `press(document.body, 'z', { ctrlKey: true })`),
}

const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
const sorted = (values: number[]) => [...values].sort((a, b) => a - b)

await prepareUi()
const { hall, url, close } = await openCounterHall()
const { page } = await hall.as('phantich')
const analyst = await openDesk(url, DEMO_PASSWORD).as('phantich')
const { versions } = await analyst.get(`/api/studio/procedures/${CODE}`)
const draft = await analyst.post('/api/studio/drafts', {
  code: CODE,
  from: { version: versions[0].id },
  title: 'Sơ đồ lớn',
})
const { bpmn, steps } = largeDrawing(elements, `p${CODE.replace('.', '')}`)
const { definition } = draft.source
const step = definition.steps.Appraise
await analyst.put(`/api/studio/drafts/${draft.id}`, {
  revision: draft.revision,
  changes: {
    bpmn,
    definition: {
      ...definition,
      steps: Object.fromEntries(
        steps.map((id, n) => [id, { ...step, name: { vi: `Bước số ${n}`, en: `Step ${n}` } }]),
      ),
      waits: {},
      allotments: Object.fromEntries(
        Object.keys(definition.allotments).map((key) => [
          key,
          Object.fromEntries(steps.slice(0, 40).map((id) => [id, { value: 1, unit: 'working-hour' }])),
        ]),
      ),
    },
  },
})
await page.goto(`/thiet-ke/ban-thao/${draft.id}/so-do`)
await page.locator(`.djs-element[data-element-id="${steps.at(-1)}"]`).waitFor({ state: 'attached' })
await page.getByRole('button', { name: /\d+ (lỗi|cảnh báo)|Không có lỗi/ }).waitFor({ timeout: 60_000 })
await page.evaluate(MEASURE)
const drawn = await page.locator('.djs-element[data-element-id]:not([data-element-id$="_label"])').count()

const table: Record<string, Record<string, number>> = {}
for (const [name, edit] of Object.entries(EDITS)) {
  const samples: Sample[] = []
  for (let round = 0; round < rounds; round++)
    samples.push(await edit(page, steps[Math.floor((steps.length * (round + 0.5)) / rounds)]!))
  const took = sorted(samples.map((sample) => sample.took))
  const blocked = sorted(samples.map((sample) => sample.blocked))
  table[name] = {
    'median ms': Math.round(at(took, 0.5)),
    'p95 ms': Math.round(at(took, 0.95)),
    'blocked, median ms': Math.round(at(blocked, 0.5)),
    'blocked, p95 ms': Math.round(at(blocked, 0.95)),
  }
}
await close()

console.log(`${drawn} elements, ${rounds} rounds`)
console.table(table)
if (!existsSync(RESULTS)) writeFileSync(RESULTS, '# What the benches have measured\n')
const day = new Date().toISOString().slice(0, 10)
appendFileSync(
  RESULTS,
  [
    '',
    `## bench:edit, ${day}: ${drawn} elements, ${rounds} rounds, goal ${GOAL_MS} ms`,
    '',
    `| edit | ${Object.keys(Object.values(table)[0]!).join(' | ')} |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...Object.entries(table).map(([name, row]) => `| ${name} | ${Object.values(row).join(' | ')} |`),
    '',
  ].join('\n'),
)
if (Object.values(table).some((row) => row['p95 ms']! > GOAL_MS)) process.exitCode = 1
process.exit()
