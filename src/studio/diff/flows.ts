import type { Change } from './change.ts'
import type { Diagram, DiagramNode } from './diagram.ts'

type Drawn = { before: Diagram; after: Diagram }
type Marks = Change['marks']

/** Where one comes to from `start` in a diagram, by way of elements that the other diagram lacks. */
function reach(
  diagram: Diagram,
  start: string,
  through: Set<string>,
): { targets: Set<string>; flows: string[]; nodes: string[] } {
  const targets = new Set<string>()
  const flows: string[] = []
  const nodes: string[] = []
  const waiting = [start]
  const seen = new Set(waiting)
  while (waiting.length > 0) {
    const at = waiting.pop()!
    for (const flow of diagram.flows.values()) {
      if (flow.source !== at) continue
      if (at === start && !through.has(flow.target)) continue
      flows.push(flow.id)
      if (!through.has(flow.target)) targets.add(flow.target)
      else if (!seen.has(flow.target)) {
        seen.add(flow.target)
        nodes.push(flow.target)
        waiting.push(flow.target)
      }
    }
  }
  return { targets, flows, nodes }
}

/**
 * What goes with an element that came or went and needs no words of its own: the lines at its ends, the line that
 * closes the gap it leaves (or that it opens), and the unnamed joint or the question right behind it.
 * `carried` holds flows as `before:<id>` and `after:<id>`.
 */
export function absorbed({ before, after }: Drawn, isNew: DiagramNode[], isGone: DiagramNode[]) {
  const carried = new Set<string>()
  const marks = new Map<string, Marks>()
  const followers = new Set<string>()

  const side = (own: 'before' | 'after', diagram: Diagram, other: Diagram, nodes: DiagramNode[]) => {
    const ids = new Set(nodes.map(({ id }) => id))
    const far = own === 'before' ? 'after' : 'before'
    const owner = new Map<string, string>(nodes.map(({ id }) => [id, id]))
    for (const node of nodes) {
      const into = [...diagram.flows.values()].filter(({ target }) => target === node.id)
      const sources = into.map(({ source }) => source)
      // A gateway that is asked only behind such a step came or went with it.
      if (node.type.endsWith('Gateway') && sources.length === 1 && ids.has(sources[0]!)) {
        followers.add(node.id)
        owner.set(node.id, sources[0]!)
      }
    }
    const ownerOf = (id: string): string => {
      // Gateways may follow each other in a circle: whoever is met twice is the top.
      const seen = new Set<string>()
      let top = id
      while (owner.get(top) !== top && !seen.has(top)) {
        seen.add(top)
        top = owner.get(top)!
      }
      if (owner.get(top) !== top) followers.delete(top)
      return top
    }
    const mark = (id: string, where: 'before' | 'after', what: string) => {
      const top = ownerOf(id)
      const known = marks.get(top) ?? { before: [], after: [] }
      if (!known[where].includes(what)) known[where].push(what)
      marks.set(top, known)
    }
    for (const { id } of nodes) mark(id, own, id)
    for (const flow of diagram.flows.values()) {
      const at = ids.has(flow.source) ? flow.source : ids.has(flow.target) ? flow.target : null
      if (!at) continue
      carried.add(`${own}:${flow.id}`)
      mark(at, own, flow.id)
    }
    // The line that now goes straight past what is not there (or went, before what is there now).
    for (const { id: start } of diagram.nodes.values()) {
      if (ids.has(start)) continue
      const { targets, nodes: passed } = reach(diagram, start, ids)
      if (passed.length === 0) continue
      for (const flow of other.flows.values())
        if (
          flow.source === start &&
          targets.has(flow.target) &&
          !isThere(diagram, flow.source, flow.target)
        ) {
          carried.add(`${far}:${flow.id}`)
          mark(passed[0]!, far, flow.id)
        }
    }
  }
  side('before', before, after, isGone)
  side('after', after, before, isNew)
  return {
    carried,
    followers,
    marksOf: (id: string): Marks => marks.get(id) ?? { before: [], after: [] },
  }
}

const isThere = (diagram: Diagram, source: string, target: string) =>
  [...diagram.flows.values()].some((flow) => flow.source === source && flow.target === target)
