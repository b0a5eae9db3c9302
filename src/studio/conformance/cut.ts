import type { Reign } from '../history/versions.ts'
import type { Visit } from '../history/visits.ts'
import type { Step } from './check.ts'

export type Cut = { versionId: string; way: Step[]; begins: number; moved: boolean; isLast: boolean }

/**
 * A dossier's way cut where it was moved to another version: what came before is judged by the drawing of its time. Where it
 * stood on that day ends the one part unanswered and begins the next, there under the id that it goes on as. `begins`: the
 * place of a part's first stay in the whole way.
 */
export function cutWay(visits: readonly Visit[], reigns: readonly Reign[]): Cut[] {
  return reigns.map(({ versionId, from, until, mapping }, n) => {
    const isIn = ({ from: began, to }: Visit) =>
      (until === null || began < until) && (from === null || began >= from || to === null || to > from)
    const begins = visits.findIndex(isIn)
    const way = visits.filter(isIn).map((visit): Step => {
      const goesOn = until !== null && (visit.to === null || visit.to >= until)
      const came = from !== null && visit.from < from
      const { elementId, outcome, rolesOfActor } = visit
      return {
        elementId: came ? (mapping.find((one) => one.from === elementId)?.to ?? elementId) : elementId,
        outcome: goesOn ? null : outcome,
        rolesOfActor: goesOn ? null : rolesOfActor,
      }
    })
    return {
      versionId,
      way,
      begins: Math.max(0, begins),
      moved: from !== null,
      isLast: n === reigns.length - 1,
    }
  })
}
