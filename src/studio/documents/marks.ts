import type { Change } from '../diff/change.ts'
import type { Diagram } from '../diff/diagram.ts'
import { canonical, type Rec, recOf } from '../diff/keyed.ts'
import { limitChange, limitWords } from '../diff/words.ts'
import type { Mark } from '../drawing/draw.ts'
import type { MarkKind } from '../drawing/symbols.ts'

type Side = 'before' | 'after'
export type Diagrams = Record<Side, Diagram>

/** What stands in only one of the diagrams came or went; everything else that is marked changed. */
function kindOf(id: string, side: Side, diagrams: Diagrams): MarkKind {
  const other = diagrams[side === 'before' ? 'after' : 'before']
  const known = [other.nodes, other.flows, other.messages, other.lanes, other.participants, other.notes]
  if (known.some((elements) => elements.has(id))) return 'changed'
  return side === 'before' ? 'removed' : 'added'
}

const isBox = (diagram: Diagram, id: string) => {
  const type = diagram.nodes.get(id)?.type
  return type !== undefined && !type.endsWith('Gateway')
}

/** What is filed rather than drawn: it is told at a sheet of paper, not on the event. */
const FILED: Change['part'][] = ['papers', 'form', 'fees']
export const isFiled = ({ part }: Change) => FILED.includes(part)

/** The marks of one of the diagrams; a change has its number on the boxes it is about, on a line only where there is no box. */
export function marksOf(changes: Change[], side: Side, diagrams: Diagrams): Record<string, Mark> {
  const marks: Record<string, Mark> = {}
  changes.forEach((change, n) => {
    if (isFiled(change)) return
    const ids = change.marks[side]
    const boxes = ids.filter((id) => isBox(diagrams[side], id))
    const numbered = boxes.length > 0 ? boxes : ids.slice(0, 1)
    for (const id of ids) {
      const mark = marks[id] ?? { kind: kindOf(id, side, diagrams), numbers: [] }
      if (numbered.includes(id)) mark.numbers.push(n + 1)
      marks[id] = mark
    }
  })
  return marks
}

/** The case whose times stand on the boxes: the one in which most of them change, else the first. */
export function shownCase(before: Rec | null, after: Rec): string | undefined {
  const changed = (key: string) => {
    const [was, is] = [recOf(recOf(before?.allotments)[key]), recOf(recOf(after.allotments)[key])]
    return Object.keys({ ...was, ...is }).filter((id) => canonical(was[id]) !== canonical(is[id])).length
  }
  const [first, ...others] = Object.keys(recOf(after.allotments))
  return others.reduce(
    (best, key) => (best === undefined || changed(key) > changed(best) ? key : best),
    first,
  )
}

/** “28 giờ LV” for each step that has time in a case; “48 → 40 giờ LV” where it had another before. */
export const badgesOf = (facts: Rec, caseKey: string | undefined, before?: Rec): Record<string, string> => {
  const timesOf = (of: Rec | undefined) => recOf(recOf(of?.allotments)[caseKey ?? ''])
  const was = timesOf(before)
  return Object.fromEntries(
    Object.entries(timesOf(facts)).map(([id, limit]) => [
      id,
      was[id] === undefined || canonical(was[id]) === canonical(limit)
        ? limitWords(limit).vi
        : limitChange(was[id], limit).vi,
    ]),
  )
}
