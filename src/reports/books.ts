import type { Calendar } from '../calendar/calendar.ts'
import { computeDue } from '../deadlines/due.ts'
import type { Limit } from '../deadlines/limit.ts'
import type { HoldingRow } from '../deadlines/read-model.ts'
import type { Rules } from '../deadlines/rules.ts'
import { type Ledger, type LedgerLine, ledgerOf, type Standstill } from '../deadlines/variance.ts'
import type { ProcedureDefinition } from '../procedures/definition.ts'

/** An interval as the books need it. */
export type LineRow = Pick<
  HoldingRow,
  | 'id'
  | 'round'
  | 'unit_id'
  | 'unit_code'
  | 'unit_name'
  | 'person_id'
  | 'person_name'
  | 'on_behalf'
  | 'element_id'
  | 'step_name'
  | 'from_at'
  | 'to_at'
>

/** A round of the dossier's clock as stored. */
export type RoundClock = {
  round: number
  startedAt: Date
  dueAt: Date
  committed: Limit
}

/** Where a round counts: from the end of the day of receipt until `until`. */
export type Window = { startedAt: Date; countFrom: Date; until: Date }

export const windowOf = (calendar: Calendar, rules: Rules, clock: RoundClock, until: Date): Window => ({
  startedAt: clock.startedAt,
  countFrom: computeDue({ calendar, rules, receivedAt: clock.startedAt, limit: clock.committed }).countFrom,
  until,
})

/**
 * What an interval of the accountable line is to its round's clock: before it (reception has a limit of its own), counted
 * in it, or outside (the applicant's time, time after the end or while the clock stands still).
 */
export function placeOf(row: LineRow, window: Window | undefined): 'before' | 'counted' | 'outside' {
  if (!window || (row.to_at !== null && row.to_at <= window.startedAt)) return 'before'
  return row.on_behalf === 'applicant' || row.from_at >= window.until ? 'outside' : 'counted'
}

/**
 * Allotments that draw on the dossier's limit. Reception's does not: it is over when the clock begins (rules 1), so what
 * the process gives it is neither used nor saved here.
 */
export const allotmentsInLimit = (
  allotted: Map<string, number>,
  { steps }: Pick<ProcedureDefinition, 'steps'>,
): Map<string, number> => new Map([...allotted].filter(([step]) => steps[step]?.form !== 'reception'))

/** What the steps were given under a version that the dossier was moved from: for what began before `until`. */
export type EarlierAllotments = { until: Date; allotments: Map<string, number> }

/**
 * What each step was given where an act moved the dossier to another version: a step has the time of the version it was
 * first held under in the round (as the holding was written then), one that nobody has held yet that of its version now.
 * `earlier`: the earliest first.
 */
export function allotmentsHeld(
  now: Map<string, number>,
  earlier: readonly EarlierAllotments[],
  rows: readonly Pick<LineRow, 'element_id' | 'from_at'>[],
): Map<string, number> {
  if (earlier.length === 0) return now
  const held = new Map(now)
  const met = new Set<string>()
  for (const { element_id: step, from_at: from } of rows) {
    if (met.has(step)) continue
    met.add(step)
    const then = earlier.find(({ until }) => from < until)
    if (!then) continue
    const minutes = then.allotments.get(step)
    if (minutes === undefined) held.delete(step)
    else held.set(step, minutes)
  }
  return held
}

type BooksInput = {
  calendar: Calendar
  clock: RoundClock
  window: Window
  rows: LineRow[]
  /** As allotmentsInLimit gives them. */
  allotments: Map<string, number>
  /** Of a dossier that was moved here from other versions. */
  earlier?: EarlierAllotments[] | undefined
  /** Where the round's clock stood still, as `standstills` reads them. */
  stops?: Standstill[] | undefined
}

const LEAD = 'lead'

/**
 * The books of one round (rules 10), cut where it ends: what comes after the end or while the clock stands still is
 * nobody's overrun. The sum of the variances is finish − due in working minutes whenever the intervals tile the round.
 */
export function booksOf(input: BooksInput): Ledger {
  const { calendar, clock, window, rows, earlier = [], stops = [] } = input
  const { countFrom, until } = window
  const own = rows.filter(
    (row) =>
      row.round === clock.round && row.from_at < until && (row.to_at === null || row.to_at > clock.startedAt),
  )
  const allotments = allotmentsHeld(input.allotments, earlier, own)
  return ledgerOf({
    calendar,
    round: { number: clock.round, startedAt: clock.startedAt, countFrom, dueAt: clock.dueAt },
    stops,
    intervals: own.map((row) => ({
      id: row.id,
      holder: row.person_id ?? row.unit_id,
      step: row.element_id,
      round: row.round,
      from: row.from_at,
      to: row.to_at === null || row.to_at > until ? until : row.to_at,
      excluded: row.on_behalf === 'applicant',
    })),
    allotments: [...allotments].map(([step, minutes]) => ({ step, minutes })),
    leadHolder: LEAD,
    until,
  })
}

/** The holder and step with the largest overrun, all intervals of the two taken together; undefined when nobody overran. */
export function worstOf(ledgers: Ledger[], rows: LineRow[]): { row: LineRow; overrun: number } | undefined {
  const sums = new Map<string, { line: LedgerLine; overrun: number }>()
  for (const line of ledgers.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'interval'))) {
    const key = `${line.holder} ${line.step}`
    sums.set(key, { line, overrun: (sums.get(key)?.overrun ?? 0) + line.variance })
  }
  const [worst] = [...sums.values()].sort((a, b) => b.overrun - a.overrun)
  const row = worst && worst.overrun > 0 ? rows.find(({ id }) => id === worst.line.id) : undefined
  return row && worst && { row, overrun: worst.overrun }
}
