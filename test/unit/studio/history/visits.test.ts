import fc from 'fast-check'
import { buildCalendar } from '../../../../src/calendar/calendar.ts'
import { sampleHours } from '../../../../src/calendar/hours.ts'
import { shippedDays } from '../../../../src/calendar/shipped.ts'
import { atLegal } from '../../../../src/clock.ts'
import { painSentence, percent } from '../../../../src/studio/heatmap/words.ts'
import {
  afterWork,
  axisOfCalendar,
  instantOf,
  minuteOf,
  workedBetween,
} from '../../../../src/studio/history/axis.ts'
import { type Piece, visitsOf } from '../../../../src/studio/history/visits.ts'

const calendar = buildCalendar(shippedDays, sampleHours)
const axis = axisOfCalendar(calendar, '2026-10-26', '2027-02-28')
const at = (text: string) => atLegal(text.slice(0, 10), text.slice(11))

it('counts working time as the calendar does, forwards and back again', () => {
  const minute = fc.integer({ min: 0, max: 50 * 1440 }).map((n) => minuteOf(at('2026-11-01 00:00')) + n)
  fc.assert(
    fc.property(minute, minute, fc.integer({ min: 1, max: 5000 }), (from, to, amount) => {
      const [a, b] = from <= to ? [from, to] : [to, from]
      expect(workedBetween(axis, a, b)).toBe(calendar.workingMinutesBetween(instantOf(a), instantOf(b)))
      expect(afterWork(axis, a, amount)).toBe(minuteOf(calendar.addWorkingMinutes(instantOf(a), amount)))
    }),
    { numRuns: 300 },
  )
})

const piece = (elementId: string, from: string, to: string | null, more: Partial<Piece> = {}): Piece => ({
  elementId,
  taskId: elementId || null,
  unitId: 'unit',
  personId: null,
  ofApplicant: false,
  from: at(from),
  to: to === null ? null : at(to),
  actedElsewhereAt: null,
  role: 'officer',
  outcome: null,
  rolesOfActor: null,
  ...more,
})
const visits = (...pieces: Piece[]) => visitsOf(pieces, () => axis, at('2026-11-04 09:00'))

it('what nobody had claimed is waiting, what somebody had is work', () => {
  const [visit] = visits(
    piece('Sign', '2026-11-02 08:00', '2026-11-02 10:00'),
    piece('Sign', '2026-11-02 10:00', '2026-11-02 11:00', { personId: 'x', outcome: 'signed' }),
  )
  expect(visit).toMatchObject({ work: 60, wait: 120, outcome: 'signed' })
})

it('while its person acted on something else it waited: nobody works on two things at once', () => {
  const [visit] = visits(
    piece('Appraise', '2026-11-02 08:00', '2026-11-02 11:00', {
      personId: 'x',
      actedElsewhereAt: at('2026-11-02 10:30'),
    }),
  )
  expect(visit).toMatchObject({ work: 30, wait: 150 })
})

it('the applicant’s time and a wait are nobody’s work', () => {
  const [visit] = visits(
    piece('AwaitSupplement', '2026-11-02 08:00', '2026-11-02 11:00', {
      ofApplicant: true,
      taskId: null,
      personId: 'x',
    }),
  )
  expect(visit).toMatchObject({ work: 0, wait: 180 })
})

it('a step that comes again is another stay, and what lies between two steps is waited for the next', () => {
  const found = visits(
    piece('Appraise', '2026-11-02 08:00', '2026-11-02 09:00', { taskId: 'a' }),
    piece('', '2026-11-02 09:00', '2026-11-02 09:10', { taskId: null }),
    piece('Review', '2026-11-02 09:10', '2026-11-02 10:00'),
    piece('Appraise', '2026-11-02 10:00', null, { taskId: 'b' }),
  )
  expect(found.map(({ elementId, wait, to }) => [elementId, wait, to === null])).toEqual([
    ['Appraise', 60, false],
    ['Review', 60, false],
    ['Appraise', 330 + 480 + 90, true],
  ])
})

it('pain in a sentence', () => {
  const worst = { name: { vi: 'Thẩm định', en: 'Appraisal' }, number: 4, share: 0.61 }
  expect(painSentence({ code: '1.013225', lateShare: 0.18, worst })).toEqual({
    vi: '1.013225: trễ 18 %, 61 % thời gian vượt ở bước 4 (Thẩm định)',
    en: '1.013225: 18 % late, 61 % of the overrun in step 4 (Appraisal)',
  })
  expect(painSentence({ code: '1', lateShare: 0, worst: null }).vi).toBe('1: trễ 0 %')
  expect([0.0432, 0.1, 0.999, 1].map((share) => percent(share, 'vi'))).toEqual([
    '4,3 %',
    '10 %',
    '100 %',
    '100 %',
  ])
})
