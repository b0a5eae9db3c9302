import fc from 'fast-check'
import { feelFault } from '../../../ui/src/studio/panels/model/feel.ts'
import {
  addRule,
  moveRule,
  readTable,
  removeRule,
  setCell,
  setColumnLabel,
  setDescription,
} from '../../../ui/src/studio/panels/model/table.ts'
import { tryTable } from '../../../ui/src/studio/panels/model/try-table.ts'
import { readXml, writeXml, XmlError } from '../../../ui/src/studio/panels/model/xml.ts'
import { sourceOf, sources } from './sources.ts'

const words = fc.string({ unit: 'grapheme', maxLength: 60 })

describe.each(sources)('the routing table of %s', (_name, { dmn, bpmn, definition }) => {
  const table = readTable(dmn)

  test('is written as it was read, the diagram too', () => {
    expect(writeXml(readXml(dmn))).toBe(dmn)
    expect(writeXml(readXml(bpmn))).toBe(bpmn)
  })

  test('asks for procedure, place and case and answers agency and unit, in cells that are FEEL', () => {
    expect(table.inputs.map((each) => each.expression)).toEqual(['procedure', 'place', 'case'])
    expect(table.outputs.map((each) => each.expression)).toEqual(['agency', 'unit'])
    for (const rule of table.rules) {
      expect(rule.inputs.map((cell) => feelFault(cell, 'UnaryTests'))).toEqual([null, null, null])
      expect(rule.outputs.map((cell) => feelFault(cell, 'Expression'))).toEqual([null, null])
    }
  })

  test('is the same text again after a cell, a description or a label was changed and changed back', () => {
    fc.assert(
      fc.property(words, (typed) => {
        const cell = { rule: 0, side: 'inputs', column: 2 } as const
        const there = setCell(dmn, cell, typed)
        expect(readTable(there).rules[0]!.inputs[2]).toBe(typed)
        const back = setCell(there, cell, table.rules[0]!.inputs[2]!)
        const described = setDescription(back, 0, typed)
        expect(readTable(described).rules[0]!.description).toBe(typed)
        const labelled = setColumnLabel(
          setDescription(described, 0, table.rules[0]!.description),
          'outputs',
          1,
          typed,
        )
        expect(readTable(labelled).outputs[1]!.label).toBe(typed)
        expect(setColumnLabel(labelled, 'outputs', 1, table.outputs[1]!.label)).toBe(dmn)
      }),
      { numRuns: 40 },
    )
  })

  test('is the same text again after a rule was added, moved to the front and back, and taken away', () => {
    const more = addRule(dmn, { inputs: ['', '"T00.X01"', '-'], outputs: ['"T00.X01"', '"T00.X01.VP"'] })
    const last = table.rules.length
    expect(readTable(more).rules[last]).toMatchObject({ inputs: ['', '"T00.X01"', '-'] })
    const front = moveRule(more, last, 0)
    expect(readTable(front).rules[0]!.outputs).toEqual(['"T00.X01"', '"T00.X01.VP"'])
    expect(removeRule(moveRule(front, 0, last), last)).toBe(dmn)
  })

  test('sends a dossier of the last commune to that commune, or to the agency it names', () => {
    const facts = { procedure: definition.code as string, place: 'T00.X36', case: 'house' }
    const cases = (definition.cases as { key: string }[]).map(({ key }) => key)
    const tried = tryTable(table, { ...facts, case: cases[0]! })
    expect(tried).toMatchObject({ state: 'matched' })
    expect(tryTable(table, { ...facts, case: cases[0]!, place: 'T00.X37' })).toEqual({ state: 'none' })
  })
})

test('the first rule that fits answers, with its values worked out', () => {
  const { dmn } = sourceOf('1.013225')
  const more = moveRule(
    addRule(dmn, {
      inputs: ['-', 'not("T00.X02")', '"house"'],
      outputs: ['if place = "T00.X01" then "T00.S02" else place', '"T00.S02.CM"'],
    }),
    1,
    0,
  )
  const ask = (place: string, kind: string) =>
    tryTable(readTable(more), { procedure: '1.013225', place, case: kind })
  expect(ask('T00.X01', 'house')).toEqual({
    state: 'matched',
    rule: 0,
    outputs: { agency: 'T00.S02', unit: 'T00.S02.CM' },
  })
  expect(ask('T00.X02', 'house')).toEqual({
    state: 'matched',
    rule: 1,
    outputs: { agency: 'T00.X02', unit: 'T00.X02.KT' },
  })
  expect(ask('T00.X01', 'other')).toMatchObject({ rule: 1 })
})

test('what only the engine can work out is said to be so, and a pattern without end is not tried', () => {
  const { dmn } = sourceOf('1.013225')
  for (const cell of ['some x in [1] satisfies x = ?', 'matches(?, "(a+)+$")', 'unknown(?)']) {
    const table = readTable(setCell(dmn, { rule: 0, side: 'inputs', column: 1 }, cell))
    expect(
      tryTable(table, { procedure: '1.013225', place: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', case: 'house' }),
    ).toMatchObject({
      state: 'beyond',
      rule: 0,
    })
  }
})

test.each(['"a', 'place +', '"a",,"b"', 'matches(?, "x"'])('%s is no FEEL', (cell) => {
  expect(feelFault(cell, 'UnaryTests') ?? feelFault(cell, 'Expression')).not.toBeNull()
})

test.each(['<a><b></a>', '<a>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a b="1></a>'])(
  '%s is no table, and the line is named',
  (xml) => {
    expect(() => readTable(xml)).toThrow(XmlError)
    expect(() => readTable(xml)).toThrow('1')
  },
)
