import fc from 'fast-check'
import { fromLegalMinute, toLegalMinute } from '../../../src/clock.ts'
import { type Allotment, checkAllotments, spareMinutes, stepDue } from '../../../src/deadlines/allotment.ts'
import { applyEvents, type LegalEvent } from '../../../src/deadlines/modes.ts'
import {
  checkTiling,
  type HoldingInterval,
  type LedgerLine,
  ledgerOf,
  varianceSentence,
} from '../../../src/deadlines/variance.ts'
import { at, calendar, due, limit, rulesAt } from './world.ts'

const interval = (holder: string, step: string, from: string, to: string, more = {}): HoldingInterval => ({
  holder,
  step,
  round: 1,
  from: at(from),
  to: at(to),
  ...more,
})
const roundOf = (received: string, days: number) => {
  const { countFrom, dueAt } = due(received, days, 'working-day')
  return { number: 1, startedAt: at(received), countFrom, dueAt }
}
const brief = (line: LedgerLine) => [line.kind, line.step, line.used, line.allotted, line.variance]

// Received Mon 2/11, five working days: due Mon 9/11; appraised until Wed 11 09:30, signed by 10:30.
const late = ledgerOf({
  calendar,
  round: roundOf('2026-11-02 09:10', 5),
  intervals: [
    interval('một cửa', 'Tiếp nhận', '2026-11-02 09:10', '2026-11-03 09:30'),
    interval('chuyên viên', 'Thẩm định', '2026-11-03 09:30', '2026-11-11 09:30'),
    interval('lãnh đạo', 'Ký', '2026-11-11 09:30', '2026-11-11 10:30'),
  ],
  allotments: [
    { step: 'Tiếp nhận', minutes: 240 },
    { step: 'Thẩm định', minutes: 1440 },
    { step: 'Ký', minutes: 240 },
  ],
  leadHolder: 'Phòng KT-HT',
  until: at('2026-11-11 10:30'),
})

test('each interval has its signed variance, and the sum is finish − due', () => {
  expect(late.lines.map(brief)).toEqual([
    ['receipt-day', 'ngày nhận, không tính', 0, 0, 0],
    ['interval', 'Tiếp nhận', 120, 240, -120],
    ['interval', 'Thẩm định', 2880, 1440, 1440],
    ['interval', 'Ký', 60, 240, -180],
    ['spare', 'dự phòng', 0, 480, -480],
  ])
  expect(late).toMatchObject({ sum: 660, finishMinusDue: 660, balanced: true })
})

test('the rest of the day of receipt is shown and counted to nobody', () => {
  expect(late.lines[0]).toMatchObject({
    from: at('2026-11-02 09:10'),
    to: at('2026-11-03 00:00'),
    notCounted: 380,
  })
  expect(late.lines[1]).toMatchObject({ used: 120, notCounted: 380 })
})

test('the auditor reads it in one sentence, overruns first', () => {
  const name = (line: LedgerLine) => ({
    vi: line.kind === 'spare' ? line.step : `bước ${line.step}`,
    en: line.step,
  })
  expect(varianceSentence(late, name, 480).vi).toBe(
    'Trễ 1 ngày 3 giờ LV: bước Thẩm định vượt 3 ngày LV; bước Tiếp nhận tiết kiệm 2 giờ LV; bước Ký tiết kiệm 3 giờ LV; dự phòng tiết kiệm 1 ngày LV',
  )
})

test.each([
  ['at the close of work of the due day is on time', '17:00', 'Đúng hạn', 'On time'],
  ['after hours of the due day is late', '18:30', 'Trễ, sau giờ làm việc của ngày hẹn', 'Late, after hours'],
])('a finish %s', (_, time, vi, en) => {
  const until = at(`2026-11-09 ${time}`)
  const ledger = ledgerOf({
    calendar,
    round: roundOf('2026-11-02 09:10', 5),
    intervals: [interval('chuyên viên', 'Thẩm định', '2026-11-02 09:10', `2026-11-09 ${time}`)],
    allotments: [{ step: 'Thẩm định', minutes: 2400 }],
    leadHolder: 'Phòng',
    until,
  })
  expect(ledger.finishMinusDue).toBe(0)
  const sentence = varianceSentence(ledger, ({ step }) => ({ vi: step, en: step }), 480)
  expect(sentence.vi.startsWith(vi)).toBe(true)
  expect(sentence.en?.startsWith(en)).toBe(true)
})

test('sending back adds to the earlier step’s use, and its saving appears once', () => {
  const ledger = ledgerOf({
    calendar,
    round: roundOf('2026-11-02 09:10', 5),
    intervals: [
      interval('một cửa', 'Tiếp nhận', '2026-11-02 09:10', '2026-11-03 07:30'),
      interval('chuyên viên', 'Thẩm định', '2026-11-03 07:30', '2026-11-03 11:30'),
      interval('lãnh đạo', 'Ký', '2026-11-03 13:00', '2026-11-03 15:00'),
      interval('chuyên viên', 'Thẩm định', '2026-11-03 15:00', '2026-11-04 11:30'),
      interval('lãnh đạo', 'Ký', '2026-11-04 13:00', '2026-11-04 14:00'),
    ],
    allotments: [
      { step: 'Thẩm định', minutes: 480 },
      { step: 'Ký', minutes: 90 },
      { step: 'Văn thư', minutes: 60, holder: 'văn thư' },
    ],
    leadHolder: 'Phòng',
    until: at('2026-11-04 14:00'),
  })
  expect(ledger.lines.slice(2).map(brief)).toEqual([
    ['interval', 'Thẩm định', 240, 240, 0],
    ['interval', 'Ký', 120, 90, 30],
    ['interval', 'Thẩm định', 360, 240, 120],
    ['interval', 'Ký', 60, 0, 60],
    ['unused-step', 'Văn thư', 0, 60, -60],
    ['spare', 'dự phòng', 0, 1770, -1770],
  ])
  expect(ledger.balanced).toBe(true)
})

test('allotments that promise more than the limit leave a negative spare', () => {
  expect(
    spareMinutes(480, [
      { step: 'a', minutes: 300 },
      { step: 'b', minutes: 240 },
    ]),
  ).toBe(-60)
})

test('a step’s own end is counted from when its holder has the dossier', () => {
  const countFrom = at('2026-11-03 00:00')
  expect(stepDue(calendar, at('2026-11-02 09:10'), countFrom, 240)).toEqual(at('2026-11-03 11:30'))
  expect(stepDue(calendar, at('2026-11-03 10:00'), countFrom, 240)).toEqual(at('2026-11-03 15:30'))
})

test.each<[string, Allotment[], string]>([
  [
    'a step twice',
    [
      { step: 'a', minutes: 1 },
      { step: 'a', minutes: 1 },
    ],
    'allotments[1].step',
  ],
  ['negative minutes', [{ step: 'a', minutes: -1 }], 'allotments[0].minutes'],
  ['half a minute', [{ step: 'a', minutes: 0.5 }], 'allotments[0].minutes'],
])('allotments with %s are refused', (_, rows, field) => expect(() => checkAllotments(rows)).toThrow(field))

test.each<[string, [string, string | null][], string]>([
  [
    'a gap',
    [
      ['08:00', '09:00'],
      ['09:01', '10:00'],
    ],
    'intervals[1].from',
  ],
  [
    'an overlap',
    [
      ['08:00', '09:00'],
      ['08:59', '10:00'],
    ],
    'intervals[1].from',
  ],
  [
    'a running interval in the middle',
    [
      ['08:00', null],
      ['09:00', '10:00'],
    ],
    'intervals[1].from',
  ],
  ['an end before the beginning', [['08:00', '07:00']], 'intervals[0].to'],
])('a line with %s does not tile', (_, times, field) => {
  const line = times.map(([from, to]) => ({
    ...interval('x', 'y', `2026-11-02 ${from}`, '2026-11-02 23:00'),
    to: to === null ? null : at(`2026-11-02 ${to}`),
  }))
  expect(() => checkTiling(line)).toThrow(field)
})

test('a ledger with a gap is out of balance', () => {
  const round = roundOf('2026-11-02 09:10', 5)
  const intervals = [
    interval('một cửa', 'a', '2026-11-02 09:10', '2026-11-03 09:00'),
    interval('một cửa', 'a', '2026-11-03 10:00', '2026-11-05 09:00'),
  ]
  const ledger = ledgerOf({
    calendar,
    round,
    intervals,
    allotments: [],
    leadHolder: 'x',
    until: at('2026-11-05 09:00'),
  })
  expect(ledger).toMatchObject({ balanced: false })
  expect(ledger.finishMinusDue - ledger.sum).toBe(60)
})

type Part = { length: number; step: string; stop: boolean }

/** A life made of parts that tile it; a part that stops is a wait for the applicant. */
function history(received: number, parts: Part[], restart: boolean) {
  const events: LegalEvent[] = []
  const intervals: HoldingInterval[] = []
  let minute = received
  let round = 1
  for (const { length, step, stop } of parts) {
    const [from, to] = [fromLegalMinute(minute), fromLegalMinute(minute + length)]
    if (stop) events.push({ at: from, kind: 'asked' }, { at: to, kind: 'complete' })
    intervals.push({ holder: `giữ ${step}`, step, round, from, to, excluded: stop })
    if (stop && restart) round++
    minute += length
  }
  const until = fromLegalMinute(minute)
  return { events: [...events, { at: until, kind: 'finished' } as const], intervals, until }
}

const parts = fc.array(
  fc.record({
    length: fc.integer({ min: 0, max: 6 * 1440 }),
    step: fc.constantFrom('tiếp nhận', 'thẩm định', 'ký', 'văn thư'),
    stop: fc.boolean(),
  }),
  { minLength: 1, maxLength: 10 },
)
const allotments = fc.uniqueArray(
  fc.record({
    step: fc.constantFrom('tiếp nhận', 'thẩm định', 'ký', 'văn thư', 'trả'),
    minutes: fc.integer({ min: 0, max: 1500 }),
  }),
  { selector: ({ step }) => step },
)
const received = fc.integer({
  min: toLegalMinute(at('2021-01-01 00:00')),
  max: toLegalMinute(at('2026-06-30 23:59')),
})

test.each(['PAUSE', 'RESTART'] as const)(
  'on generated histories in mode %s the variances sum to finish − due, and the allotments to the limit',
  (mode) => {
    fc.assert(
      fc.property(
        received,
        parts,
        allotments,
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (start, life, given, value, hours) => {
          const { events, intervals, until } = history(start, life, mode === 'RESTART')
          const receivedAt = fromLegalMinute(start)
          const state = applyEvents({
            calendar,
            rules: rulesAt(receivedAt),
            mode,
            receivedAt,
            limit: limit(value, hours ? 'working-hour' : 'working-day'),
            events,
          })
          expect(() => checkTiling(intervals)).not.toThrow()
          const round = state.rounds.at(-1)!
          const ledger = ledgerOf({
            calendar,
            round,
            intervals,
            allotments: given,
            leadHolder: 'chủ trì',
            until,
          })
          const lines = ledger.lines.filter(({ kind }) => kind !== 'receipt-day')
          expect(ledger.sum).toBe(ledger.finishMinusDue)

          // Independently of the ledger: what was allotted is the limit itself, but for a pause that took
          // time out of the day of receipt, which did not count anyway.
          const onReceiptDay = intervals
            .filter(({ excluded, round: number }) => excluded && number === round.number)
            .reduce((sum, { from, to }) => {
              const cut = Math.min(to!.getTime(), round.countFrom.getTime())
              return sum + (cut > from.getTime() ? calendar.workingMinutesBetween(from, new Date(cut)) : 0)
            }, 0)
          const total = lines.reduce((sum, { allotted }) => sum + allotted, 0)
          expect(total).toBe(value * (hours ? 60 : 480) + onReceiptDay)
        },
      ),
      { numRuns: 600 },
    )
  },
)
