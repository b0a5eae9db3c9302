import fc from 'fast-check'
import { fromLegalMinute, toLegalMinute } from '../../../src/clock.ts'
import { at } from './world.ts'

/** The steps of a made-up process with the unit that has each, and the working minutes its decision allots. */
export const STEPS = {
  Receive: { unit: 'MC', minutes: 240, people: ['motcua', 'truongmotcua'] },
  Assign: { unit: 'KT', minutes: 120, people: ['truongphong'] },
  Appraise: { unit: 'KT', minutes: 1440, people: ['chuyenvien', 'chuyenvien2'] },
  Sign: { unit: 'LD', minutes: 240, people: ['chutich', 'phochutich'] },
  Number: { unit: 'VT', minutes: 60, people: ['vanthu'] },
  Return: { unit: 'MC', minutes: null, people: ['motcua'] },
} as const
export type Element = keyof typeof STEPS
const PATH: Element[] = ['Receive', 'Assign', 'Appraise', 'Sign', 'Number', 'Return']

/** Something that happened to a dossier. What the engine opens has no instant: a boundary is that of the act before. */
export type Happened =
  | { kind: 'filed' | 'received' | 'passed' | 'finished' | 'asked' | 'submitted' | 'completed'; at: Date }
  | { kind: 'excluded' | 'resumed'; at: Date }
  | { kind: 'opened'; element: Element; person: string | null }
  | { kind: 'changed'; at: Date; person: string | null }
  | { kind: 'refused'; at: Date }
  | { kind: 'consulted' | 'answered'; at: Date; body: number }
  | { kind: 'ended'; at: Date; state: 'returned' | 'refused' }

const act = fc.record({
  kind: fc.constantFrom(
    'pass',
    'pass',
    'pass',
    'back',
    'assign',
    'ask',
    'consult',
    'answer',
    'exclude',
    'refuse-papers',
  ),
  /** Minutes since the act before: also of one minute, and over nights, week-ends and holidays. */
  gap: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 5 * 1440 })),
  gaps: fc.tuple(fc.integer({ min: 0, max: 6 * 1440 }), fc.integer({ min: 0, max: 1440 })),
  who: fc.nat(2),
})
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

const begin = fc.integer({
  min: toLegalMinute(at('2025-01-02 00:00')),
  max: toLegalMinute(at('2026-06-30 23:59')),
})

/** Whole lives of dossiers: received, played in whatever order its acts allow, and ended, by result or refusal. */
export const histories = fc
  .record({ begin, acts: fc.array(act, { maxLength: 16 }), refused: fc.boolean() })
  .map(({ begin: first, acts, refused }) => lived(first, acts, refused))

function lived(first: number, acts: Act[], refused: boolean): Happened[] {
  let minute = first
  const now = (gap = 0): Date => {
    minute += gap
    return fromLegalMinute(minute)
  }
  const happened: Happened[] = [{ kind: 'filed', at: now() }]
  let element = 'Receive' as Element
  let [asks, bodies] = [0, 0]
  const open = new Set<number>()
  const say = (one: Happened) => void happened.push(one)
  const opens = (next: Element, who = 0) => {
    element = next
    const { people } = STEPS[next]
    say({ kind: 'opened', element: next, person: people[who] ?? null })
  }
  opens('Receive')
  say({ kind: 'received', at: now(37) })
  opens('Assign')

  for (const { kind, gap, gaps, who } of acts) {
    if (kind === 'pass') {
      const next = PATH[PATH.indexOf(element) + 1]!
      if (next === 'Return') continue
      say({ kind: 'passed', at: now(gap) })
      opens(next, who)
    } else if (kind === 'back' && (element === 'Sign' || element === 'Number')) {
      say({ kind: 'passed', at: now(gap) })
      opens('Appraise', who)
    } else if (kind === 'assign')
      say({ kind: 'changed', at: now(gap), person: STEPS[element].people[who] ?? null })
    else if (kind === 'ask' && element === 'Appraise' && asks < 2) {
      asks++
      say({ kind: 'asked', at: now(gap) })
      say({ kind: 'submitted', at: now(gaps[0]) })
      say({ kind: 'completed', at: now(gaps[1]) })
      opens('Appraise', who)
    } else if (kind === 'consult' && element === 'Appraise' && bodies < 3) {
      open.add(bodies)
      say({ kind: 'consulted', at: now(gap), body: bodies++ })
    } else if (kind === 'answer' && open.size > 0) {
      const [body = 0] = open
      open.delete(body)
      say({ kind: 'answered', at: now(gap), body })
    } else if (kind === 'exclude') {
      say({ kind: 'excluded', at: now(gap) })
      say({ kind: 'resumed', at: now(gaps[0]) })
    } else if (kind === 'refuse-papers' && element === 'Assign') {
      say({ kind: 'refused', at: now(gap) })
      say({ kind: 'passed', at: now(gaps[1]) })
      opens('Assign', who)
    }
  }
  if (refused) say({ kind: 'ended', at: now(11), state: 'refused' })
  else {
    say({ kind: 'finished', at: now(53) })
    opens('Return')
    say({ kind: 'ended', at: now(2000), state: 'returned' })
  }
  return happened
}
