/**
 * Routing tables on the real broker (8.5.8): the heaviest FEEL that our rules let through ends, and who asks another table
 * meanwhile gets an answer; and the rules call a cell wrong where the broker refuses it. What the rules refuse is not sent.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { loadConfig } from '../../src/config.ts'
import { EngineError, type ThrowAwayEngine, withThrowAwayEngine } from '../../src/engine/index.ts'
import { readFeel } from '../../src/studio/lint/feel.ts'
import { assertHarmless, inspectXml } from '../../src/studio/lint/hostile.ts'
import { hostile } from '../unit/studio/hostile/files.ts'

type Row = { test: string; answer: string }
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const table = (id: string, rows: Row[]) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_${id}" name="Phân tuyến" namespace="urn:mot-cua">
  <decision id="${id}" name="Phân tuyến">
    <decisionTable id="t_${id}" hitPolicy="FIRST">
      <input id="in_${id}"><inputExpression id="ie_${id}" typeRef="string"><text>place</text></inputExpression></input>
      <output id="out_${id}" name="unit" typeRef="string" />
      ${rows
        .map(
          ({ test, answer }, n) =>
            `<rule id="r${n}_${id}"><inputEntry id="i${n}_${id}"><text>${escaped(test)}</text></inputEntry><outputEntry id="o${n}_${id}"><text>${escaped(answer)}</text></outputEntry></rule>`,
        )
        .join('')}
    </decisionTable>
  </decision>
</definitions>`

/** The most of a cell that we accept, filled with one thing again and again. */
const filled = (piece: string, join: string, last = '') => {
  const times = Math.floor((1_000 - last.length) / (piece.length + join.length))
  return Array.from({ length: times }, () => piece).join(join) + last
}
/** Patterns with nearly as many ways as we let through, and what they never match. */
const SLOW = '^[a-z]*[a-z]?[a-z]?[a-z]?x$'
const SEARCHED = '[a-z]+[0-9]'
const LETTERS = 'a'.repeat(1_000)
const CODE = `T00.${'a'.repeat(56)}`

type Heavy = { name: string; rows: Row[]; place: string }
const one = (name: string, test: string, answer = '"T00.X01"', place = LETTERS): Heavy => ({
  name,
  place,
  rows: [{ test, answer }],
})
const HEAVY: Heavy[] = [
  one('a text joined from a hundred and sixty', '-', filled('place', ' + ')),
  one('a pattern of many ways, on a thousand letters', `matches(?, "${SLOW}")`),
  one('a pattern looked for at every letter', `matches(?, "${SEARCHED}")`),
  one('all the patterns that fit into a cell', filled(`matches(?, "${SEARCHED}")`, ' or ')),
  one('twenty brackets around a choice', `${'('.repeat(20)}? = "a"${')'.repeat(20)}`),
  one('ten choices in one another', '-', `${'if place = "a" then "b" else '.repeat(10)}"c"`),
  one('texts cut twenty times', '-', `${'substring('.repeat(18)}place${', 2)'.repeat(18)}`),
  one('a hundred words compared', `list contains([${filled('"bbbbb"', ', ').slice(0, 950)}"], ?)`),
  one('a hundred words in a row', filled('"bbbbb"', ', ')),
  one('numbers multiplied', '-', `if ${filled('99999999', ' * ').slice(0, 877)} > 1 then "a" else "b"`),
  {
    name: 'as many different expressions as a table may have',
    place: CODE,
    rows: Array.from({ length: 50 }, (_, n) => ({
      test: filled(`matches(?, "${SLOW}")`, ' or ', ` or ? = "${n}"`),
      answer: '"T00.X01"',
    })),
  },
  {
    name: 'three thousand rows',
    place: CODE,
    rows: Array.from({ length: 3_000 }, (_, n) => ({ test: `"T00.X${n}"`, answer: '"T00.X01"' })),
  },
]

const folder = mkdtempSync(join(tmpdir(), 'mot-cua-feel-'))
let engine: ThrowAwayEngine
let finish: () => void
let over: Promise<unknown>

beforeAll(async () => {
  const { javaBin, zeebeHome } = loadConfig({ ...process.env, MOTCUA_MODE: 'test' }).embeddedBroker()
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  engine = await new Promise<ThrowAwayEngine>((resolve, reject) => {
    over = withThrowAwayEngine(
      { folder, javaBin, zeebeHome, log: pino({ level: 'silent' }) },
      async (ready) => {
        resolve(ready)
        await held
      },
    )
    over.catch(reject)
  })
  await deploy('light', [{ test: '"T00.X01"', answer: 'place + ".KT"' }])
}, 90_000)
afterAll(async () => {
  finish?.()
  await over
  rmSync(folder, { recursive: true, force: true })
}, 30_000)

/** Sends a table to the broker as publishing would: only what the rules let through. */
const deploy = (id: string, rows: Row[]) =>
  engine.deploy([{ name: `${id}.dmn`, content: assertHarmless(table(id, rows), 'dmn') }])

const wrongIn = (rows: Row[]) =>
  rows.flatMap(({ test, answer }) => [
    readFeel(test, 'UnaryTests').fault,
    readFeel(answer, 'Expression').fault,
  ])

it.each(HEAVY.map((heavy, n) => [heavy.name, heavy, n] as const))(
  '%s: passes the rules, ends, and another table answers',
  async (_name, { rows, place }, n) => {
    expect(wrongIn(rows).filter((fault) => fault !== null)).toEqual([])
    await deploy(`heavy_${n}`, rows)
    // Several at once, as dossiers come.
    const heavy = [1, 2, 3, 4].map(() => engine.client.evaluateDecision(`heavy_${n}`, { place }))
    expect(await engine.client.evaluateDecision('light', { place: 'T00.X01' })).toBe('T00.X01.KT')
    for (const answer of await Promise.all(heavy))
      expect(answer === null || typeof answer === 'string').toBe(true)
  },
  60_000,
)

it('what the rules refuse never comes to the broker', async () => {
  const refused = hostile.filter(({ rule, kind }) => rule === 'feel' && kind === 'dmn')
  expect(refused.length).toBeGreaterThan(8)
  for (const { xml } of refused) expect(() => assertHarmless(xml, 'dmn')).toThrow()
  const rows = [{ test: 'count(for a in 1..9999999 return a) = 1', answer: '"a"' }]
  expect(inspectXml(table('loop', rows), 'dmn').harms.map(({ rule }) => rule)).toEqual(['feel'])
  await expect(async () => deploy('loop', rows)).rejects.toThrow('feel')
})

/** Cells as analysts type them, and whether the broker takes them. */
const CELLS: [side: 'test' | 'answer', text: string, taken: boolean][] = [
  ['test', '"house", "other"', true],
  ['test', '-', true],
  ['test', 'not("T00.X01")', true],
  ['test', 'matches(?, "^T00\\.X(0[1-9]|[12][0-9]|3[0-6])$")', true],
  ['test', 'starts with(?, "T00")', true],
  ['test', '? = "a" or ? = "b"', true],
  ['test', 'list contains(["a", "b"], ?)', true],
  ['test', '"a" "b"', false],
  ['test', '"a",', false],
  ['test', '"a', false],
  ['test', 'not("a"', false],
  ['test', 'matches(?, "a"', false],
  ['answer', 'place + ".KT"', true],
  ['answer', '"T00.A" + substring(place, 6) + ".CM"', true],
  ['answer', 'if place = "T00.X01" then "a" else place', true],
  ['answer', 'place +', false],
  ['answer', 'place KT', false],
  ['answer', 'if place = "a" then "b"', false],
]

it.each(CELLS)('the rules say of the %s %s what the broker says: %s', async (side, text, taken) => {
  const cell = { test: '-', answer: '"a"', [side]: text }
  expect(wrongIn([cell]).every((fault) => fault === null)).toBe(taken)
  const n = CELLS.findIndex(([of, words]) => of === side && words === text)
  const answer = await deploy(`cell_${n}`, [cell]).then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(EngineError)
      return false
    },
  )
  expect(answer).toBe(taken)
})
