import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }

type Flow = { id: string; targetRef?: Node; conditionExpression?: { body?: string } }
type Node = {
  $type: string
  id: string
  name?: string
  outgoing?: Flow[]
  flowElements?: Node[]
  rootElements?: Node[]
  extensionElements?: { values?: { $type: string; type?: string }[] }
}

/** The elements of a diagram that a token can be followed along. */
export type Ways = ReadonlyMap<string, Node>

/** Reads the elements of a diagram by id. @throws Error when the XML is no diagram. */
export async function readWays(xml: string): Promise<Ways> {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml)
  const ways = new Map<string, Node>()
  const walk = (node: Node) => {
    for (const child of node.flowElements ?? []) {
      ways.set(child.id, child)
      walk(child)
    }
  }
  for (const root of (rootElement as Node).rootElements ?? []) walk(root)
  return ways
}

const isMachine = (node: Node) =>
  node.$type === 'bpmn:ServiceTask' &&
  !node.extensionElements?.values?.some(({ type }) => type?.startsWith('await.'))

/** Where a walk stops: at people, at waits and at ends. */
const stops = (node: Node) =>
  ['bpmn:UserTask', 'bpmn:EndEvent'].includes(node.$type) ||
  (node.$type === 'bpmn:ServiceTask' && !isMachine(node))

function reaches(from: Node | undefined, wanted: string, seen = new Set<string>()): boolean {
  if (!from || seen.has(from.id)) return false
  seen.add(from.id)
  if (from.id === wanted) return true
  if (stops(from)) return false
  return (from.outgoing ?? []).some((flow) => reaches(flow.targetRef, wanted, seen))
}

const OUTCOME = /outcome\s*=\s*"([^"]*)"/

/** The outcome that a flow asks for; undefined where it asks for none. */
const askedBy = (flow: Flow) => OUTCOME.exec(flow.conditionExpression?.body ?? '')?.[1]

/**
 * The outcome with which a machine's box leads on to `next`, the step the example names: whichever way out of the question behind it
 * reaches that step without a person in between. Undefined where no question follows, or no way leads there.
 */
export function outcomeTowards(ways: Ways, machine: string, next: string): string | undefined {
  const question = ways
    .get(machine)
    ?.outgoing?.map((flow) => flow.targetRef)
    .find((target) => target?.$type === 'bpmn:ExclusiveGateway')
  const flows = question?.outgoing ?? []
  const towards = flows.find((flow) => reaches(flow.targetRef, next))
  if (!towards) return undefined
  return askedBy(towards) ?? 'other'
}

/** The name that people read in the diagram. */
export const nameOf = (ways: Ways, id: string): string => ways.get(id)?.name ?? id
