import { join } from 'node:path'
import { jest } from '@jest/globals'
import { verify } from '../../../src/audit/verify.ts'
import { addDays, type LegalDay } from '../../../src/calendar/day.ts'
import { atLegal, legalDay } from '../../../src/clock.ts'
import { rebuildProjection } from '../../../src/engine/index.ts'
import { mergedResult } from '../../../src/groups/finish.ts'
import type { ExampleCase, ProcedureDefinition } from '../../../src/procedures/definition.ts'
import { readProcedures } from '../../../src/procedures/folder.ts'
import type { Json } from '../../walk/client.ts'
import { VISITED } from '../visited.ts'
import { file, type Played, playOn, sendLetter } from './play.ts'
import { closeAfter, closeOn, type Stage, setStage, until } from './stage.ts'

// For a hung run only: the story takes as long as the machine takes.
jest.setTimeout(15 * 60_000)

const MADE_UP = 'test/process/made-up/9.000001-xac-nhan-thu'
const procedures = [...(await readProcedures('processes')), ...(await readProcedures('test/process/made-up'))]
type Row = [name: string, example: ExampleCase, definition: ProcedureDefinition]
const examples = procedures.flatMap(({ definition, examples }) =>
  examples.map((example): Row => [`${definition.code}: ${example.name.en}`, example, definition]),
)

/** The new date of an apology, in days after the first Monday: a Friday. */
const NEW_DATE = 25

let stage: Stage
const played = new Map<ExampleCase, Played>()
const ended = new Map<ExampleCase, Json>()

/** The longest stories begin first, so that none is left to play alone at the end. */
const length = ({ walk, children = {} }: ExampleCase) =>
  walk.length + Object.values(children).reduce((sum, part) => sum + part.walk.length, 0)
const longestFirst = examples.toSorted(([, one], [, other]) => length(other) - length(one))

/** A counter has a line: with all of them at once everybody asks more than a small machine answers. */
const AT_ONCE = 24

/** Does the work on each item, so many of them at a time. */
async function atMost<T>(count: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  const hand = async () => {
    for (let item = left.shift(); item; item = left.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: count }, hand))
}

/** Everything as far as it goes without time; then the silence; then the supplement that never came. */
async function playAll(): Promise<void> {
  await atMost(AT_ONCE, longestFirst, async ([, example, definition]) => {
    const one = await file(stage, definition, example)
    played.set(example, one)
    await playOn(stage, one)
  })
  const silent = [...played.values()].filter(({ left }) => left.length > 0)
  // An unpaid dossier was never received: it is closed without a letter of the agency's.
  const waiting = [...played.values()].filter(
    ({ example: { walk } }) => walk.at(-1)?.outcome === 'expired' && walk.at(-1)?.element !== 'AwaitPayment',
  )
  // Where silence comes too late for the due date the apology has begun: the one new date is given before.
  for (const one of silent) {
    const { consultations } = await one.page()
    if (consultations.some((asked: Json) => asked.conflictsWithDue))
      await sendLetter(stage, one, { cause: 'limits-conflict', newDueDay: addDays(stage.monday, NEW_DATE) })
  }
  await stage.goTo(15, '00:01')
  await Promise.all(silent.map((one) => playOn(stage, one)))
  await stage.goTo(30, '17:00')
  for (const one of waiting) await sendLetter(stage, one, {})
}

beforeAll(async () => {
  stage = await setStage(MADE_UP)
  await playAll()
  for (const [example, one] of played)
    ended.set(
      example,
      await until(`the end of “${example.name.en}”`, async () => {
        const page = await one.page()
        const busy = page.tasks.some((task: Json) => !['done', 'cancelled'].includes(task.state))
        return !busy && page.finishedAt !== null && page
      }),
    )
})
afterAll(() => stage.strike())

/** What the end of a walk means for a dossier. */
function endOf({ walk, children }: ExampleCase, definition: ProcedureDefinition) {
  const outcomes = walk.map((step) => step.outcome)
  if (outcomes.includes('expired')) return { state: 'closed', result: null }
  if (walk.some((step) => step.element === 'Receive' && step.outcome === 'refused'))
    return { state: 'refused', result: null }
  if (children) {
    const granted = (key: string) => children[key]?.walk.every((step) => step.outcome !== 'denied')
    const results = definition.children.map(({ key }) => (granted(key) ? 'granted' : null))
    return { state: 'returned', result: mergedResult(results) }
  }
  return { state: 'returned', result: outcomes.includes('denied') ? 'denied' : 'granted' }
}

/** The letters that leave the house on a walk, in order. */
function lettersOf({ walk, case: key }: ExampleCase, { steps, limits }: ProcedureDefinition): string[] {
  // A result of the same day goes without a receipt: it was received in the morning.
  const sameDay = limits.some((limit) => limit.case === key && limit.committed.unit === 'same-day')
  const after: Record<string, string> = {
    ...(!sameDay && { 'Receive:received': 'receipt' }),
    'Receive:refused': 'refusal',
    'SendSupplement:sent': 'supplement',
    'AwaitSupplement:expired': 'closing',
    'ReceiveSupplement:received': 'receipt',
  }
  return walk.flatMap(({ element, outcome }) =>
    steps[element]?.outcomes[outcome]?.promises.some((name) =>
      ['result.number', 'group.notice'].includes(name),
    )
      ? 'result'
      : (after[`${element}:${outcome}`] ?? []),
  )
}

it.each(examples)('%s: walked by the people to the end that its file says', (_name, example, definition) => {
  expect(ended.get(example)).toMatchObject(endOf(example, definition))
})

it.each(examples)(
  '%s: due after the working days of its limit, counted from the last receipt',
  (_name, example, definition) => {
    const page = ended.get(example)
    const { committed } = definition.limits.find((limit) => limit.case === example.case)!
    const ofDays =
      ({ value, unit }: { value: number; unit: string }) =>
      (day: LegalDay) =>
        unit === 'calendar-day' ? closeOn(day, value) : closeAfter(day, unit === 'same-day' ? 0 : value)
    const first = ofDays(committed.split?.first ?? committed)
    const received: LegalDay[] = page.history
      .filter((entry: Json) => ['Receive:received', 'ReceiveSupplement:received'].includes(entry.act))
      .map((entry: Json) => legalDay(new Date(entry.at)))
    const clocks = page.clocks.filter((clock: Json) => clock.kind === 'dossier')
    // Behind the proof of payment a second appointment is counted from that day.
    const again = committed.split ? clocks.slice(received.length) : []
    expect(clocks.map((clock: Json) => clock.dueAt)).toEqual([
      ...received.map((day) => first(day).toISOString()),
      ...again.map((clock: Json) =>
        ofDays(committed.split!.second)(legalDay(new Date(clock.startedAt))).toISOString(),
      ),
    ])
    if (committed.split)
      expect(again).toHaveLength(example.walk.some(({ element }) => element === 'AwaitTax') ? 1 : 0)
    expect(clocks.filter((clock: Json) => clock.endedAt === null)).toEqual([])
  },
)

it.each(examples)('%s: its letters left the house, each with its number', (_name, example, definition) => {
  const left = ended
    .get(example)
    .letters.filter((letter: Json) => letter.state === 'delivered' && letter.kind !== 'apology')
  expect(left.map((letter: Json) => letter.kind)).toEqual(lettersOf(example, definition))
  for (const letter of left)
    expect(letter).toMatchObject({ numberText: expect.stringMatching(/^\d+\//), hasFile: true })
})

it.each(examples)('%s: somebody held it at every instant from filing to its end', (_name, example) => {
  const page = ended.get(example)
  const line = page.holdings.filter((one: Json) => one.track === 'accountable')
  expect(line[0].fromAt).toBe(page.filedAt)
  expect(line.slice(1).map((one: Json) => one.fromAt)).toEqual(line.slice(0, -1).map((one: Json) => one.toAt))
  expect(line.at(-1).toAt).toBe(page.returnedAt ?? page.finishedAt)
  expect(page.holdings.filter((one: Json) => one.toAt === null)).toEqual([])
})

it.each(examples)(
  '%s: its instance passed the steps and waits of its file, each task with its panel, to the end it names',
  async (_name, example, { steps, waits }) => {
    const { id } = played.get(example)!
    const passed = await stage.rows<{ element_id: string; form: string | null }>(VISITED, [id])
    const shown = (element: string) => steps[element]?.form && `${steps[element].form}:${id}`
    expect(passed.filter(({ element_id }) => steps[element_id] || waits[element_id])).toEqual(
      example.walk.map(({ element }) => ({ element_id: element, form: shown(element) ?? null })),
    )
    expect(passed.at(-1)?.element_id).toBe(example.ends)
  },
)

it.each(examples)('%s: each step of the walk stands in the ledger, in order', (_name, example) => {
  const line = ended.get(example).holdings.filter((one: Json) => one.track === 'accountable')
  const steps = line.map((one: Json) => one.elementId).filter((id: string) => id !== '')
  const once = steps.filter((id: string, n: number) => id !== steps[n - 1])
  expect(once).toEqual(example.walk.map((step) => step.element))
})

it('where silence came too late, the one new date was given in time and kept', () => {
  const late = [...ended.values()].filter((page) =>
    page.consultations.some((one: Json) => one.outcome === 'silent' && one.conflictsWithDue),
  )
  expect(late.map((page) => page.procedure.code).sort()).toEqual(['1.001193', '1.013225'])
  for (const page of late) {
    const apologies = page.letters.filter((letter: Json) => letter.kind === 'apology')
    expect(apologies.map((letter: Json) => letter.state)).toEqual(['delivered'])
    const newDate = atLegal(addDays(stage.monday, NEW_DATE), '17:00')
    expect(page.reappointedDueAt).toBe(newDate.toISOString())
    expect(new Date(page.finishedAt).getTime()).toBeLessThan(newDate.getTime())
  }
})

it('the books of numbers have no gap', async () => {
  const rows = await stage.rows<{ series: string; last: number; numbers: number[] }>(
    `select s.series, s.last, array_agg(l.number order by l.number) as numbers
       from letter_series s join letter l on l.series = s.series and l.number_year = s.year group by 1, 2`,
  )
  expect(rows.length).toBeGreaterThan(4)
  for (const { numbers, last } of rows) expect(numbers).toEqual(Array.from({ length: last }, (_, n) => n + 1))
})

it('every instance has ended, no incident and no refused command is left', async () => {
  await until('the watches to end', async () => {
    const [row] = await stage.rows<{ n: number }>(
      `select count(*)::int as n from engine_instance where state = 'active'`,
    )
    return row?.n === 0
  })
  expect(await stage.rows('select * from engine_incident')).toEqual([])
  expect(await stage.rows('select * from outbox where settled_at is null and withdrawn_at is null')).toEqual(
    [],
  )
  expect(await stage.rows('select * from alarm where handled_at is null')).toEqual([])
})

it('the audit trail is whole', async () => {
  expect(await verify(stage.db, stage.config.dataDir)).toMatchObject({ ok: true })
})

it('the projection made anew from the record archive is the one that the stream made', async () => {
  await stage.stop()
  const before = await projection()
  const { records } = await rebuildProjection(stage.db, join(stage.config.dataDir, 'records'), 1)
  expect(records).toBeGreaterThan(1000)
  expect(await projection()).toEqual(before)
})

async function projection() {
  const tables = ['instance', 'element', 'flow', 'job', 'variable', 'user_task', 'incident']
  const all = tables.map((table) => stage.rows(`select * from engine_${table} t order by t::text`))
  return Object.fromEntries((await Promise.all(all)).map((rows, n) => [tables[n], rows]))
}
