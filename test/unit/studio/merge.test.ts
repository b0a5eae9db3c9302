import type { ProcedureSource } from '../../../src/studio/source.ts'
import {
  differences,
  firstChoices,
  isDecided,
  merge,
} from '../../../ui/src/studio/workspace/conflict/merge.ts'

const base: ProcedureSource = {
  definition: {
    name: { vi: 'Cấp giấy phép' },
    limits: [{ case: 'house', committed: 10 }],
    steps: { Receive: { role: 'clerk' }, Appraise: { role: 'officer' }, Sign: { role: 'leader' } },
  },
  eform: { schema: { title: 'Đơn' }, groups: [] },
  bpmn: '<a/>',
  dmn: '<d/>',
  results: [],
  examples: [{ name: '01-happy.json', content: { ends: 'Returned' } }],
}
const steps = (source: ProcedureSource) => source.definition.steps as Record<string, unknown>
const withSteps = (
  changed: Record<string, unknown>,
  rest: Partial<ProcedureSource> = {},
): ProcedureSource => ({
  ...base,
  ...rest,
  definition: { ...base.definition, steps: changed as never },
})
const decide = (mine: ProcedureSource, theirs: ProcedureSource, side?: 'mine' | 'theirs') => {
  const found = differences(base, mine, theirs)
  const choices = firstChoices(found)
  for (const { key, by } of found) if (by === 'both' && side) choices[key] = side
  return { found, choices, merged: merge(mine, theirs, found, choices) }
}

describe('a draft that two people changed at once', () => {
  test('keeps both when they changed two different steps', () => {
    const mine = withSteps({ ...steps(base), Receive: { role: 'one-stop-head' } })
    const theirs = withSteps({ ...steps(base), Sign: { role: 'unit-head' } })
    const { found, choices, merged } = decide(mine, theirs)
    expect(isDecided(found, choices)).toBe(true)
    expect(merged.definition.steps).toEqual({
      Receive: { role: 'one-stop-head' },
      Appraise: { role: 'officer' },
      Sign: { role: 'unit-head' },
    })
  })

  test('waits for a choice where both changed the same', () => {
    const mine = { ...base, bpmn: '<mine/>' }
    const theirs = { ...base, bpmn: '<theirs/>' }
    const { found, choices } = decide(mine, theirs)
    expect(found).toEqual([expect.objectContaining({ key: 'bpmn', part: 'diagram', by: 'both' })])
    expect(isDecided(found, choices)).toBe(false)
    expect(merge(mine, theirs, found, { bpmn: 'mine' }).bpmn).toBe('<mine/>')
    expect(merge(mine, theirs, found, { bpmn: 'theirs' }).bpmn).toBe('<theirs/>')
  })

  test('loses a step that one removed only when that side is chosen', () => {
    const { Appraise: _, ...left } = steps(base)
    const mine = withSteps(left)
    const theirs = withSteps({ ...steps(base), Appraise: { role: 'unit-head' } })
    expect(decide(mine, theirs).found).toEqual([
      expect.objectContaining({ key: 'definition.steps.Appraise', by: 'both' }),
    ])
    expect(steps(decide(mine, theirs, 'mine').merged)).toEqual(left)
    expect(steps(decide(mine, theirs, 'theirs').merged).Appraise).toEqual({ role: 'unit-head' })
  })

  test('gets an example that only the other added', () => {
    const added = { name: '02-refused.json', content: { ends: 'Stopped' } }
    const theirs = { ...base, examples: [...base.examples, added] }
    const { merged } = decide({ ...base, dmn: '<mine/>' }, theirs)
    expect(merged.examples).toEqual(theirs.examples)
    expect(merged.dmn).toBe('<mine/>')
  })

  test('asks nothing when both typed the same', () => {
    const changed = { ...base, eform: { ...base.eform, groups: [1] } } as ProcedureSource
    expect(decide(changed, structuredClone(changed)).found).toEqual([])
  })

  test('is wholly the one or the other when every choice is the same', () => {
    const mine = withSteps(
      { Sign: { role: 'leader' }, New: { role: 'clerk' } },
      { bpmn: '<m/>', dmn: '<m/>' },
    )
    const theirs = withSteps(
      { ...steps(base), Other: { role: 'clerk' } },
      { bpmn: '<t/>', examples: [], eform: { schema: {} } },
    )
    const found = differences(base, mine, theirs)
    const all = (side: 'mine' | 'theirs') =>
      merge(mine, theirs, found, Object.fromEntries(found.map(({ key }) => [key, side])))
    expect(all('mine')).toEqual(mine)
    expect(all('theirs')).toEqual(theirs)
  })
})
