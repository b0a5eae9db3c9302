import type { Graph, GraphNode, NodeKind } from './graph.ts'
import { isWaitType, outcomeOfCondition } from './kinds.ts'

/** As much of a moddle element as a graph needs. */
export type Moddle = {
  $type: string
  id: string
  name?: string
  flowElements?: Moddle[]
  laneSets?: { lanes?: Lane[] }[]
  sourceRef?: Moddle
  targetRef?: Moddle
  conditionExpression?: { body?: string }
  extensionElements?: { values?: (Record<string, unknown> & { $type: string })[] }
}
type Lane = { id: string; flowNodeRef?: Moddle[]; childLaneSet?: { lanes?: Lane[] } }

export const extensionOf = (element: Moddle, type: string): Record<string, unknown> | undefined =>
  element.extensionElements?.values?.find(({ $type }) => $type.toLowerCase() === type.toLowerCase())

/** The job type of machines' work or of a wait. */
export const jobTypeOf = (element: Moddle): string =>
  String(extensionOf(element, 'zeebe:TaskDefinition')?.type ?? '')

const kindOf = (element: Moddle, type: string): NodeKind => {
  if (element.$type === 'bpmn:UserTask') return 'step'
  if (element.$type === 'bpmn:ServiceTask') return isWaitType(type) ? 'wait' : 'machine'
  if (element.$type === 'bpmn:StartEvent') return 'start'
  if (element.$type === 'bpmn:EndEvent') return 'end'
  return element.$type.endsWith('Gateway') ? 'gateway' : 'other'
}

const lanesOf = (lanes: Lane[] | undefined): Lane[] =>
  (lanes ?? []).flatMap((lane) => [lane, ...lanesOf(lane.childLaneSet?.lanes)])

/** A process as moddle has read it, as a graph. Flows leave a node in the order of the file. */
export const graphOfProcess = (process: Moddle): Graph => {
  const graph: Graph = { nodes: new Map(), flows: new Map() }
  const laneOf = new Map<string, string>()
  for (const lane of process.laneSets?.flatMap(({ lanes }) => lanesOf(lanes)) ?? [])
    for (const node of lane.flowNodeRef ?? []) laneOf.set(node.id, lane.id)
  for (const element of process.flowElements ?? []) {
    if (element.$type === 'bpmn:SequenceFlow') {
      if (!element.sourceRef || !element.targetRef) continue
      graph.flows.set(element.id, {
        id: element.id,
        source: element.sourceRef.id,
        target: element.targetRef.id,
        name: element.name ?? '',
        outcome: outcomeOfCondition(element.conditionExpression?.body),
      })
    } else if (!/^bpmn:(Data|Association|TextAnnotation)/.test(element.$type)) {
      const type = jobTypeOf(element)
      const node: GraphNode = {
        id: element.id,
        kind: kindOf(element, type),
        name: element.name ?? '',
        type,
        lane: laneOf.get(element.id) ?? null,
        outgoing: [],
        incoming: [],
      }
      graph.nodes.set(element.id, node)
    }
  }
  for (const { id, source, target } of graph.flows.values()) {
    graph.nodes.get(source)?.outgoing.push(id)
    graph.nodes.get(target)?.incoming.push(id)
  }
  return graph
}
