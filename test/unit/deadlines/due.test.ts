import { formatLegal } from '../../../src/calendar/format.ts'
import { isoLegal } from '../../../src/clock.ts'
import { computeDue, handOverBy, onlineFiledAt, silenceFits, silenceOf } from '../../../src/deadlines/due.ts'
import {
  chooseLimit,
  DeadlineInputError,
  type Limit,
  type LimitUnit,
  limitText,
  spanMinutes,
} from '../../../src/deadlines/limit.ts'
import { milestones } from '../../../src/deadlines/milestones.ts'
import { at, calendar, due, limit, rulesAt } from './world.ts'

describe('the three 15:00 rules', () => {
  const handOver = (received: string) =>
    isoLegal(handOverBy({ calendar, rules: rulesAt(at(received)), receivedAt: at(received) }))

  test.each([
    ['2026-11-02 14:59', '2026-11-02T17:00+07:00', 'the same day'],
    ['2026-11-02 15:00', '2026-11-02T17:00+07:00', '15:00:00 is not after'],
    ['2026-11-02 15:01', '2026-11-03T07:30+07:00', 'next morning'],
    ['2026-11-06 15:01', '2026-11-09T07:30+07:00', 'Monday morning'],
    ['2026-11-07 09:00', '2026-11-09T07:30+07:00', 'received on a day off'],
    ['2026-02-13 16:00', '2026-02-23T07:30+07:00', 'after Tết'],
  ])('handOver: received %s, handed over by %s (%s)', (received, by) => expect(handOver(received)).toBe(by))

  test('handOver: one second after 15:00 is after', () => {
    const receivedAt = new Date(at('2026-11-02 15:00').getTime() + 1000)
    expect(isoLegal(handOverBy({ calendar, rules: rulesAt(receivedAt), receivedAt }))).toBe(
      '2026-11-03T07:30+07:00',
    )
  })

  test('sameDayResult: after 15:00 form 01 is required, before it only on request', () => {
    expect(due('2026-11-02 15:00', 1, 'same-day').form01).toBe('on-request')
    expect(due('2026-11-02 15:01', 1, 'same-day').form01).toBe('required')
    const second = new Date(at('2026-11-02 15:00').getTime() + 1000)
    const late = computeDue({
      calendar,
      rules: rulesAt(second),
      receivedAt: second,
      limit: limit(1, 'same-day'),
    })
    expect(isoLegal(late.dueAt)).toBe('2026-11-03T17:00+07:00')
  })

  test.each([
    ['2026-11-02 16:59', '2026-11-02T16:59+07:00'],
    ['2026-11-02 17:00', '2026-11-02T17:00+07:00'],
    ['2026-11-02 17:01', '2026-11-03T08:00+07:00'],
    ['2026-11-06 20:00', '2026-11-09T08:00+07:00'],
    ['2026-11-08 10:00', '2026-11-09T08:00+07:00'],
  ])('onlineFiled: filed %s counts as filed %s', (filed, counts) => {
    const filedAt = at(filed)
    expect(isoLegal(onlineFiledAt({ calendar, rules: rulesAt(filedAt), filedAt }))).toBe(counts)
  })
})

describe('the moments before a due date', () => {
  // received | limit | warnAt | apologyStartAt | apologyBy | why
  test.each<[string, number, LimitUnit, string, string, string, string]>([
    [
      '2026-11-02 09:10',
      7,
      'working-day',
      'T2 09/11/2026 17:00',
      'T3 10/11/2026 13:00',
      'T3 10/11/2026 17:00',
      'due Wednesday',
    ],
    [
      '2026-11-02 09:10',
      5,
      'working-day',
      'T5 05/11/2026 17:00',
      'T6 06/11/2026 13:00',
      'T6 06/11/2026 17:00',
      'due Monday: Friday',
    ],
    [
      '2026-11-10 09:00',
      10,
      'working-day',
      'T6 20/11/2026 17:00',
      'T2 23/11/2026 13:00',
      'T2 23/11/2026 17:00',
      'the story',
    ],
    [
      '2026-02-10 09:00',
      4,
      'working-day',
      'T5 12/02/2026 17:00',
      'T6 13/02/2026 13:00',
      'T6 13/02/2026 17:00',
      'due after Tết: before it',
    ],
    [
      '2026-11-02 09:10',
      1,
      'working-day',
      'T2 02/11/2026 09:10',
      'T2 02/11/2026 13:00',
      'T2 02/11/2026 17:00',
      'warned on receipt',
    ],
    [
      '2026-11-02 17:30',
      1,
      'working-day',
      'T3 03/11/2026 15:00',
      'T3 03/11/2026 15:00',
      'T3 03/11/2026 17:00',
      'no working moment left before',
    ],
    [
      '2026-11-02 09:10',
      8,
      'working-hour',
      'T2 02/11/2026 16:40',
      'T2 02/11/2026 16:40',
      'T3 03/11/2026 09:10',
      'hours: at the due time',
    ],
    [
      '2026-11-02 08:00',
      1,
      'same-day',
      'T2 02/11/2026 15:00',
      'T2 02/11/2026 15:07',
      'T2 02/11/2026 17:00',
      'same day: at the due time',
    ],
    [
      '2026-11-02 16:30',
      1,
      'working-hour',
      'T2 02/11/2026 16:30',
      'T3 03/11/2026 07:45',
      'T3 03/11/2026 08:00',
      'never before receipt',
    ],
    [
      '2026-11-02 09:10',
      12,
      'calendar-day',
      'T5 12/11/2026 17:00',
      'T6 13/11/2026 13:00',
      'T6 13/11/2026 17:00',
      'calendar days alike',
    ],
  ])('%s, %i %s: warned %s, apology from %s, by %s (%s)', (received, value, unit, warn, start, by) => {
    const { dueAt, countFrom } = due(received, value, unit)
    const startedAt = at(received)
    const times = milestones({ calendar, rules: rulesAt(startedAt), unit, startedAt, countFrom, dueAt })
    expect(formatLegal(times.warnAt, 'vi')).toBe(warn)
    expect(formatLegal(times.apologyStartAt, 'vi')).toBe(start)
    expect(formatLegal(times.apologyBy, 'vi')).toBe(by)
  })

  test('the apology starts as soon as the allotments left no longer fit', () => {
    const { dueAt, countFrom } = due('2026-11-02 09:10', 7, 'working-day')
    const startedAt = at('2026-11-02 09:10')
    const start = (allotmentsLeft: number) =>
      isoLegal(
        milestones({
          calendar,
          rules: rulesAt(startedAt),
          unit: 'working-day',
          startedAt,
          countFrom,
          dueAt,
          allotmentsLeft,
        }).apologyStartAt,
      )
    expect(start(0)).toBe('2026-11-10T13:00+07:00')
    expect(start(3 * 480)).toBe('2026-11-09T07:30+07:00')
    expect(start(30 * 480)).toBe('2026-11-02T09:10+07:00')
  })
})

describe('silence of a consulted body', () => {
  const dueAt = at('2026-11-24 17:00')
  const apologyBy = at('2026-11-23 17:00')
  const silence = (sent: string, value: number, unit: Limit['unit']) =>
    silenceOf({ calendar, rules: rulesAt(at(sent)), sentAt: at(sent), limit: limit(value, unit) })

  test('the twelve calendar days of 1.013225 sent on the 11th are over after the 23rd', () => {
    const { answerBy, effectiveAt } = silence('2026-11-11 09:00', 12, 'calendar-day')
    expect(formatLegal(answerBy, 'vi')).toBe('T2 23/11/2026 17:00')
    expect(formatLegal(effectiveAt, 'vi')).toBe('T3 24/11/2026 00:00')
  })

  test('they do not leave the time the following steps need: the apology is offered on sending', () => {
    const { effectiveAt } = silence('2026-11-11 09:00', 12, 'calendar-day')
    const fits = silenceFits({ calendar, effectiveAt, stepsAfterMinutes: 720, dueAt, apologyBy })
    expect(fits).toEqual({ fits: false, offerApology: true, minutesLeft: -240 })
  })

  test('a silence known only after apologyBy offers the apology though the steps would fit', () => {
    const { effectiveAt } = silence('2026-11-11 09:00', 12, 'calendar-day')
    const fits = silenceFits({ calendar, effectiveAt, stepsAfterMinutes: 240, dueAt, apologyBy })
    expect(fits).toEqual({ fits: true, offerApology: true, minutesLeft: 240 })
  })

  test('a consultation in good time needs no apology', () => {
    const { effectiveAt } = silence('2026-11-11 09:00', 3, 'working-day')
    const fits = silenceFits({ calendar, effectiveAt, stepsAfterMinutes: 720, dueAt, apologyBy })
    expect(fits).toMatchObject({ fits: true, offerApology: false })
  })

  test('a limit in hours is silent from its very end', () => {
    const { answerBy, effectiveAt } = silence('2026-11-11 09:00', 8, 'working-hour')
    expect(effectiveAt).toEqual(answerBy)
  })
})

describe('limits', () => {
  const rows: Limit[] = [
    { value: 10, unit: 'working-day' },
    { value: 7, unit: 'working-day', case: 'house' },
    { value: 8, unit: 'working-day', channel: 'POSTAL' },
    { value: 9, unit: 'working-day', case: 'house', channel: 'POSTAL' },
  ]

  test.each([
    [{}, 10],
    [{ case: 'house' }, 7],
    [{ channel: 'POSTAL' }, 8],
    [{ case: 'house', channel: 'POSTAL' }, 9],
    [{ case: 'other', channel: 'ONLINE' }, 10],
  ] as const)('for %j the limit of %i days decides', (want, value) =>
    expect(chooseLimit(rows, want)?.value).toBe(value),
  )

  test('no limit is chosen for a case that none names', () => {
    expect(chooseLimit([{ value: 7, unit: 'working-day', case: 'house' }], { case: 'other' })).toBeUndefined()
  })

  test.each([
    [0, 'working-day', 'limit.value'],
    [-3, 'working-day', 'limit.value'],
    [2.5, 'working-day', 'limit.value'],
    [Number.NaN, 'working-day', 'limit.value'],
    [1e9, 'calendar-day', 'limit.value'],
    [0.123, 'working-hour', 'limit.value'],
    [2, 'same-day', 'limit.value'],
    [3, 'week', 'limit.unit'],
  ])('%p %s is refused with its field', (value, unit, field) => {
    const compute = () => due('2026-11-02 09:10', value, unit as Limit['unit'])
    expect(compute).toThrow(DeadlineInputError)
    expect(compute).toThrow(field)
  })

  test('an impossible instant is refused', () => {
    const receivedAt = new Date('nonsense')
    expect(() =>
      computeDue({
        calendar,
        rules: rulesAt(at('2026-11-02 09:00')),
        receivedAt,
        limit: limit(1, 'working-day'),
      }),
    ).toThrow('receivedAt')
  })

  test('limits and allotments in words and minutes', () => {
    expect(limitText({ value: 7, unit: 'working-day' })).toEqual({
      vi: '7 ngày làm việc',
      en: '7 working days',
    })
    expect(limitText({ value: 0.5, unit: 'working-hour' }).vi).toBe('0,5 giờ làm việc')
    expect(limitText({ value: 1, unit: 'same-day' }).vi).toBe('trong ngày')
    expect(spanMinutes({ value: 0.25, unit: 'working-day' }, 480)).toBe(120)
    expect(spanMinutes({ value: 1, unit: 'half-day' }, 480)).toBe(240)
    expect(() => spanMinutes({ value: 1, unit: 'month' }, 480)).toThrow('allotment.unit')
  })
})
