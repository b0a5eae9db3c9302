import fc from 'fast-check'
import { legalDay } from '../../../src/clock.ts'
import { checkTiling } from '../../../src/deadlines/variance.ts'
import { booksOf, windowOf } from '../../../src/reports/books.ts'
import type { Invariant } from '../../../src/verify/invariants.ts'
import { breachesOf, type Interval, type LedgerFacts } from '../../../src/verify/ledger-rules.ts'
import { type Happened, histories } from './histories.ts'
import { factsOf } from './ledger-world.ts'
import { at } from './world.ts'

const later = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000)

test.each(['RESTART', 'PAUSE'] as const)(
  'on generated histories in mode %s no invariant is broken',
  (mode) => {
    fc.assert(
      fc.property(histories, (history) => {
        expect(breachesOf(factsOf(history, mode))).toEqual([])
      }),
      { numRuns: 500 },
    )
  },
)

test('a generated line tiles the life, no interval is negative, and consulted bodies lie inside', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const { intervals, filedAt, overAt } = factsOf(history)
      const line = intervals.filter(({ track }) => track === 'accountable')
      checkTiling(
        line.map(({ from_at, to_at, round }) => ({ holder: '', step: '', round, from: from_at, to: to_at })),
      )
      expect([line[0]?.from_at, line.at(-1)?.to_at]).toEqual([filedAt, overAt])
      for (const { from_at, to_at } of intervals.filter(({ track }) => track === 'side')) {
        expect(from_at.getTime()).toBeGreaterThanOrEqual(filedAt.getTime())
        expect(to_at!.getTime()).toBeLessThanOrEqual(overAt!.getTime())
      }
    }),
    { numRuns: 500 },
  )
})

test('what is used is counted once: the holders’ minutes are those of the round without its stops and the applicant’s time', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom('RESTART' as const, 'PAUSE' as const), (history, mode) => {
      const facts = factsOf(history, mode)
      const { calendar, rules } = facts
      for (const clock of facts.rounds) {
        const until = clock.stoppedAt ?? clock.endedAt!
        const window = windowOf(calendar, rules, clock, until)
        const rows = facts.intervals.filter(({ track }) => track === 'accountable')
        const { lines, sum, finishMinusDue } = booksOf({
          calendar,
          clock,
          window,
          rows,
          allotments: facts.inLimit,
          stops: clock.stops,
        })
        expect(sum).toBe(finishMinusDue)
        const minutes = (from: Date, to: Date) => (to > from ? calendar.workingMinutesBetween(from, to) : 0)
        const { countFrom } = window
        const outside = clock.stops.reduce((taken, { from, to }) => {
          const begin = new Date(Math.max(Number(from), Number(countFrom)))
          return taken + minutes(begin, new Date(Math.min(Number(to ?? until), Number(until))))
        }, 0)
        const used = lines.reduce((total, line) => total + line.used, 0)
        expect(used).toBe(minutes(countFrom, until) - outside)
      }
    }),
    { numRuns: 400 },
  )
})

/** Received Mon 2/11 2026, consulted, asked for supplements, sent back, and returned. */
const story: Happened[] = [
  { kind: 'filed', at: at('2026-11-02 08:00') },
  { kind: 'opened', element: 'Receive', person: 'motcua' },
  { kind: 'received', at: at('2026-11-02 09:10') },
  { kind: 'opened', element: 'Assign', person: 'truongphong' },
  { kind: 'passed', at: at('2026-11-03 09:00') },
  { kind: 'opened', element: 'Appraise', person: null },
  { kind: 'changed', at: at('2026-11-03 10:00'), person: 'chuyenvien' },
  { kind: 'consulted', at: at('2026-11-03 14:00'), body: 0 },
  { kind: 'answered', at: at('2026-11-05 10:00'), body: 0 },
  { kind: 'asked', at: at('2026-11-05 15:00') },
  { kind: 'submitted', at: at('2026-11-09 10:00') },
  { kind: 'completed', at: at('2026-11-09 11:00') },
  { kind: 'opened', element: 'Appraise', person: 'chuyenvien' },
  { kind: 'passed', at: at('2026-11-12 10:00') },
  { kind: 'opened', element: 'Sign', person: 'chutich' },
  { kind: 'passed', at: at('2026-11-12 11:00') },
  { kind: 'opened', element: 'Appraise', person: 'chuyenvien' },
  { kind: 'passed', at: at('2026-11-13 11:00') },
  { kind: 'opened', element: 'Sign', person: 'chutich' },
  { kind: 'finished', at: at('2026-11-13 16:00') },
  { kind: 'opened', element: 'Return', person: 'motcua' },
  { kind: 'ended', at: at('2026-11-16 09:00'), state: 'returned' },
]

type Plant = (
  facts: LedgerFacts,
  of: (element: string, nth?: number) => Interval,
) => Partial<LedgerFacts> | undefined
const without = (facts: LedgerFacts, one: Interval) => ({
  intervals: facts.intervals.filter(({ id }) => id !== one.id),
})

const planted: [string, Invariant, Plant][] = [
  ['an interval that was taken out', 'gap', (facts, of) => without(facts, of('Sign'))],
  [
    'an interval that begins too early',
    'overlap',
    (_, of) => void Object.assign(of('Sign'), { from_at: at('2026-11-12 09:00') }),
  ],
  [
    'an end before the beginning',
    'backwards',
    (_, of) => void Object.assign(of('Sign'), { to_at: at('2026-11-12 09:00') }),
  ],
  ['a first interval that was taken out', 'filing', (facts, of) => without(facts, of('Receive'))],
  [
    'an ended dossier with a running interval',
    'end',
    (_, of) => void Object.assign(of('Return'), { to_at: null }),
  ],
  ['an open dossier that nobody holds', 'end', () => ({ overAt: null })],
  [
    'a boundary moved on both sides, so that the line still tiles',
    'boundary',
    (_, of) => {
      const moved = at('2026-11-03 09:30')
      of('Assign').to_at = moved
      of('Appraise').from_at = moved
    },
  ],
  [
    'a holder who has no post in the unit',
    'holder',
    (_, of) => void Object.assign(of('Sign'), { person_id: 'chuyenvien' }),
  ],
  [
    'a colleague put in the place of whoever decided',
    'actor',
    (_, of) => void Object.assign(of('Sign'), { decided_by: 'chutich', person_id: 'phochutich' }),
  ],
  [
    'an officer’s time put to the applicant',
    'applicant',
    (_, of) => void Object.assign(of('Sign'), { on_behalf: 'applicant' }),
  ],
  [
    'a clock that ends where nothing was done',
    'event',
    (facts) => ({
      events: facts.events.map((one) =>
        one.kind === 'finished' ? { ...one, at: at('2026-11-13 16:30') } : one,
      ),
    }),
  ],
  [
    'a clock that ends twice',
    'event',
    (facts) => ({ events: [...facts.events, { at: facts.overAt!, kind: 'finished' as const }] }),
  ],
  [
    'a unit of another agency',
    'holder',
    (_, of) => void Object.assign(of('Sign'), { unit_agency_id: 'S02' }),
  ],
  [
    'a unit that is not the task’s',
    'holder',
    (_, of) => void Object.assign(of('Sign'), { task_unit_id: 'X01.VT' }),
  ],
  [
    'an allotment beyond the decision',
    'allotment',
    (_, of) => void Object.assign(of('Sign'), { allotted_minutes: 480 }),
  ],
  [
    'an allotment that was taken out',
    'allotment',
    (_, of) => void Object.assign(of('Sign'), { allotted_minutes: null }),
  ],
  [
    'a due date moved so near that the steps do not fit',
    'limit',
    (facts) => void Object.assign(facts.rounds.at(-1)!, { dueAt: at('2026-11-12 17:00') }),
  ],
  [
    'a due date moved on',
    'due',
    (facts) => void Object.assign(facts.rounds.at(-1)!, { dueAt: at('2026-11-30 17:00') }),
  ],
  [
    'a longer limit with a date to suit it',
    'limit',
    (facts) => void Object.assign(facts.rounds.at(-1)!, { committed: { value: 30, unit: 'working-day' } }),
  ],
  [
    'a date of the dossier that its clock does not have',
    'due',
    () => ({ originalDueAt: at('2026-12-30 17:00') }),
  ],
  ['an interval of the wrong round', 'sum', (_, of) => void Object.assign(of('Sign'), { round: 1 })],
  ['a consulted body without its interval', 'side', (facts, of) => without(facts, of('Answer'))],
  [
    'a consulted body’s interval that still runs',
    'side',
    (_, of) => void Object.assign(of('Answer'), { to_at: null }),
  ],
  [
    'an answer counted shorter than it took',
    'side',
    (_, of) => void Object.assign(of('Answer'), { to_at: at('2026-11-04 10:00') }),
  ],
  ['an interval of nobody who was asked', 'side', () => ({ asked: [] })],
  [
    'a side interval beyond the end',
    'inside',
    (facts, of) => void Object.assign(of('Answer'), { to_at: later(facts.overAt!, 60) }),
  ],
]

describe('a planted fault', () => {
  test('none: the story itself is whole', () => expect(breachesOf(factsOf(story))).toEqual([]))

  test.each(planted)('%s is named: %s', (_, invariant, plant) => {
    const facts = factsOf(story)
    const of = (element: string, nth = 0) =>
      facts.intervals.filter(({ element_id }) => element_id === element)[nth]!
    const found = breachesOf({ ...facts, ...plant(facts, of) })
    expect(found.map((breach) => breach.invariant)).toContain(invariant)
    expect(found.every(({ code, detail }) => code === 'HS-1' && detail.vi && detail.en)).toBe(true)
  })

  test('names the interval by its place and instants', () => {
    const facts = factsOf(story)
    const sign = facts.intervals.find(({ element_id }) => element_id === 'Sign')!
    sign.person_id = 'chuyenvien'
    const [breach] = breachesOf(facts)
    expect(breach?.interval).toEqual({
      track: 'accountable',
      seq: sign.seq,
      step: 'Sign',
      from: at('2026-11-12 10:00'),
      to: at('2026-11-12 11:00'),
    })
    expect(legalDay(breach!.interval!.from)).toBe('2026-11-12')
  })
})
