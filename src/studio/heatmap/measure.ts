import type { Visit } from '../history/visits.ts'
import type { Overruns } from './overruns.ts'

/** What happened at an element, over all dossiers that are counted. Working minutes. */
export type Measured = {
  visits: number
  dossiers: number
  work: number
  wait: number
  /** Beyond what the late dossiers' steps were given. */
  overrun: number
  /** Late dossiers to whose lateness it added. */
  overran: number
}

export type Measures = Map<string, Measured>

const nothing = (): Measured => ({ visits: 0, dossiers: 0, work: 0, wait: 0, overrun: 0, overran: 0 })

/** Adds a dossier's stays. */
export function addVisits(measures: Measures, visits: readonly Visit[]): void {
  const met = new Set<string>()
  for (const { elementId, work, wait } of visits) {
    const measured = measures.get(elementId) ?? nothing()
    measures.set(elementId, measured)
    measured.visits++
    measured.work += work
    measured.wait += wait
    if (!met.has(elementId)) measured.dossiers++
    met.add(elementId)
  }
}

export function addOverruns(measures: Measures, overruns: Iterable<Overruns>): void {
  for (const one of overruns)
    for (const [elementId, minutes] of one) {
      const measured = measures.get(elementId) ?? nothing()
      measures.set(elementId, measured)
      measured.overrun += minutes
      measured.overran++
    }
}

export const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0)
