import { readingOrder as inReadingOrder, type Placed } from '../../draft/reading.ts'

/** A diagram as a graph, without its drawing: what the step table is made of. */
export type NodeKind = 'start' | 'end' | 'step' | 'wait' | 'machine' | 'gateway' | 'other'
export type GraphNode = {
  id: string
  kind: NodeKind
  name: string
  /** The job type of a wait or of machines' work. */
  type: string
  lane: string | null
  outgoing: string[]
  incoming: string[]
}
export type GraphFlow = { id: string; source: string; target: string; name: string; outcome: string | null }
export type Graph = { nodes: Map<string, GraphNode>; flows: Map<string, GraphFlow> }

const flowsOf = (graph: Graph, ids: string[]): GraphFlow[] => ids.flatMap((id) => graph.flows.get(id) ?? [])

export const outgoing = (graph: Graph, id: string): GraphFlow[] =>
  flowsOf(graph, graph.nodes.get(id)?.outgoing ?? [])
export const incoming = (graph: Graph, id: string): GraphFlow[] =>
  flowsOf(graph, graph.nodes.get(id)?.incoming ?? [])

/** A question: a gateway with more than one way out, or with an answer on its only one. */
export const asks = (graph: Graph, id: string): boolean => {
  if (graph.nodes.get(id)?.kind !== 'gateway') return false
  const ways = outgoing(graph, id)
  return ways.length > 1 || ways.some(({ outcome }) => outcome !== null)
}

/** Where a flow leads in the end: past gateways that only join. */
export const through = (graph: Graph, flow: GraphFlow): string => {
  const seen = new Set<string>()
  let id = flow.target
  while (graph.nodes.get(id)?.kind === 'gateway' && !asks(graph, id) && !seen.has(id)) {
    seen.add(id)
    const next = outgoing(graph, id)[0]
    if (!next) break
    id = next.target
  }
  return id
}

/** The question behind a step, if one stands there. */
export const questionOf = (graph: Graph, id: string): string | null => {
  const way = outgoing(graph, id)[0]
  if (!way) return null
  const next = through(graph, way)
  return asks(graph, next) ? next : null
}

/** The steps and waits whose answer a question asks: back through joints. */
export const askers = (graph: Graph, gateway: string): string[] => {
  const found = new Set<string>()
  const seen = new Set<string>()
  const open = incoming(graph, gateway).map(({ source }) => source)
  while (open.length > 0) {
    const id = open.pop()!
    if (seen.has(id)) continue
    seen.add(id)
    if (graph.nodes.get(id)?.kind === 'gateway' && !asks(graph, id))
      open.push(...incoming(graph, id).map(({ source }) => source))
    else found.add(id)
  }
  return [...found]
}

export type Next = {
  /** Null: whatever comes of the step, it goes this way. */
  outcome: string | null
  /** The element it leads to; null: nothing is drawn for this outcome. */
  target: string | null
  /** The flow that decides: moving its end changes where the outcome leads. */
  flow: string | null
}

/** Where a step leads, by outcome. One that is asked about nowhere leads one way whatever comes of it. */
export const nextOf = (graph: Graph, id: string, outcomes: string[]): Next[] => {
  const question = questionOf(graph, id)
  if (question === null) {
    const way = outgoing(graph, id)[0]
    return [{ outcome: null, target: way ? through(graph, way) : null, flow: way?.id ?? null }]
  }
  const ways = outgoing(graph, question)
  const answers = outcomes.length > 0 ? outcomes : ways.flatMap(({ outcome }) => outcome ?? [])
  return answers.map((outcome) => {
    const way = ways.find((each) => each.outcome === outcome)
    return { outcome, target: way ? through(graph, way) : null, flow: way?.id ?? null }
  })
}

/** Flow nodes in reading order; the ways out of a question stand in the order of its answers (rows.ts). */
export const readingOrder = (graph: Graph): Placed[] =>
  inReadingOrder(
    graph.nodes.keys(),
    [...graph.nodes.values()].filter(({ kind }) => kind === 'start').map(({ id }) => id),
    (id) => outgoing(graph, id).map(({ target }) => target),
  )
