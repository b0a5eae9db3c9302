import { isoLegal } from '../../../src/clock.ts'
import {
  type ApplyInput,
  applyEvents,
  type LegalEvent,
  remainingMinutes,
  supplementCheck,
} from '../../../src/deadlines/modes.ts'
import { at, calendar, limit, rulesAt } from './world.ts'

const RECEIVED = '2026-11-02 09:10'
const event = (kind: LegalEvent['kind'], when: string): LegalEvent => ({ kind, at: at(when) })
const clock = (events: LegalEvent[], more: Partial<ApplyInput> = {}) =>
  applyEvents({
    calendar,
    rules: rulesAt(at(RECEIVED)),
    mode: 'RESTART',
    receivedAt: at(RECEIVED),
    limit: limit(10, 'working-day'),
    events,
    ...more,
  })

test('rounds keep their dates, what ended them and the wait', () => {
  const { rounds, requests, dueAt, lastDueAt } = clock([
    event('asked', '2026-11-05 10:00'),
    event('complete', '2026-11-10 09:00'),
  ])
  expect(rounds[0]).toMatchObject({
    number: 1,
    cause: 'received',
    dueAt: at('2026-11-16 17:00'),
    endedAt: at('2026-11-05 10:00'),
    endedBy: 'asked',
    limitMinutes: 4800,
    stops: [{ kind: 'asked', from: at('2026-11-05 10:00'), to: at('2026-11-10 09:00'), minutes: null }],
  })
  expect(rounds[1]).toMatchObject({ number: 2, cause: 'restarted', startedAt: at('2026-11-10 09:00') })
  expect(requests).toBe(1)
  expect(dueAt).toEqual(lastDueAt)
})

test('a clock that stands still has no date but keeps the last and its remaining time', () => {
  const state = clock([event('asked', '2026-11-12 07:30')])
  expect(state.dueAt).toBeNull()
  expect(state.lastDueAt).toEqual(at('2026-11-16 17:00'))
  expect(state.stopped).toEqual({ kind: 'asked', since: at('2026-11-12 07:30'), remainingMinutes: 3 * 480 })
})

test('remaining time runs down, turns negative when late and stays when finished', () => {
  const running = clock([])
  expect(remainingMinutes(calendar, running, at('2026-11-13 07:30'))).toBe(960)
  expect(remainingMinutes(calendar, running, at('2026-11-17 08:30'))).toBe(-60)
  const finished = clock([event('finished', '2026-11-13 07:30')])
  expect(remainingMinutes(calendar, finished, at('2026-12-31 07:30'))).toBe(960)
})

test('a pausing supplement within an excluded-stage clock moves the first appointment', () => {
  const split = { first: limit(5, 'working-day'), second: limit(3, 'working-day') }
  const events = [event('asked', '2026-11-04 10:00'), event('complete', '2026-11-05 10:00')]
  const more = { mode: 'EXCLUDED-STAGE', limit: { ...limit(8, 'working-day'), split } } as const
  expect(isoLegal(clock(events, more).lastDueAt)).toBe('2026-11-12T17:00+07:00')
  expect(isoLegal(clock(events, { ...more, supplements: 'PAUSE' }).lastDueAt)).toBe('2026-11-10T17:00+07:00')
})

test.each<[string, LegalEvent[], string]>([
  ['before the receipt', [event('asked', '2026-11-02 09:00')], 'events[0].at'],
  [
    'out of order',
    [event('asked', '2026-11-05 10:00'), event('complete', '2026-11-04 10:00')],
    'events[1].at',
  ],
  ['complete without a request', [event('complete', '2026-11-05 10:00')], 'events[0].kind'],
  ['resumed without an exclusion', [event('resumed', '2026-11-05 10:00')], 'events[0].kind'],
  [
    'asked while waiting',
    [event('asked', '2026-11-05 10:00'), event('asked', '2026-11-06 10:00')],
    'events[1].kind',
  ],
  [
    'the wrong end of a stop',
    [event('asked', '2026-11-05 10:00'), event('resumed', '2026-11-06 10:00')],
    'events[1].kind',
  ],
  [
    'after the end',
    [event('finished', '2026-11-05 10:00'), event('asked', '2026-11-06 10:00')],
    'events[1].kind',
  ],
  ['an unknown kind', [{ kind: 'sleep' as 'asked', at: at('2026-11-05 10:00') }], 'events[0].kind'],
  ['no instant', [{ kind: 'asked', at: new Date('nonsense') }], 'events[0].at'],
])('an event %s is refused with its place', (_, events, field) => {
  expect(() => clock(events)).toThrow(field)
})

test('an impossible split is refused with its field', () => {
  const split = { first: limit(5, 'working-day'), second: limit(0, 'working-day') }
  expect(() => clock([], { mode: 'EXCLUDED-STAGE', limit: { ...limit(8, 'working-day'), split } })).toThrow(
    'limit.split.second.value',
  )
})

describe('a supplement request against its rule', () => {
  const check = (events: LegalEvent[], when: string, more = {}) =>
    supplementCheck({ calendar, rules: rulesAt(at(RECEIVED)), state: clock(events), at: at(when), ...more })

  test('by default one request, within three working days of receipt', () => {
    expect(check([], '2026-11-05 17:00')).toEqual({
      askBy: at('2026-11-05 17:00'),
      lateAsk: false,
      beyondMax: false,
    })
    expect(check([], '2026-11-05 17:01').lateAsk).toBe(true)
  })

  test('a second request is beyond the maximum, and its days count from the completion', () => {
    const events = [event('asked', '2026-11-05 10:00'), event('complete', '2026-11-10 09:00')]
    expect(check(events, '2026-11-12 09:00')).toEqual({
      askBy: at('2026-11-13 17:00'),
      lateAsk: false,
      beyondMax: true,
    })
  })

  test('a procedure may allow more rounds and more days (1.013225: notice ≤ 7, then guidance ≤ 5)', () => {
    const events = [event('asked', '2026-11-05 10:00'), event('complete', '2026-11-10 09:00')]
    const guidance = check(events, '2026-11-17 17:00', { max: 2, within: limit(5, 'working-day') })
    expect(guidance).toEqual({ askBy: at('2026-11-17 17:00'), lateAsk: false, beyondMax: false })
  })
})
