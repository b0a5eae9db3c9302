import { formulaOn, points } from '../../../src/index766/formula.ts'

it.each([
  [20, 20, 20, 1, 20],
  [17, 20, 20, 1, 17],
  [1, 3, 20, 1, 6.67],
  [9, 10, 4, 0.8, 4],
  [4, 10, 4, 0.8, 2],
  [0, 10, 20, 1, 0],
])(
  '%d of %d for at most %d points with the target %d gives %d',
  (numerator, denominator, max, target, expected) => {
    expect(points(numerator, denominator, max, target)).toBe(expected)
  },
)

it('without a denominator the points are unknown, never zero', () => {
  expect(points(0, 0, 20, 1)).toBeNull()
})

it('the formula of 2022 has five kinds of groups with 100 points in all, and each indicator is counted or says what it needs', () => {
  const version = formulaOn('2026-11-30')!
  expect(version.groups.reduce((sum, { max }) => sum + max, 0)).toBe(version.total)
  for (const { no, computed, needs } of version.groups.flatMap(({ indicators }) => indicators))
    expect([no, computed || Boolean(needs)]).toEqual([no, true])
  expect(version.groups.find(({ id }) => id === 'G2')?.max).toBe(20)
  expect(formulaOn('2022-07-31')).toBeUndefined()
})
