/**
 * How long an edit of a large drawing takes in the Studio, in a real browser with the rules checking in their worker:
 * `npm run bench:edit [-- elements rounds]`. From the act to the next painted frame, in ms and in CPU of the page's thread, and
 * the longest piece of work that blocked the page until the drawing was written and checked. The figures are appended to results.md.
 */
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { openCounterHall } from '../browser/support/counter-hall.ts'
import { openDesk } from '../walk/desk.ts'
import { largeDrawing } from './drawing.ts'
import { loadNow, record } from './results.ts'

const [elements = 500, rounds = 12] = process.argv.slice(2).map(Number)
const GOAL_MS = 200
const CODE = '1.013225'
/** The drawing is written 400 ms after an edit and checked 300 ms later; by then both have begun and ended. */
const SETTLED_MS = 2_000

/** ms: from the act to its painted frame; the longest block until all is quiet; CPU of the page's thread, for the edit and for what follows. */
type Sample = { took: number; blocked: number; cpu: number; after: number }

/** Runs in the page: what is done, then the frames in which it is painted, then whatever it sets off. */
const MEASURE = `globalThis.measureEdit = async (act) => {
  const blocks = []
  const observer = new PerformanceObserver((list) => blocks.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'longtask' })
  const began = performance.now()
  act()
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))
  const took = performance.now() - began
  return {
    took,
    settle: async () => {
      await new Promise((settled) => setTimeout(settled, ${SETTLED_MS}))
      observer.disconnect()
      return Math.max(0, ...blocks)
    },
  }
}
globalThis.placeOf = (id) => document.querySelector('.djs-shape[data-element-id="' + id + '"]').getAttribute('transform')
globalThis.steps = () => document.querySelectorAll('.djs-shape').length
globalThis.hitOf = (id) => document.querySelector('.djs-element[data-element-id="' + id + '"] .djs-hit')
globalThis.fire = (target, type, options = {}) =>
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, ...options }))
globalThis.press = (target, key, options = {}) =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, keyCode: key === 'Enter' ? 13 : 0, bubbles: true, cancelable: true, ...options }),
  )`

type Cpu = () => Promise<number>
/** CPU that the page's own thread has used so far, in ms: what a busy machine does not lengthen much. */
async function cpuOf(page: Page): Promise<Cpu> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
  }
}

/** Does something in the page and measures it; `changed`, a look at the drawing, must differ after it. */
async function measure(page: Page, cpu: Cpu, act: string, changed: string): Promise<Sample> {
  const look = () => page.evaluate(changed)
  const before = await look()
  const begun = await cpu()
  const took = await page.evaluate<number>(
    `measureEdit(() => { ${act} }).then(({ took, settle }) => { globalThis.settle = settle; return took })`,
  )
  const edited = await cpu()
  const blocked = await page.evaluate<number>('settle()')
  const sample = { took, blocked, cpu: edited - begun, after: (await cpu()) - edited }
  if ((await look()) === before) throw new Error(`nothing was changed by ${act}`)
  return sample
}
const select = (page: Page, id: string) => page.evaluate(`fire(hitOf('${id}'), 'click')`)

const EDITS: Record<string, (page: Page, cpu: Cpu, id: string) => Promise<Sample>> = {
  // Taken with the mouse and carried; what is measured is the drop.
  move: async (page, cpu, id) => {
    const box = (await page.locator(`.djs-shape[data-element-id="${id}"] .djs-hit`).first().boundingBox())!
    const [x, y] = [box.x + 20, box.y + box.height - 20]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 30, y + 20, { steps: 8 })
    await page.locator('.djs-drag-group .djs-dragger').first().waitFor({ state: 'attached' })
    const drop = `fire(document.elementFromPoint(${x + 30}, ${y + 20}), 'mouseup', { clientX: ${x + 30}, clientY: ${y + 20} })`
    const sample = await measure(page, cpu, drop, `placeOf('${id}')`)
    await page.mouse.up()
    return sample
  },
  append: async (page, cpu, id) => {
    await select(page, id)
    await page.locator('.djs-context-pad.open [data-action="append.step"]').dispatchEvent('click')
    const entry = '.djs-popup [data-id="step-appraise"]'
    await page.locator(entry).waitFor()
    return measure(page, cpu, `fire(document.querySelector('${entry}'), 'click')`, 'steps()')
  },
  rename: async (page, cpu, id) => {
    await page.evaluate(`fire(hitOf('${id}'), 'dblclick')`)
    const box = '.djs-direct-editing-content'
    await page.locator(box).fill(`Tên mới của ${id}`)
    const name = `document.querySelector('.djs-shape[data-element-id="${id}"]').textContent`
    return measure(page, cpu, `press(document.querySelector('${box}'), 'Enter')`, name)
  },
  undo: async (page, cpu, id) => {
    await EDITS.append!(page, cpu, id)
    return measure(page, cpu, `press(document.body, 'z', { ctrlKey: true })`, 'steps()')
  },
}

const at = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const load = loadNow()
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

const cpu = await cpuOf(page)
/** Those that can be taken with the mouse where the drawing is looked at. */
const inSight = await page.evaluate<string[]>(`(() => {
  const canvas = document.querySelector('.djs-container').getBoundingClientRect()
  return ${JSON.stringify(steps)}.filter((id) => {
    const { left, right, top, bottom } = hitOf(id).getBoundingClientRect()
    return left > canvas.left + 120 && right < canvas.right - 120 && top > canvas.top + 20 && bottom < canvas.bottom - 20
  })
})()`)
const table: Record<string, Record<string, number>> = {}
for (const [name, edit] of Object.entries(EDITS)) {
  const samples: Sample[] = []
  const among = name === 'move' ? inSight : steps
  for (let round = 0; round < rounds; round++)
    samples.push(await edit(page, cpu, among[Math.floor((among.length * (round + 0.5)) / rounds)]!))
  const of = (part: keyof Sample) => [...samples.map((sample) => sample[part])].sort((a, b) => a - b)
  table[name] = {
    'median ms': Math.round(at(of('took'), 0.5)),
    'p95 ms': Math.round(at(of('took'), 0.95)),
    'CPU, median ms': Math.round(at(of('cpu'), 0.5)),
    'CPU, p95 ms': Math.round(at(of('cpu'), 0.95)),
    'blocked at the most, median ms': Math.round(at(of('blocked'), 0.5)),
    'CPU afterwards, median ms': Math.round(at(of('after'), 0.5)),
  }
}
await close()

console.log(`${drawn} elements, ${rounds} rounds`)
console.table(table)
record(
  'edit',
  load,
  `${drawn} elements, ${rounds} rounds, goal ${GOAL_MS} ms`,
  Object.entries(table)
    .map(
      ([name, row]) =>
        `${name}: ${Object.entries(row)
          .map(([part, ms]) => `${part} ${ms}`)
          .join(', ')}`,
    )
    .join(' · '),
)
if (Object.values(table).some((row) => row['CPU, p95 ms']! > GOAL_MS)) process.exitCode = 1
process.exit()
