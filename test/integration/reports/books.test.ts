import fc from 'fast-check'
import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { sampleHours } from '../../../src/calendar/hours.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'
import { computeDue } from '../../../src/deadlines/due.ts'
import { rulesOn } from '../../../src/deadlines/rules.ts'
import { booksOf, type LineRow, placeOf, windowOf, worstOf } from '../../../src/reports/books.ts'
import { at } from './scene.ts'

const calendar = buildCalendar(shippedDays, sampleHours)
const rules = rulesOn('2026-11-02')
const receivedAt = at('2026-11-02 09:10')
const committed = { value: 5, unit: 'working-day' } as const
const { dueAt } = computeDue({ calendar, rules, receivedAt, limit: committed })
const clock = { round: 1, startedAt: receivedAt, dueAt, committed }

const row = (n: number, from: Date, to: Date | null, element: string, applicant = false): LineRow => ({
  id: `00000000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`,
  round: 1,
  unit_id: 'unit',
  unit_code: 'KT',
  unit_name: { vi: 'Phòng' },
  person_id: `person ${element}`,
  person_name: element,
  on_behalf: applicant ? 'applicant' : 'holder',
  element_id: element,
  step_name: { vi: element },
  from_at: from,
  to_at: to,
})

const MINUTE = 60_000
const STEPS = ['Assign', 'Appraise', 'Sign', '']
const cuts = fc.array(
  fc.record({ wait: fc.integer({ min: 0, max: 6000 }), step: fc.nat(3), applicant: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 8,
  },
)

test('whoever held it for however long, the variances of a tiled line add up to finish − due', () => {
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 20_000 }), fc.boolean(), (parts, ends, running) => {
      let from = at('2026-11-02 08:00')
      const rows = [row(0, from, receivedAt, 'Receive')]
      from = receivedAt
      parts.forEach(({ wait, step, applicant }, n) => {
        const to = new Date(from.getTime() + wait * MINUTE)
        const last = n === parts.length - 1
        rows.push(row(n + 1, from, last && running ? null : to, STEPS[step] ?? '', applicant))
        from = to
      })
      // The end lies anywhere up to the line's own end; a line still running has none.
      const whole = from.getTime() - receivedAt.getTime()
      const until = new Date(
        receivedAt.getTime() + (running ? ends * MINUTE : Math.min(ends * MINUTE, whole)),
      )
      const window = windowOf(calendar, rules, clock, until)
      const allotments = new Map([
        ['Assign', 120],
        ['Appraise', 1440],
        ['Sign', 240],
      ])
      const books = booksOf({ calendar, clock, window, rows, allotments })
      expect(books.sum).toBe(books.finishMinusDue)
      const end = until < window.countFrom ? window.countFrom : until
      expect(books.finishMinusDue).toBe(calendar.workingMinutesBetween(dueAt, end))
    }),
    { numRuns: 300 },
  )
})

test('an interval is reception, counted, or outside the count', () => {
  const window = windowOf(calendar, rules, clock, at('2026-11-06 10:00'))
  const place = (from: string, to: string | null, applicant = false) =>
    placeOf(row(1, at(from), to ? at(to) : null, 'Appraise', applicant), window)
  expect(place('2026-11-02 08:00', '2026-11-02 09:10')).toBe('before')
  expect(place('2026-11-02 09:10', '2026-11-03 09:10')).toBe('counted')
  expect(place('2026-11-06 10:00', null)).toBe('outside')
  expect(place('2026-11-03 10:00', '2026-11-04 10:00', true)).toBe('outside')
  expect(placeOf(row(1, at('2026-11-02 08:00'), null, 'Receive'), undefined)).toBe('before')
})

test('the largest overrun takes a holder’s intervals of a step together', () => {
  const rows = [
    row(1, at('2026-11-03 07:30'), at('2026-11-03 11:30'), 'Assign'),
    row(2, at('2026-11-03 11:30'), at('2026-11-05 17:00'), 'Sign'),
    row(3, at('2026-11-05 17:00'), at('2026-11-06 11:30'), 'Assign'),
  ]
  const books = booksOf({
    calendar,
    clock,
    window: windowOf(calendar, rules, clock, at('2026-11-06 11:30')),
    rows,
    allotments: new Map([['Sign', 900]]),
  })
  // Assign 240 + 240 without an allotment; Sign 1200 − 900.
  expect(worstOf([books], rows)).toMatchObject({ row: { element_id: 'Assign' }, overrun: 480 })
})
