import { BpmnModdle } from 'bpmn-moddle'

/** What a node is to a dossier: somebody's step, a wait, a machine's work (which takes no time), or a question. */
export type NodeKind = 'start' | 'end' | 'step' | 'wait' | 'machine' | 'choice' | 'other'

/** A flow out of a node; `outcomes`: the answers it is taken with, null where it asks for none that we can read. */
export type Way = { id: string; name: string; target: string; outcomes: string[] | null; isDefault: boolean }

/** `type`: the job type of machines' work and of waits. */
export type FlowNode = { id: string; kind: NodeKind; type: string; name: string; ways: Way[] }

/** A diagram as the way that a dossier takes through it. */
export type Flow = { start: string; nodes: Map<string, FlowNode> }

type Element = {
  $type: string
  id: string
  name?: string
  flowElements?: Element[]
  outgoing?: Element[]
  sourceRef?: Element
  targetRef?: Element
  default?: Element
  conditionExpression?: { body?: string }
  extensionElements?: { values?: { $type: string; type?: string; $children?: unknown }[] }
}

/** A diagram that cannot be read as one process with a start. */
export class UnreadableDiagram extends Error {
  override name = 'UnreadableDiagram'
}

const ANSWER = /^\s*(?:=\s*)?outcome\s*=\s*"([^"]*)"\s*$/

/** The answers that `=outcome = "a" or outcome = "b"` names; null for every other condition. */
export function outcomesOf(condition: string | undefined): string[] | null {
  if (!condition) return null
  const found = condition.split(/\bor\b/).map((part) => ANSWER.exec(part)?.[1])
  return found.every((answer) => answer !== undefined) ? found : null
}

const KINDS: Record<string, NodeKind> = {
  'bpmn:StartEvent': 'start',
  'bpmn:EndEvent': 'end',
  'bpmn:UserTask': 'step',
  'bpmn:ExclusiveGateway': 'choice',
}

const typeOf = ({ extensionElements }: Element): string =>
  extensionElements?.values?.find(({ $type }) => $type === 'zeebe:taskDefinition')?.type ?? ''

function kindOf(element: Element): NodeKind {
  const known = KINDS[element.$type]
  if (known) return known
  if (element.$type !== 'bpmn:ServiceTask') return 'other'
  return typeOf(element).startsWith('await.') ? 'wait' : 'machine'
}

/** Reads the first process of a diagram. Throws UnreadableDiagram. */
export async function readDiagram(xml: string): Promise<Flow> {
  let root: unknown
  try {
    root = (await new BpmnModdle().fromXML(xml)).rootElement
  } catch (error) {
    throw new UnreadableDiagram((error as Error).message)
  }
  const process = (root as { rootElements?: Element[] }).rootElements?.find(
    ({ $type }) => $type === 'bpmn:Process',
  )
  const elements = process?.flowElements ?? []
  const flows = elements.filter(({ $type }) => $type === 'bpmn:SequenceFlow')
  const nodes = new Map<string, FlowNode>()
  for (const element of elements) {
    if (element.$type === 'bpmn:SequenceFlow' || element.$type.includes('DataObject')) continue
    const ways = flows
      .filter(({ sourceRef, targetRef }) => sourceRef === element && targetRef)
      .map((flow) => ({
        id: flow.id,
        name: flow.name ?? '',
        target: flow.targetRef!.id,
        outcomes: outcomesOf(flow.conditionExpression?.body),
        isDefault: element.default === flow,
      }))
    const type = typeOf(element)
    nodes.set(element.id, { id: element.id, kind: kindOf(element), type, name: element.name ?? '', ways })
  }
  const starts = [...nodes.values()].filter(({ kind }) => kind === 'start')
  if (starts.length !== 1) throw new UnreadableDiagram(`${starts.length} start events`)
  return { start: starts[0]!.id, nodes }
}

/** Ways that an answer may take out of a node: where the answer is not known, or asks nothing there, all of them. */
export function waysWith(node: FlowNode, outcome: string | null): Way[] {
  if (node.kind !== 'choice' || outcome === null || node.ways.length < 2) return node.ways
  const asked = node.ways.filter(({ outcomes }) => outcomes?.includes(outcome))
  if (asked.length > 0) return asked
  const fallback = node.ways.filter(({ isDefault }) => isDefault)
  if (fallback.length > 0) return fallback
  // A condition that we cannot read may hold.
  return node.ways.filter(({ outcomes }) => outcomes === null)
}

const stops = ({ kind }: FlowNode) => kind === 'step' || kind === 'wait' || kind === 'end'

/**
 * The steps, waits and ends that come next after a node, when it answered `outcome`. What a machine answers on the way is
 * not known: behind one, every way counts.
 */
export function nextOf(flow: Flow, from: string, outcome: string | null): FlowNode[] {
  const found = new Map<string, FlowNode>()
  const seen = new Set<string>()
  const look = (id: string, answer: string | null) => {
    const node = flow.nodes.get(id)
    if (!node) return
    for (const { target } of waysWith(node, answer)) {
      const next = flow.nodes.get(target)
      const key = `${target}/${answer}`
      if (!next || seen.has(key)) continue
      seen.add(key)
      if (stops(next)) found.set(target, next)
      else look(target, next.kind === 'machine' ? null : answer)
    }
  }
  look(from, outcome)
  return [...found.values()]
}
