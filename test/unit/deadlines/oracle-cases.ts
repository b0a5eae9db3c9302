/** Random dossiers, answered by the product and by the naive oracle. */
import type { Calendar } from '../../../src/calendar/calendar.ts'
import { fromLegalMinute, toLegalMinute } from '../../../src/clock.ts'
import type { LimitUnit } from '../../../src/deadlines/limit.ts'
import { applyEvents, type ClockMode, type LegalEvent } from '../../../src/deadlines/modes.ts'
import { type OracleCalendar, type OracleCase, oracleCalendar, oracleClock } from './oracle.ts'
import { numbersFrom } from './random.ts'
import { at, calendar, rulesAt } from './world.ts'

const MODES: ClockMode[] = ['RESTART', 'PAUSE', 'EXCLUDED-STAGE']
const UNITS: [LimitUnit, number][] = [
  ['working-day', 60],
  ['working-hour', 80],
  ['half-day', 12],
  ['calendar-day', 90],
  ['month', 4],
  ['same-day', 1],
]
const SPLITS: [number, number][] = [
  [5, 3],
  [6, 4],
  [11, 4],
  [10, 10],
  [3, 2],
  [8, 2],
  [20, 5],
]
/** From the first minute of 2021; received until May 2027, so that what follows ends in 2027. */
export const [BEGIN, END] = [toLegalMinute(at('2021-01-01 00:00')), toLegalMinute(at('2027-05-31 23:59'))]

export type Numbers = ReturnType<typeof numbersFrom>

function eventsFor({ upTo, oneOf }: Numbers, mode: ClockMode, received: number): OracleCase['events'] {
  const events: OracleCase['events'] = []
  let now = received
  const go = (kind: string, most: number) => {
    now += upTo(most)
    events.push({ at: now, kind })
  }
  for (let left = oneOf([0, 0, 1, 1, 2]); left > 0; left--) {
    const excluded = mode === 'EXCLUDED-STAGE' && upTo(2) > 0
    go(excluded ? 'excluded' : 'asked', 8 * 1440)
    if (left === 1 && upTo(9) === 0) return events
    go(excluded ? 'resumed' : 'complete', 25 * 1440)
  }
  if (upTo(3) === 0) go('finished', 10 * 1440)
  return events
}

function anyCase(numbers: Numbers, from = BEGIN, to = END): OracleCase {
  const { upTo, oneOf } = numbers
  const mode = oneOf(MODES)
  const [unit, most] = oneOf(UNITS)
  const received = from + upTo(to - from)
  const split = mode === 'EXCLUDED-STAGE' && unit === 'working-day' && upTo(1) ? oneOf(SPLITS) : undefined
  return {
    mode,
    received,
    unit,
    value: split ? split[0] + split[1] : 1 + upTo(most - 1),
    ...(split ? { split } : {}),
    events: eventsFor(numbers, mode, received),
  }
}

/** The product's answer, as a wall-clock minute or null. */
export function found(one: OracleCase, on: Calendar): number | null {
  const receivedAt = fromLegalMinute(one.received)
  const unit = one.unit as LimitUnit
  const { dueAt } = applyEvents({
    calendar: on,
    rules: rulesAt(receivedAt),
    mode: one.mode as ClockMode,
    receivedAt,
    limit: {
      value: one.value,
      unit,
      ...(one.split
        ? { split: { first: { value: one.split[0], unit }, second: { value: one.split[1], unit } } }
        : {}),
    },
    events: one.events.map(({ at, kind }) => ({
      at: fromLegalMinute(at),
      kind: kind as LegalEvent['kind'],
    })),
  })
  return dueAt && toLegalMinute(dueAt)
}

/** Cases on which the two disagree, with both answers; the first few are enough. */
export function disagreements(cases: Iterable<OracleCase>, on: Calendar, oracle: OracleCalendar): object[] {
  const wrong: object[] = []
  for (const one of cases) {
    const [product, naive] = [found(one, on), oracleClock(oracle, one)]
    if (product !== naive) wrong.push({ product, naive, ...one })
    if (wrong.length >= 5) break
  }
  return wrong
}

export function* some(count: number, numbers: Numbers, from?: number, to?: number): Generator<OracleCase> {
  for (let left = count; left > 0; left--) yield anyCase(numbers, from, to)
}

// Run as a program, `oracle-cases.ts <count> <seed>` prints on which cases the two disagree: under Jest, whose modules live
// in a context of their own, a case takes four times as long.
if (process.argv[1] === import.meta.filename) {
  const [count, seed] = process.argv.slice(2).map(Number) as [number, number]
  const wrong = disagreements(some(count, numbersFrom(seed)), calendar, oracleCalendar)
  process.stdout.write(JSON.stringify({ count, wrong }))
}
