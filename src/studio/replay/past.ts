import { z } from 'zod'
import type { CalendarDay } from '../../calendar/day.ts'
import type { WorkingHours } from '../../calendar/hours.ts'
import { type Axis, afterWork, workedAt, workedBetween } from '../history/axis.ts'

/*
 * What a replay is given: plain data, so that it can go to another thread. Instants in minutes since 1970. As shapes, so
 * that a history kept in a file is seen to be old when what is read here changes.
 */
const Minute = z.number()
const Name = z.strictObject({ vi: z.string(), en: z.string().optional() })

const PastVisit = z.strictObject({
  elementId: z.string(),
  outcome: z.string().nullable(),
  /** `<unit>/<role>`; null: a wait. */
  pool: z.string().nullable(),
  from: Minute,
  to: Minute,
  /** Working minutes in somebody's hand, and before. */
  work: z.number(),
  wait: z.number(),
  /** Stretches of it in which the dossier's clock was recorded to stand still, from its beginning. */
  still: z.array(z.strictObject({ from: Minute, to: Minute })),
})
export type PastVisit = z.infer<typeof PastVisit>

const UnitKind = z.enum(['one-stop', 'specialist', 'leadership', 'clerical'])
export type UnitKind = z.infer<typeof UnitKind>

const Past = z.strictObject({
  id: z.string(),
  code: z.string(),
  caseKey: z.string(),
  agencyId: z.string(),
  filedAt: Minute,
  /** The end of processing; null: still open. */
  finishedAt: Minute.nullable(),
  /** What became of it, when it did not come to an end of its own. */
  ended: z.enum(['finished', 'open', 'withdrawn', 'part']),
  /** Processed, and its result not yet handed over. */
  uncollected: z.boolean(),
  /** Something had to be verified, for which a text may give more time. */
  verified: z.boolean(),
  /** As judged_dossier says; null: it was never received. */
  late: z.boolean().nullable(),
  units: z.partialRecord(UnitKind, z.string()),
  visits: z.array(PastVisit),
})
export type Past = z.infer<typeof Past>

/** The people of a unit with a role: how many they were from a day on. */
const Staff = z.strictObject({
  key: z.string(),
  unit: Name,
  agency: Name,
  agencyId: z.string(),
  role: z.string(),
  people: z.array(z.strictObject({ from: Minute, count: z.int().nonnegative() })),
})
export type Staff = z.infer<typeof Staff>

export type Hours = { agencyId: string; hours: WorkingHours[] }

export type History = {
  past: Past[]
  staff: Staff[]
  days: CalendarDay[]
  hours: Hours[]
}

/** Of each kind of row that a file keeps. */
export const historyShapes = { past: Past, staff: Staff }

type Stretch = { from: number; to: number }

/**
 * When every person of a pool was at these dossiers' work: stretches in order. What a dossier waited then, the queue of
 * the replay makes it wait again.
 */
function fullyBusy(work: Stretch[], people: (at: number) => number): Stretch[] {
  const turns = work
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by)
  const found: Stretch[] = []
  let count = 0
  let since: number | null = null
  for (const { at, by } of turns) {
    count += by
    const full = count >= people(at)
    if (full && since === null) since = at
    if (!full && since !== null) {
      if (at > since) found.push({ from: since, to: at })
      since = null
    }
  }
  return found
}

export const peopleAt = (people: Staff['people'], at: number): number =>
  Math.max(1, (people.findLast(({ from }) => from <= at) ?? people[0])?.count ?? 1)

/**
 * What each stay waited for other reasons than these dossiers' own queue (other procedures, habits, absences): kept as it
 * was. The queue itself is played anew, or a redesign could neither shorten nor lengthen it.
 */
export function delaysOf(
  past: readonly Past[],
  staff: readonly Staff[],
  axisFor: (agencyId: string) => Axis,
): Map<PastVisit, number> {
  const byPool = Map.groupBy(
    past.flatMap(({ visits }) => visits.filter(({ pool }) => pool !== null)),
    ({ pool }) => pool!,
  )
  const delays = new Map<PastVisit, number>()
  for (const { key, agencyId, people } of staff) {
    const axis = axisFor(agencyId)
    const visits = byPool.get(key) ?? []
    const begun = visits.map(({ from, to, work }) =>
      Math.max(from, afterWork(axis, from, workedBetween(axis, from, to) - work)),
    )
    const busy = fullyBusy(
      visits.map(({ to }, n) => ({ from: begun[n]!, to })).filter(({ from, to }) => to > from),
      (at) => peopleAt(people, at),
    )
    const starts = Float64Array.from(busy, ({ from }) => workedAt(axis, from))
    const ends = Float64Array.from(busy, ({ to }) => workedAt(axis, to))
    visits.forEach((visit, n) => {
      const [from, to] = [workedAt(axis, visit.from), workedAt(axis, begun[n]!)]
      let queued = 0
      for (let k = firstAfter(ends, from); k < starts.length && starts[k]! < to; k++)
        queued += Math.max(0, Math.min(to, ends[k]!) - Math.max(from, starts[k]!))
      delays.set(visit, Math.max(0, visit.wait - queued))
    })
  }
  return delays
}

/** The first of sorted numbers that is above `value`. */
function firstAfter(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}
