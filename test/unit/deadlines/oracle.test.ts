import fc from 'fast-check'
import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { addDays, type CalendarDay } from '../../../src/calendar/day.ts'
import { officeWeek, type Span } from '../../../src/calendar/hours.ts'
import { fromLegalMinute, toLegalMinute } from '../../../src/clock.ts'
import { computeDue } from '../../../src/deadlines/due.ts'
import type { LimitUnit } from '../../../src/deadlines/limit.ts'
import { type OracleCalendar, oracleBetween, oracleCalendar, oracleDue, oracleWalk } from './oracle.ts'
import { at, calendar, rulesAt } from './world.ts'

const RUNS = Number(process.env.ORACLE_RUNS ?? 3000)

const minutes = (from: string, to: string) =>
  fc.integer({ min: toLegalMinute(at(from)), max: toLegalMinute(at(to)) })

const spans: fc.Arbitrary<[number, LimitUnit]> = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constant<LimitUnit>('working-day')),
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constant<LimitUnit>('working-hour')),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.constant<LimitUnit>('half-day')),
  fc.tuple(fc.integer({ min: 1, max: 90 }), fc.constant<LimitUnit>('calendar-day')),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constant<LimitUnit>('month')),
  fc.tuple(fc.constant(1), fc.constant<LimitUnit>('same-day')),
)

test('the naive oracle agrees on random dossiers of 2021–2026', () => {
  fc.assert(
    fc.property(minutes('2021-01-01 00:00', '2026-08-20 23:59'), spans, (received, [value, unit]) => {
      const receivedAt = fromLegalMinute(received)
      const { dueAt } = computeDue({
        calendar,
        rules: rulesAt(receivedAt),
        receivedAt,
        limit: { value, unit },
      })
      expect(toLegalMinute(dueAt)).toBe(oracleDue(oracleCalendar, received, value, unit))
    }),
    { numRuns: RUNS },
  )
})

test('the naive oracle agrees on working minutes, forwards and between', () => {
  fc.assert(
    fc.property(
      minutes('2021-01-01 00:00', '2026-11-20 23:59'),
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 1, max: 2400 }),
      (from, length, count) => {
        const to = from + length
        const between = calendar.workingMinutesBetween(fromLegalMinute(from), fromLegalMinute(to))
        expect(between).toBe(oracleBetween(oracleCalendar, from, to))
        const walked = calendar.addWorkingMinutes(fromLegalMinute(from), count)
        expect(toLegalMinute(walked)).toBe(oracleWalk(oracleCalendar, from, count))
      },
    ),
    { numRuns: Math.ceil(RUNS / 10) },
  )
})

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

test('the oracle agrees on invented calendars and working hours', () => {
  const invented = fc.record({
    off: fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 25 }),
    edges: fc.uniqueArray(fc.integer({ min: 300, max: 1300 }), { minLength: 4, maxLength: 4 }),
  })
  fc.assert(
    fc.property(
      invented,
      minutes('2025-01-01 00:00', '2025-05-31 23:59'),
      spans,
      ({ off, edges }, received, [value, unit]) => {
        const [a, b, c, d] = edges.toSorted((x, y) => x - y) as [number, number, number, number]
        const sessions: OracleCalendar['sessions'] = [
          [a, b],
          [c, d],
        ]
        const total = b - a + d - c
        fc.pre(total % 2 === 0 && total >= 120)
        const dates = off.map((index) => addDays('2025-01-01', index))
        const days = dates.map(
          (date): CalendarDay => ({
            date,
            name: { vi: 'nghỉ' },
            kind: 'holiday',
            source: 'test',
            verified: false,
          }),
        )
        const hours = sessions.map(([from, to]): Span => [clock(from), clock(to)])
        const own = buildCalendar(
          days,
          [{ validFrom: null, week: officeWeek(hours), source: 'test', verified: false }],
          { decidedYears: [2025, 2026] },
        )
        const oracle = { off: new Set(dates), on: new Set<string>(), sessions }
        const receivedAt = fromLegalMinute(received)
        const { dueAt } = computeDue({
          calendar: own,
          rules: rulesAt(receivedAt),
          receivedAt,
          limit: { value, unit },
        })
        expect(toLegalMinute(dueAt)).toBe(oracleDue(oracle, received, value, unit))
      },
    ),
    { numRuns: Math.ceil(RUNS / 10) },
  )
})
