import fc from 'fast-check'
import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { addDays, dayNumber } from '../../../src/calendar/day.ts'
import { sampleHours } from '../../../src/calendar/hours.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'
import { fromLegalMinute, legalDay, toLegalMinute } from '../../../src/clock.ts'
import { computeDue } from '../../../src/deadlines/due.ts'
import type { LimitUnit } from '../../../src/deadlines/limit.ts'
import { milestones } from '../../../src/deadlines/milestones.ts'
import { applyEvents, type LegalEvent, remainingMinutes } from '../../../src/deadlines/modes.ts'
import { at, calendar, limit, rulesAt } from './world.ts'

const instant = fc
  .integer({ min: toLegalMinute(at('2021-01-01 00:00')), max: toLegalMinute(at('2026-09-30 23:59')) })
  .map(fromLegalMinute)
const length = fc.integer({ min: 0, max: 30 * 1440 })
const unit = fc.constantFrom<LimitUnit>('working-day', 'working-hour', 'half-day', 'calendar-day', 'month')
const value = fc.integer({ min: 1, max: 20 })
const workingUnit = fc.constantFrom<LimitUnit>('working-day', 'working-hour', 'half-day', 'same-day')

const later = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000)
const dueOf = (receivedAt: Date, count: number, of: LimitUnit, on = calendar) =>
  computeDue({ calendar: on, rules: rulesAt(receivedAt), receivedAt, limit: limit(count, of) })
const paused = (receivedAt: Date, count: number, of: LimitUnit, events: LegalEvent[]) =>
  applyEvents({
    calendar,
    rules: rulesAt(receivedAt),
    mode: 'PAUSE',
    receivedAt,
    limit: limit(of === 'same-day' ? 1 : count, of),
    events,
  })

test('a later receipt is never due earlier', () => {
  fc.assert(
    fc.property(instant, length, value, unit, (receivedAt, wait, count, of) => {
      const first = dueOf(receivedAt, count, of).dueAt.getTime()
      expect(dueOf(later(receivedAt, wait), count, of).dueAt.getTime()).toBeGreaterThanOrEqual(first)
    }),
    { numRuns: 1500 },
  )
})

test('a longer limit is never due earlier, and in working units always later', () => {
  fc.assert(
    fc.property(instant, value, unit, (receivedAt, count, of) => {
      const difference =
        dueOf(receivedAt, count + 1, of).dueAt.getTime() - dueOf(receivedAt, count, of).dueAt.getTime()
      const least = of === 'calendar-day' ? 0 : 1
      expect(difference).toBeGreaterThanOrEqual(least)
    }),
    { numRuns: 1500 },
  )
})

test('a pause moves the end by exactly its working time', () => {
  fc.assert(
    fc.property(instant, value, workingUnit, length, length, (receivedAt, count, of, before, wait) => {
      const asked = later(receivedAt, before)
      const complete = later(asked, wait)
      const without = paused(receivedAt, count, of, []).lastDueAt
      const withPause = paused(receivedAt, count, of, [
        { at: asked, kind: 'asked' },
        { at: complete, kind: 'complete' },
      ]).lastDueAt
      expect(calendar.workingMinutesBetween(without, withPause)).toBe(
        calendar.workingMinutesBetween(asked, complete),
      )
    }),
    { numRuns: 1000 },
  )
})

test('splitting a pause in two changes nothing', () => {
  fc.assert(
    fc.property(instant, value, unit, length, length, length, (receivedAt, count, of, a, b, c) => {
      const [asked, middle] = [later(receivedAt, a), later(receivedAt, a + b)]
      const complete = later(middle, c)
      const event = (when: Date, kind: LegalEvent['kind']) => ({ at: when, kind })
      const whole = paused(receivedAt, count, of, [event(asked, 'asked'), event(complete, 'complete')])
      const halves = paused(receivedAt, count, of, [
        event(asked, 'asked'),
        event(middle, 'complete'),
        event(middle, 'asked'),
        event(complete, 'complete'),
      ])
      expect(halves.lastDueAt).toEqual(whole.lastDueAt)
    }),
    { numRuns: 700 },
  )
})

test('a restart is due exactly as a dossier received at the completion', () => {
  fc.assert(
    fc.property(instant, value, unit, length, length, (receivedAt, count, of, before, wait) => {
      const asked = later(receivedAt, before)
      const complete = later(asked, wait)
      const { lastDueAt } = applyEvents({
        calendar,
        rules: rulesAt(receivedAt),
        mode: 'RESTART',
        receivedAt,
        limit: limit(count, of),
        events: [
          { at: asked, kind: 'asked' },
          { at: complete, kind: 'complete' },
        ],
      })
      expect(lastDueAt).toEqual(dueOf(complete, count, of).dueAt)
    }),
    { numRuns: 700 },
  )
})

test('one more day off moves only the dates that count it, and those by one working day', () => {
  const working = fc.integer({ min: -10, max: 40 })
  fc.assert(
    fc.property(instant, value, working, (receivedAt, count, offset) => {
      const day = addDays(legalDay(receivedAt), offset)
      fc.pre(calendar.explain(day).why === 'working')
      const changed = buildCalendar(
        [
          ...shippedDays,
          { date: day, name: { vi: 'nghỉ' }, kind: 'holiday', source: 'test', verified: false },
        ],
        sampleHours,
      )
      const before = dueOf(receivedAt, count, 'working-day')
      const after = dueOf(receivedAt, count, 'working-day', changed)
      const counts = offset > 0 && day <= legalDay(before.dueAt)
      const expected = counts
        ? calendar.closeOfWork(calendar.nextWorkingDay(legalDay(before.dueAt)))
        : before.dueAt
      expect(after.dueAt).toEqual(expected)
      if (!counts) expect(after.proof).toEqual(before.proof)
    }),
    { numRuns: 500 },
  )
})

test('a day off that the proof does not name moves nothing, whatever the unit', () => {
  const around = fc.integer({ min: -5, max: 60 })
  fc.assert(
    fc.property(instant, value, unit, around, (receivedAt, count, of, offset) => {
      const day = addDays(legalDay(receivedAt), offset)
      fc.pre(calendar.explain(day).why === 'working')
      const before = dueOf(receivedAt, count, of)
      const named = before.proof.lines.some((line) => line.day === day && line.kind !== 'received')
      fc.pre(!named)
      expect(dueOf(receivedAt, count, of, calendar.ifOff(day)).dueAt).toEqual(before.dueAt)
    }),
    { numRuns: 700 },
  )
})

test('a limit counted in two parts, the second from the end of the first, ends on the same day', () => {
  fc.assert(
    fc.property(instant, value, value, (receivedAt, first, second) => {
      const whole = dueOf(receivedAt, first + second, 'working-day').dueAt
      const half = dueOf(receivedAt, first, 'working-day').dueAt
      expect(dueOf(half, second, 'working-day').dueAt).toEqual(whole)
    }),
    { numRuns: 700 },
  )
})

test('working minutes add up, whatever the seconds of the boundary', () => {
  fc.assert(
    fc.property(instant, length, length, fc.integer({ min: 0, max: 59_999 }), (from, a, b, ms) => {
      const middle = new Date(later(from, a).getTime() + ms)
      const to = later(from, a + b + 1)
      const parts = calendar.workingMinutesBetween(from, middle) + calendar.workingMinutesBetween(middle, to)
      expect(parts).toBe(calendar.workingMinutesBetween(from, to))
      expect(calendar.workingMinutesBetween(to, from)).toBe(-calendar.workingMinutesBetween(from, to))
    }),
    { numRuns: 1500 },
  )
})

test('adding working minutes is undone by measuring and by taking them back', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 6000 }), (from, count) => {
      const to = calendar.addWorkingMinutes(from, count)
      expect(calendar.workingMinutesBetween(from, to)).toBe(count)
      expect(calendar.workingMinutesBetween(calendar.addWorkingMinutes(to, -count), to)).toBe(count)
    }),
    { numRuns: 1500 },
  )
})

test('warning, start of the apology, apologyBy and due date follow each other', () => {
  const left = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined })
  fc.assert(
    fc.property(instant, value, unit, left, (startedAt, count, of, allotmentsLeft) => {
      const { dueAt, countFrom } = dueOf(startedAt, count, of)
      const times = milestones({
        calendar,
        rules: rulesAt(startedAt),
        unit: of,
        startedAt,
        countFrom,
        dueAt,
        ...(allotmentsLeft === undefined ? {} : { allotmentsLeft }),
      })
      const { warnAt, apologyStartAt, apologyBy } = times
      expect(warnAt.getTime()).toBeGreaterThanOrEqual(startedAt.getTime())
      expect(warnAt.getTime()).toBeLessThanOrEqual(apologyBy.getTime())
      expect(apologyStartAt.getTime()).toBeGreaterThanOrEqual(startedAt.getTime())
      expect(apologyStartAt.getTime()).toBeLessThanOrEqual(apologyBy.getTime())
      expect(apologyBy.getTime()).toBeLessThanOrEqual(dueAt.getTime())
      expect(apologyBy.getTime()).toBeGreaterThan(startedAt.getTime())
    }),
    { numRuns: 1000 },
  )
})

test('the proof names every day from receipt to due, counted as often as the limit says', () => {
  fc.assert(
    fc.property(instant, value, (receivedAt, count) => {
      const { dueAt, proof, limitMinutes } = dueOf(receivedAt, count, 'working-day')
      const days = proof.lines.filter(({ kind }) => kind === 'counted' || kind === 'skipped')
      expect(days.filter(({ counted }) => counted)).toHaveLength(count)
      expect(days).toHaveLength(dayNumber(legalDay(dueAt)) - dayNumber(legalDay(receivedAt)))
      expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
      expect(days.every(({ source }) => source !== '')).toBe(true)
      expect(limitMinutes).toBe(count * 480)
      expect(JSON.parse(JSON.stringify(proof))).toEqual(proof)
    }),
    { numRuns: 700 },
  )
})

test('an undecided day is warned of exactly when it would move the date', () => {
  const around = fc
    .integer({ min: toLegalMinute(at('2026-10-20 00:00')), max: toLegalMinute(at('2026-11-30 23:59')) })
    .map(fromLegalMinute)
  fc.assert(
    fc.property(around, value, unit, (receivedAt, count, of) => {
      fc.pre(of !== 'month')
      const { dueAt, proof } = dueOf(receivedAt, count, of)
      const off = dueOf(receivedAt, count, of, calendar.ifOff('2026-11-24')).dueAt
      expect(proof.warnings.map(({ day }) => day)).toEqual(
        off.getTime() === dueAt.getTime() ? [] : ['2026-11-24'],
      )
    }),
    { numRuns: 700 },
  )
})

test('while a clock stands still its remaining time does not change', () => {
  fc.assert(
    fc.property(instant, value, length, length, (receivedAt, count, before, wait) => {
      const asked = later(receivedAt, before)
      const state = paused(receivedAt, count, 'working-day', [{ at: asked, kind: 'asked' }])
      expect(state.dueAt).toBeNull()
      expect(remainingMinutes(calendar, state, later(asked, wait))).toBe(
        remainingMinutes(calendar, state, asked),
      )
    }),
    { numRuns: 300 },
  )
})
