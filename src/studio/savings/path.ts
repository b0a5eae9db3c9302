import { promisedBy } from '../diff/anchors.ts'
import { listOf, type Rec, recOf } from '../diff/keyed.ts'

/** Who has the dossier at a step of the happy path. */
export type Stop = { id: string; agency: string; holder: string }

const stopOf = (facts: Rec, id: string): Stop => {
  const wait = recOf(facts.waits)[id]
  if (wait !== undefined) {
    const type = String(recOf(wait).type)
    return { id, agency: type, holder: type }
  }
  const step = recOf(recOf(facts.steps)[id])
  const same =
    typeof step.sameAs === 'string' && step.sameAs !== id ? recOf(facts.steps)[step.sameAs] : undefined
  const whose = recOf(same ?? step)
  const atCounter = whose.unit === 'one-stop' && facts.counter === 'province'
  const deciding = whose.agency === 'deciding' && facts.deciding === 'counter'
  const agency = atCounter || deciding ? 'counter' : whose.unit === 'subject' ? 'subject' : 'lead'
  return { id, agency, holder: `${agency} ${whose.unit} ${whose.role}` }
}

/**
 * The stops of a case's happy path: what time is allotted to, in the order of the allotments, and at last the counter
 * where the result is given out.
 */
export function happyPath(facts: Rec, caseKey: string): Stop[] {
  const ids = Object.keys(recOf(recOf(facts.allotments)[caseKey]))
  const last = promisedBy(facts, 'result.return')
  return [...ids, ...(last && !ids.includes(last) ? [last] : [])].map((id) => stopOf(facts, id))
}

/** The stops at which the dossier comes into other hands. */
export const handovers = (path: Stop[], of: 'agency' | 'holder'): Stop[] =>
  path.filter((stop, n) => n > 0 && path[n - 1]![of] !== stop[of])

/** Ways to file, also of a draft that names none yet. */
export const channelsOf = (facts: Rec): string[] => listOf(facts.channels).map(String)

export const casesOf = (facts: Rec): string[] => Object.keys(recOf(facts.cases))
