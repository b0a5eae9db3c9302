import type { Change } from './change.ts'
import type { Diagram } from './diagram.ts'
import type { Facts } from './fact-words.ts'
import { listOf, type Rec, recOf } from './keyed.ts'

/** The person's box whose outcomes make a promise. */
export function promisedBy(facts: Rec, promise: string): string | null {
  const found = Object.entries(recOf(facts.steps)).find(([, step]) =>
    Object.values(recOf(recOf(step).outcomes)).some((outcome) =>
      listOf(recOf(outcome).promises).includes(promise),
    ),
  )
  return found?.[0] ?? null
}

/** The events at which a dossier is filed. */
export const startOf = (diagram: Diagram): string | null =>
  [...diagram.nodes.values()].find(({ type }) => type === 'startEvent')?.id ?? null

const jobOf = (diagram: Diagram, job: string): string | null =>
  [...diagram.nodes.values()].find((node) => node.job === job)?.id ?? null

/** Where in a diagram something shows that is no element of its own: what is filed at the start, limits where the clock begins. */
export function placeOf(change: Pick<Change, 'part' | 'field'>, diagram: Diagram, facts: Rec): string | null {
  const field = change.field ?? ''
  if (field.startsWith('consultation')) return jobOf(diagram, 'await.consultations') ?? startOf(diagram)
  if (field.startsWith('supplement')) return jobOf(diagram, 'await.supplement') ?? startOf(diagram)
  if (field.startsWith('payment')) return jobOf(diagram, 'await.payment') ?? startOf(diagram)
  if (field.startsWith('confirmation')) return jobOf(diagram, 'await.confirmation') ?? startOf(diagram)
  switch (change.part) {
    case 'papers':
    case 'form':
    case 'fees':
      return startOf(diagram)
    case 'limits':
      return promisedBy(facts, 'clock.start')
    case 'routing':
      return jobOf(diagram, 'dossier.route')
    case 'letters':
      return promisedBy(facts, 'result.sign')
    default:
      return null
  }
}

/** What is marked in the two diagrams for a change; ids that a diagram does not have are left out. */
export function anchor(
  change: Change,
  { before, after, facts }: { before: Diagram; after: Diagram; facts: Facts },
): Change['marks'] {
  const has = (diagram: Diagram) => (id: string) =>
    diagram.nodes.has(id) ||
    diagram.flows.has(id) ||
    diagram.lanes.has(id) ||
    diagram.participants.has(id) ||
    diagram.messages.has(id) ||
    diagram.notes.has(id)
  const side = (own: string[], diagram: Diagram, data: Rec): string[] => {
    const known = own.filter(has(diagram))
    if (known.length > 0) return [...new Set(known)]
    if (own.length > 0 || change.part === 'diagram') return []
    if (change.elementId) return has(diagram)(change.elementId) ? [change.elementId] : []
    const place = placeOf(change, diagram, data)
    return place && has(diagram)(place) ? [place] : []
  }
  // A step that came or went is marked only where it is.
  const whole = change.field?.match(/^steps\.[^.]+$/) && change.kind !== 'changed'
  if (change.part === 'diagram' || whole)
    return {
      before: change.marks.before.filter(has(before)),
      after: change.marks.after.filter(has(after)),
    }
  return {
    before: side(change.marks.before, before, facts.before),
    after: side(change.marks.after, after, facts.after),
  }
}
