import { type Axis, workedBetween } from '../history/axis.ts'
import type { Past, Staff } from './past.ts'
import { peopleAt } from './past.ts'
import type { PlannedStop } from './plan.ts'

/** Working minutes, rounded. */
export type Lead = { mean: number; p50: number; p90: number }

export type ElementTimes = {
  id: string
  visits: number
  /** One stay: before anybody took it up (in all, and of it in the replay's queue), and in hand. For waits by the clock on the wall. */
  wait: number
  queue: number
  work: number
  /** All its waiting together: where dossiers wait. */
  waited: number
}

export type UnitLoad = {
  key: string
  unit: Staff['unit']
  agency: Staff['agency']
  role: string
  people: number
  /** Hours of these dossiers' work, and their share of the people's working hours. */
  work: number
  load: number
}

/** What became of the same dossiers: in life, or in a replay. */
export type Column = {
  dossiers: number
  lead: Lead
  judged: number
  late: number
  elements: ElementTimes[]
  units: UnitLoad[]
  /** Stays whose times are another dossier's, and that are estimated. */
  borrowed: number
  estimated: number
  /** Not through at the end of the calendar. */
  inSystem: number
}

export function leadOf(minutes: number[]): Lead {
  if (minutes.length === 0) return { mean: 0, p50: 0, p90: 0 }
  const sorted = Float64Array.from(minutes).sort()
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!)
  return {
    mean: Math.round(minutes.reduce((sum, each) => sum + each, 0) / minutes.length),
    p50: at(0.5),
    p90: at(0.9),
  }
}

/** A stay that came to pass. */
export type Stay = {
  elementId: string
  pool: string | null
  wait: number
  queue: number
  work: number
  basis: PlannedStop['basis']
}

/** Everything one dossier's part of a column needs. */
export type Passed = { lead: number; late: boolean | null; stays: Stay[] }

/** Adds dossiers up to a column; `from` and `until`: the time over which a load is a share. */
export function columnOf(
  passed: readonly Passed[],
  staff: readonly Staff[],
  axisFor: (agencyId: string) => Axis,
  span: { from: number; until: number },
  inSystem = 0,
): Column {
  const elements = new Map<string, { visits: number; wait: number; queue: number; work: number }>()
  const busy = new Map<string, number>()
  let borrowed = 0
  let estimated = 0
  for (const { stays } of passed)
    for (const { elementId, pool, wait, queue, work, basis } of stays) {
      const sum = elements.get(elementId) ?? { visits: 0, wait: 0, queue: 0, work: 0 }
      elements.set(elementId, sum)
      sum.visits++
      sum.wait += wait
      sum.queue += queue
      sum.work += work
      if (pool) busy.set(pool, (busy.get(pool) ?? 0) + work)
      if (basis === 'borrowed') borrowed++
      if (basis === 'estimate') estimated++
    }
  const judged = passed.filter(({ late }) => late !== null)
  return {
    dossiers: passed.length,
    lead: leadOf(passed.map(({ lead }) => lead)),
    judged: judged.length,
    late: judged.filter(({ late }) => late).length,
    elements: [...elements].map(([id, { visits, wait, queue, work }]) => ({
      id,
      visits,
      wait: Math.round(wait / visits),
      queue: Math.round(queue / visits),
      work: Math.round(work / visits),
      waited: Math.round(wait),
    })),
    units: staff
      .flatMap((each): UnitLoad[] => {
        const work = busy.get(each.key)
        if (work === undefined) return []
        const people = peopleAt(each.people, span.until)
        const hours = people * workedBetween(axisFor(each.agencyId), span.from, span.until)
        const { key, unit, agency, role } = each
        return [
          { key, unit, agency, role, people, work: Math.round(work), load: hours > 0 ? work / hours : 0 },
        ]
      })
      .sort((a, b) => b.load - a.load || (a.key < b.key ? -1 : 1)),
    borrowed,
    estimated,
    inSystem,
  }
}

/** What really happened to a dossier. */
export function really(past: Past, axisFor: (agencyId: string) => Axis): Passed {
  return {
    lead: workedBetween(axisFor(past.agencyId), past.filedAt, past.finishedAt ?? past.filedAt),
    late: past.late,
    stays: past.visits.map(({ elementId, pool, wait, work, from, to }) => ({
      elementId,
      pool,
      wait: pool ? wait : to - from,
      queue: 0,
      work,
      basis: 'own' as const,
    })),
  }
}

export const relative = (replayed: number, actual: number): number | null =>
  actual > 0 ? (replayed - actual) / actual : null
