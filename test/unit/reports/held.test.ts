import { allotmentsHeld } from '../../../src/reports/books.ts'

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const row = (element_id: string, day: number) => ({ element_id, from_at: at(day) })
const now = new Map([
  ['Check', 480],
  ['Sign', 240],
])
const before = [
  {
    until: at(5),
    allotments: new Map([
      ['Appraise', 960],
      ['Sign', 120],
    ]),
  },
]

it('a step is held to what the version of its time gave it, one that nobody has held yet to today’s', () => {
  const held = allotmentsHeld(now, before, [row('Appraise', 2), row('Check', 6)])
  expect([...held].sort()).toEqual([
    ['Appraise', 960],
    ['Check', 480],
    ['Sign', 240],
  ])
  expect(allotmentsHeld(now, before, [row('Sign', 2), row('Sign', 6)]).get('Sign')).toBe(120)
  expect(allotmentsHeld(now, before, [row('Sign', 5)]).get('Sign')).toBe(240)
})

it('a step to which that version gave no time has none, and a dossier that was never moved keeps its table', () => {
  expect(allotmentsHeld(now, before, [row('Check', 2)]).has('Check')).toBe(false)
  expect(allotmentsHeld(now, [], [row('Sign', 2)])).toBe(now)
})
