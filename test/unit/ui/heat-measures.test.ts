import { levelOf, stepOf } from '../../../ui/src/studio/heatmap/measures.ts'

const DAY = 480

it.each([
  ['131 working days', 131 * DAY, 30 * DAY],
  ['125 working days', 125 * DAY, 25 * DAY],
  ['26 days 5 hours 57 minutes', 26 * DAY + 357, 6 * DAY],
  ['a day and a half', 1.5 * DAY, 2.5 * 60],
  ['47 minutes', 47, 10],
])('a legend up to %s goes in round figures', (_words, most, step) => {
  expect(stepOf(most, 'overrun')).toBe(step)
})

it('visits go in whole numbers, nothing has no step, and the hottest has a level of its own', () => {
  expect(stepOf(7, 'visits')).toBe(2)
  expect(stepOf(0, 'wait')).toBe(0)
  expect(levelOf(10, 0)).toBe(0)
  for (let most = 1; most < 200_000; most = Math.ceil(most * 1.37)) {
    for (const measure of ['overrun', 'visits'] as const) {
      const step = stepOf(most, measure)
      expect(step * 5).toBeGreaterThanOrEqual(most)
      expect(levelOf(most, step)).toBe(Math.ceil(most / step))
      expect(Number.isInteger(step)).toBe(true)
    }
  }
})
