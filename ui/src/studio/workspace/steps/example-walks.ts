import { asks, type Graph, outgoing } from './graph.ts'
import type { LooseDefinition } from './rows.ts'

export type Visit = { element: string; outcome: string }
type Content = Record<string, unknown>
export type ExampleFile = { name: string; content: Content }

const MOST_STEPS = 500

const isVisited = (graph: Graph, id: string): boolean =>
  ['step', 'wait'].includes(graph.nodes.get(id)?.kind ?? '')

const answersOf = (definition: LooseDefinition, id: string): string[] => {
  const step = definition.steps?.[id]
  if (step) return [...Object.keys(step.outcomes ?? {}), ...(step.clockOutcomes ?? [])]
  return definition.waits?.[id]?.outcomes ?? []
}

/** The first step, wait or end on the straight way on from an element, itself included. */
const firstMet = (graph: Graph, from: string): string | null => {
  let at: string | undefined = from
  for (let n = 0; at !== undefined && n < MOST_STEPS; n++) {
    if (isVisited(graph, at) || graph.nodes.get(at)?.kind === 'end') return at
    at = outgoing(graph, at)[0]?.target
  }
  return null
}

/**
 * The way of an example led through the diagram as it is drawn now: visits of what is not drawn any more are left out, a
 * step that is new is passed with its first answer, an answer that is no more gives way to the first. Null: no way
 * through it comes to an end.
 */
export const mendWalk = (
  graph: Graph,
  definition: LooseDefinition,
  walk: readonly Visit[],
): { walk: Visit[]; ends: string } | null => {
  let rest = walk.filter(({ element }) => isVisited(graph, element))
  const taken: Visit[] = []
  let at = [...graph.nodes.values()].find(({ kind }) => kind === 'start')?.id
  let said: string | null = null
  for (let n = 0; at !== undefined && n < MOST_STEPS; n++) {
    const node = graph.nodes.get(at)
    if (!node) return null
    if (node.kind === 'end') return { walk: taken, ends: at }
    const ways = outgoing(graph, at)
    if (isVisited(graph, at)) {
      const planned = rest.findIndex(({ element }) => element === at)
      const answers = answersOf(definition, at)
      const wanted: string | undefined = planned < 0 ? undefined : rest[planned]!.outcome
      rest = rest.slice(planned + 1)
      said = wanted !== undefined && answers.includes(wanted) ? wanted : (answers[0] ?? wanted ?? '')
      taken.push({ element: at, outcome: said })
      at = ways[0]?.target
    } else if (asks(graph, at)) {
      const next = rest[0]?.element
      const way =
        ways.find(({ outcome }) => outcome !== null && outcome === said) ??
        ways.find(({ target }) => firstMet(graph, target) === next) ??
        ways[0]
      at = way?.target
    } else {
      if (node.kind === 'machine') said = null
      at = ways[0]?.target
    }
  }
  return null
}

const walkOf = ({ walk }: Content): Visit[] => (Array.isArray(walk) ? (walk as Visit[]) : [])

/** Elements that examples visit and the diagram does not have, each with how many examples do. */
export const goneFrom = (graph: Graph, examples: readonly ExampleFile[]): Map<string, number> => {
  const gone = new Map<string, number>()
  for (const { content } of examples)
    for (const id of new Set(walkOf(content).map(({ element }) => element)))
      if (!isVisited(graph, id)) gone.set(id, (gone.get(id) ?? 0) + 1)
  return gone
}

/** Every example after the diagram; those that fit already stay the same objects, and so do those that cannot be mended. */
export const mendExamples = <T extends ExampleFile>(
  graph: Graph,
  definition: LooseDefinition,
  examples: readonly T[],
): { examples: T[]; mended: string[]; left: string[] } => {
  const mended: string[] = []
  const left: string[] = []
  const next = examples.map((example) => {
    const walk = walkOf(example.content)
    const found = mendWalk(graph, definition, walk)
    if (!found) {
      left.push(example.name)
      return example
    }
    const same = JSON.stringify(found.walk) === JSON.stringify(walk) && found.ends === example.content.ends
    if (same) return example
    mended.push(example.name)
    return { ...example, content: { ...example.content, walk: found.walk, ends: found.ends } }
  })
  return { examples: next, mended, left }
}
