/** A diagram as the way a dossier takes, for the rules that follow it. */

export type GraphNode = {
  id: string
  name: string
  kind: 'start' | 'end' | 'step' | 'wait' | 'machine' | 'gateway' | 'other'
  /** Of machines and waits. */
  jobType: string
  out: GraphFlow[]
}
/** `outcome`: the answer it is taken with; null where it asks for none that can be read. */
export type GraphFlow = { id: string; to: string; outcome: string | null }
export type Graph = { nodes: Map<string, GraphNode>; starts: string[] }

type Moddle = {
  $type: string
  id?: string
  name?: string
  rootElements?: Moddle[]
  flowElements?: Moddle[]
  sourceRef?: Moddle
  targetRef?: Moddle
  conditionExpression?: { body?: string }
  extensionElements?: { values?: { $type: string; type?: string }[] }
}

const ASKED = /^=\s*outcome\s*=\s*"([a-z-]+)"\s*$/

const typeOf = (node: Moddle) =>
  node.extensionElements?.values?.find(({ $type }) => $type === 'zeebe:TaskDefinition')?.type ?? ''

function kindOf(node: Moddle): GraphNode['kind'] {
  if (node.$type === 'bpmn:StartEvent') return 'start'
  if (node.$type === 'bpmn:EndEvent') return 'end'
  if (node.$type === 'bpmn:UserTask') return 'step'
  if (node.$type.endsWith('Gateway')) return 'gateway'
  if (node.$type !== 'bpmn:ServiceTask') return 'other'
  return typeOf(node).startsWith('await.') ? 'wait' : 'machine'
}

/** The first process of a diagram that was read. */
export function graphOf(root: unknown): Graph {
  const process = (root as Moddle).rootElements?.find(({ $type }) => $type === 'bpmn:Process')
  const elements = process?.flowElements ?? []
  const nodes = new Map<string, GraphNode>()
  for (const each of elements)
    if (each.id && each.$type !== 'bpmn:SequenceFlow')
      nodes.set(each.id, {
        id: each.id,
        name: each.name ?? each.id,
        kind: kindOf(each),
        jobType: typeOf(each),
        out: [],
      })
  for (const each of elements)
    if (each.$type === 'bpmn:SequenceFlow' && each.sourceRef?.id && each.targetRef?.id)
      nodes.get(each.sourceRef.id)?.out.push({
        id: each.id ?? '',
        to: each.targetRef.id,
        outcome: ASKED.exec(each.conditionExpression?.body ?? '')?.[1] ?? null,
      })
  const starts = [...nodes.values()].filter(({ kind }) => kind === 'start').map(({ id }) => id)
  return { nodes, starts }
}

/** Ways out of a node for an answer; where it is not asked for or not known, all of them. */
function waysOf(node: GraphNode, answer: string | null): GraphFlow[] {
  if (node.kind !== 'gateway' || node.out.length < 2 || answer === null) return node.out
  const asked = node.out.filter(({ outcome }) => outcome === answer)
  return asked.length > 0 ? asked : node.out
}

/**
 * Walks every way from some nodes with the answers that steps and waits give. `visit` sees a node with what the walk
 * carries to it, and says what it carries on: one item for each answer, none to stop here. The carried value is part of
 * what makes a place new, so it must be of few kinds.
 */
export function follow<T extends string | boolean>(
  graph: Graph,
  from: { id: string; carried: T; answer: string | null }[],
  visit: (node: GraphNode, carried: T) => { carried: T; answer?: string | null }[],
): void {
  const seen = new Set<string>()
  // Of a node that answers itself it is all the same with which answer it was reached.
  const settled = new Set<string>()
  const open = [...from]
  const step = (id: string, carried: T, answer: string | null) => {
    const node = graph.nodes.get(id)
    const key = `${id}|${carried}|${answer}`
    if (!node || seen.has(key) || settled.has(`${id}|${carried}`)) return
    seen.add(key)
    const found = visit(node, carried)
    if (found.every((next) => next.answer !== undefined)) settled.add(`${id}|${carried}`)
    for (const next of found) {
      const given = next.answer === undefined ? answer : next.answer
      for (const { to } of waysOf(node, given)) open.push({ id: to, carried: next.carried, answer: given })
    }
  }
  for (let place = open.pop(); place; place = open.pop()) step(place.id, place.carried, place.answer)
}
