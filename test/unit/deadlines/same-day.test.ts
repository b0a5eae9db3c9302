import { buildCalendar } from '../../../src/calendar/calendar.ts'
import { officeWeek, sampleHours } from '../../../src/calendar/hours.ts'
import { shippedDays } from '../../../src/calendar/shipped.ts'
import { isoLegal } from '../../../src/clock.ts'
import { computeDue, handOverBy } from '../../../src/deadlines/due.ts'
import { milestones } from '../../../src/deadlines/milestones.ts'
import { applyEvents } from '../../../src/deadlines/modes.ts'
import { calendar, rulesAt } from './world.ts'

const limit = { value: 1, unit: 'same-day' } as const
const at = (text: string) => new Date(`${text.replace(' ', 'T')}+07:00`)
const shown = (instant: Date) => isoLegal(instant).slice(0, 16).replace('T', ' ')

// Received | due | form 01 | handed over by. 6 November 2026 is a Friday, 13 February 2026 the last working day before Tết.
const table: [string, string, 'required' | 'on-request', string][] = [
  ['2026-11-02 14:59:59', '2026-11-02 17:00', 'on-request', '2026-11-02 17:00'],
  ['2026-11-02 15:00:00', '2026-11-02 17:00', 'on-request', '2026-11-02 17:00'],
  ['2026-11-02 15:01:00', '2026-11-03 17:00', 'required', '2026-11-03 07:30'],
  ['2026-11-06 14:59:00', '2026-11-06 17:00', 'on-request', '2026-11-06 17:00'],
  ['2026-11-06 15:00:00', '2026-11-06 17:00', 'on-request', '2026-11-06 17:00'],
  ['2026-11-06 15:01:00', '2026-11-09 17:00', 'required', '2026-11-09 07:30'],
  ['2026-02-13 14:59:00', '2026-02-13 17:00', 'on-request', '2026-02-13 17:00'],
  ['2026-02-13 15:00:00', '2026-02-13 17:00', 'on-request', '2026-02-13 17:00'],
  ['2026-02-13 15:01:00', '2026-02-23 17:00', 'required', '2026-02-23 07:30'],
  ['2026-11-07 10:00:00', '2026-11-09 17:00', 'required', '2026-11-09 07:30'],
]

it.each(table)('received %s: due %s, form 01 %s, handed over by %s', (received, due, form01, handOver) => {
  const receivedAt = at(received)
  const input = { calendar, rules: rulesAt(receivedAt), receivedAt }
  const count = computeDue({ ...input, limit })
  expect([shown(count.dueAt), count.form01, shown(handOverBy(input))]).toEqual([due, form01, handOver])
})

// Received | warned | apology begun with a quarter left | apology at the latest: the due date itself.
it.each([
  ['2026-11-02 07:30', '2026-11-02 15:00', '2026-11-02 15:00', '2026-11-02 17:00'],
  ['2026-11-02 09:00', '2026-11-02 15:00', '2026-11-02 15:22', '2026-11-02 17:00'],
  ['2026-11-02 14:59', '2026-11-02 15:00', '2026-11-02 16:30', '2026-11-02 17:00'],
  ['2026-11-02 15:00', '2026-11-02 15:00', '2026-11-02 16:30', '2026-11-02 17:00'],
  ['2026-11-02 15:01', '2026-11-03 15:00', '2026-11-03 15:00', '2026-11-03 17:00'],
  ['2026-02-13 15:01', '2026-02-23 15:00', '2026-02-23 15:00', '2026-02-23 17:00'],
])('received %s: warned %s, the apology begun %s, sent by %s', (received, warn, start, by) => {
  const receivedAt = at(received)
  const rules = rulesAt(receivedAt)
  const { dueAt, countFrom } = computeDue({ calendar, rules, receivedAt, limit })
  const found = milestones({ calendar, rules, unit: limit.unit, startedAt: receivedAt, countFrom, dueAt })
  expect([found.warnAt, found.apologyStartAt, found.apologyBy].map(shown)).toEqual([warn, start, by])
})

it('what the later steps still need moves the apology forward, not back', () => {
  const receivedAt = at('2026-11-02 09:00')
  const rules = rulesAt(receivedAt)
  const { dueAt, countFrom } = computeDue({ calendar, rules, receivedAt, limit })
  const start = (allotmentsLeft: number) =>
    shown(
      milestones({
        calendar,
        rules,
        unit: limit.unit,
        startedAt: receivedAt,
        countFrom,
        dueAt,
        allotmentsLeft,
      }).apologyStartAt,
    )
  expect([start(60), start(180)]).toEqual(['2026-11-02 15:22', '2026-11-02 14:00'])
})

// Supplemented: counted anew from the complete papers, by the same rule.
it.each([
  ['2026-11-04 15:00', '2026-11-04 17:00'],
  ['2026-11-04 15:01', '2026-11-05 17:00'],
])('complete %s: due %s', (complete, due) => {
  const receivedAt = at('2026-11-02 09:00')
  const { lastDueAt, proof } = applyEvents({
    calendar,
    rules: rulesAt(receivedAt),
    mode: 'RESTART',
    receivedAt,
    limit,
    events: [
      { kind: 'asked', at: at('2026-11-02 10:00') },
      { kind: 'complete', at: at(complete) },
    ],
  })
  expect(shown(lastDueAt)).toBe(due)
  expect(proof.sentence.vi).toContain('hạn cũ T2 02/11/2026 17:00')
})

describe('a limit in days whose text counts from the next day what comes after 15:00', () => {
  const cutoff = { at: '15:00', source: 'NĐ 63/2024/NĐ-CP Điều 7' }
  const two = { value: 2, unit: 'working-day', cutoff } as const

  // 6 November 2026 is a Friday; what comes on a day off has no hour to be late for.
  it.each([
    ['2026-11-02 15:00:00', '2026-11-04 17:00'],
    ['2026-11-02 15:00:01', '2026-11-05 17:00'],
    ['2026-11-06 15:01:00', '2026-11-11 17:00'],
    ['2026-11-07 16:00:00', '2026-11-10 17:00'],
  ])('received %s: due %s', (received, due) => {
    const receivedAt = at(received)
    const count = computeDue({ calendar, rules: rulesAt(receivedAt), receivedAt, limit: two })
    expect(shown(count.dueAt)).toBe(due)
  })

  it('the proof names the hour with its source, and every day between', () => {
    const receivedAt = at('2026-11-06 15:01')
    const { proof } = computeDue({ calendar, rules: rulesAt(receivedAt), receivedAt, limit: two })
    expect(proof.lines.slice(1, 5).map(({ kind, day }) => [kind, day])).toEqual([
      ['skipped', '2026-11-06'],
      ['skipped', '2026-11-07'],
      ['skipped', '2026-11-08'],
      ['first-day', '2026-11-09'],
    ])
    expect(proof.lines[1]).toMatchObject({ source: cutoff.source })
    expect(proof.sentence.vi).toContain('nhận sau 15:00, tính là nhận ngày làm việc tiếp theo')
  })
})

describe('an agency that closes at noon on Saturday', () => {
  const week = { ...sampleHours[0]!.week, 6: [['07:30', '11:30']] as [string, string][] }
  const saturdays = buildCalendar(shippedDays, [{ ...sampleHours[0]!, week }])

  // 7 November 2026 is a Saturday.
  it.each([
    ['2026-11-07 11:30', '2026-11-07 11:30'],
    ['2026-11-07 12:30', '2026-11-09 17:00'],
    ['2026-11-07 14:59', '2026-11-09 17:00'],
  ])('a result of the same day, received %s, is due %s: never before it was received', (received, due) => {
    const receivedAt = at(received)
    const count = computeDue({
      calendar: saturdays,
      rules: rulesAt(receivedAt),
      receivedAt,
      limit: { value: 1, unit: 'same-day' },
    })
    expect(shown(count.dueAt)).toBe(due)
  })

  it('what comes after it closed is handed over at the next opening', () => {
    const receivedAt = at('2026-11-07 12:30')
    expect(shown(handOverBy({ calendar: saturdays, rules: rulesAt(receivedAt), receivedAt }))).toBe(
      '2026-11-09 07:30',
    )
  })
})

it('half-days of a day with odd minutes end on whole minutes', () => {
  const spans: [string, string][] = [
    ['07:30', '11:15'],
    ['13:00', '17:00'],
  ]
  const uneven = buildCalendar(shippedDays, [{ ...sampleHours[0]!, week: officeWeek(spans) }])
  const receivedAt = at('2026-11-02 07:30')
  const count = computeDue({
    calendar: uneven,
    rules: rulesAt(receivedAt),
    receivedAt,
    limit: { value: 1, unit: 'half-day' },
  })
  expect(count.dueAt.toISOString()).toBe('2026-11-02T06:08:00.000Z')
})
