import type { ClockMode, LegalEvent } from '../../../src/deadlines/modes.ts'
import { verdicts } from '../../../src/deadlines/verdict.ts'
import { at, calendar, limit, rulesAt } from './world.ts'

const RECEIVED = '2026-11-02 09:10'

/** Events as 'asked 2026-11-05 10:00'; legal 10 and committed 7 working days. */
const judge = (events: string[], mode: ClockMode = 'RESTART', now = '2026-12-31 08:00') =>
  verdicts({
    calendar,
    rules: rulesAt(at(RECEIVED)),
    mode,
    receivedAt: at(RECEIVED),
    legal: limit(10, 'working-day'),
    committed: limit(7, 'working-day'),
    now: at(now),
    events: events.map((text) => {
      const [kind, ...when] = text.split(' ')
      return { kind: kind as LegalEvent['kind'], at: at(when.join(' ')) }
    }),
  })

// Committed: due Wed 11/11 17:00; legal: due Mon 16/11 17:00.
test.each([
  ['finished 2026-11-10 16:00', 'early', 'early', -540],
  ['finished 2026-11-11 08:00', 'on-time', 'early', -450],
  ['finished 2026-11-11 17:00', 'on-time', 'early', 0],
  ['finished 2026-11-11 17:01', 'late', 'early', 0],
  ['finished 2026-11-12 10:00', 'late', 'early', 150],
  ['finished 2026-11-16 17:00', 'late', 'on-time', 1440],
  ['finished 2026-11-17 08:30', 'late', 'late', 1500],
])('%s: %s by the committed limit, %s by the legal one', (event, committed, legal, minutes) => {
  const { law, index766, differ } = judge([event])
  expect(law.committed).toMatchObject({ outcome: committed, minutes })
  expect(law.legal.outcome).toBe(legal)
  expect(index766.outcome).toBe(committed)
  expect(differ).toBeNull()
})

test('lateness is told in working time', () => {
  const { law } = judge(['finished 2026-11-12 10:00'])
  expect(law.committed.reason).toEqual({
    vi: 'quá hạn 2 giờ 30 phút LV',
    en: 'late by 2 hours 30 minutes (working time)',
  })
})

test('after hours of the due day no working time has passed, but the date has', () => {
  const { law } = judge(['finished 2026-11-11 17:01'])
  expect(law.committed.reason.vi).toBe('quá hạn, sau giờ làm việc của ngày hẹn')
})

test('an open dossier is open until its date has passed', () => {
  expect(judge([], 'RESTART', '2026-11-11 17:00').law.committed.outcome).toBe('open')
  expect(judge([], 'RESTART', '2026-11-11 17:01').law.committed.outcome).toBe('late')
  expect(judge(['asked 2026-11-05 10:00']).law.committed).toMatchObject({ outcome: 'open', endedAt: null })
})

test('on time by law, counted anew, but late by 766, which only takes the wait out', () => {
  const { law, index766, differ } = judge([
    'asked 2026-11-10 10:00',
    'complete 2026-11-11 10:00',
    'finished 2026-11-20 10:00',
  ])
  expect(law.committed).toMatchObject({ outcome: 'on-time', dueAt: at('2026-11-20 17:00') })
  expect(index766).toMatchObject({ outcome: 'late', dueAt: at('2026-11-12 17:00') })
  expect(differ?.vi).toMatch(/^Theo luật: đúng hạn \(hạn T6 20\/11\/2026 17:00\); theo 766: quá hạn /)
})

test('a second request is late by 766 whatever the dates say', () => {
  const { law, index766, differ } = judge([
    'asked 2026-11-03 10:00',
    'complete 2026-11-04 10:00',
    'asked 2026-11-05 10:00',
    'complete 2026-11-06 10:00',
    'finished 2026-11-09 10:00',
  ])
  expect(law.committed.outcome).toBe('early')
  expect(index766).toMatchObject({ outcome: 'late', reason: { vi: expect.stringContaining('2 lần') } })
  expect(differ).not.toBeNull()
})

test('a request never answered is the end of processing for 766', () => {
  const { index766, law } = judge(['asked 2026-11-05 10:00'])
  expect(index766).toMatchObject({ outcome: 'early', endedAt: at('2026-11-05 10:00') })
  expect(law.committed.outcome).toBe('open')
})

test('a request made after the date had passed does not wash the breach away', () => {
  const { law } = judge(['asked 2026-11-13 10:00', 'complete 2026-11-16 10:00', 'finished 2026-11-17 10:00'])
  expect(law.committed).toMatchObject({ outcome: 'late', dueAt: at('2026-11-25 17:00') })
  expect(law.committed.reason.vi).toContain('lần hẹn 1 (T4 11/11/2026 17:00) đã quá')
  expect(law.legal.outcome).toBe('early')
})

test('by PAUSE the law and 766 agree', () => {
  const { law, index766, differ } = judge(
    ['asked 2026-11-05 10:00', 'complete 2026-11-09 10:00', 'finished 2026-11-13 10:00'],
    'PAUSE',
  )
  expect(law.committed).toEqual(index766)
  expect(differ).toBeNull()
})

test('a limit in hours is early before its minute and on time at it', () => {
  const at8 = (finished: string) =>
    verdicts({
      calendar,
      rules: rulesAt(at(RECEIVED)),
      mode: 'RESTART',
      receivedAt: at(RECEIVED),
      legal: limit(8, 'working-hour'),
      committed: limit(8, 'working-hour'),
      now: at('2026-12-31 08:00'),
      events: [{ kind: 'finished', at: at(finished) }],
    }).law.legal.outcome
  expect(at8('2026-11-03 09:00')).toBe('early')
  expect(at8('2026-11-03 09:10')).toBe('on-time')
  expect(at8('2026-11-03 09:11')).toBe('late')
})
