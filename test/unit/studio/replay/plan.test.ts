import { axisOf } from '../../../../src/studio/history/axis.ts'
import { anyOf, diceOf, drawn, picked } from '../../../../src/studio/replay/dice.ts'
import { delaysOf, type Past, type PastVisit, type Staff } from '../../../../src/studio/replay/past.ts'
import { recordedAnswers } from '../../../../src/studio/replay/plan.ts'
import { monthHistory, permit } from './history.ts'

it('estimates stay within their range, and on average where they should be', () => {
  const mean = (shape: 'triangular' | 'uniform') => {
    const dice = diceOf(1, shape)
    const values = Array.from({ length: 20_000 }, () =>
      drawn({ shape, least: 10, likely: 20, most: 60 }, dice),
    )
    expect(Math.min(...values)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...values)).toBeLessThanOrEqual(60)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  expect(mean('triangular')).toBeCloseTo((10 + 20 + 60) / 3, 0)
  expect(mean('uniform')).toBeCloseTo(35, 0)
  expect(drawn({ shape: 'triangular', least: 5, likely: 5, most: 5 }, diceOf(1, ''))).toBe(5)
})

it('draws by weight, never what has none, and the same again by the same seed', () => {
  const dice = diceOf(3, 'weights')
  const drawnOnes = Array.from({ length: 4000 }, () =>
    picked(['a', 'b', 'c'], (one) => ({ a: 3, b: 1, c: 0 })[one]!, dice),
  )
  expect(drawnOnes).not.toContain('c')
  expect(drawnOnes.filter((one) => one === 'a').length / 4000).toBeCloseTo(0.75, 1)
  const ten = (seed: number) => {
    const again = diceOf(seed, 'x')
    return Array.from({ length: 10 }, () => anyOf([1, 2, 3, 4, 5, 6], again))
  }
  expect(ten(1)).toEqual(ten(1))
  expect(ten(1)).not.toEqual(ten(2))
})

it('every finished dossier of the month went a way that the diagram draws', async () => {
  const { flow } = await permit()
  for (const past of monthHistory().past)
    if (past.ended === 'finished') expect(recordedAnswers(flow, past)).toBeInstanceOf(Map)
})

it('what a dossier waited while everybody was at work is the queue’s, the rest is its own', () => {
  const visit = (from: number, to: number, work: number): PastVisit => ({
    elementId: 'Sign',
    outcome: null,
    pool: 'u/leader',
    from,
    to,
    work,
    wait: to - from - work,
    still: [],
  })
  // From 60 to 160 the only person is at the first; the second waits from 40 to 200.
  const first = visit(50, 160, 100)
  const second = visit(40, 230, 30)
  const past = [first, second].map((one) => ({ visits: [one] }) as unknown as Past)
  const staff = (count: number): Staff[] => [
    {
      key: 'u/leader',
      unit: { vi: 'u' },
      agency: { vi: 'a' },
      agencyId: 'a',
      role: 'leader',
      people: [{ from: 0, count }],
    },
  ]
  const axis = axisOf([{ from: 0, to: 100_000 }])
  const alone = delaysOf(past, staff(1), () => axis)
  expect([alone.get(first), alone.get(second)]).toEqual([10, 60])
  const two = delaysOf(past, staff(2), () => axis)
  expect([two.get(first), two.get(second)]).toEqual([10, 160])
})
