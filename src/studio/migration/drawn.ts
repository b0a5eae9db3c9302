import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }

/** An element of a diagram as the engine sees it. */
export type DrawnElement = {
  id: string
  name: string
  /** The engine's own word: USER_TASK, SERVICE_TASK, MULTI_INSTANCE_BODY … */
  type: string
  /** The process or subprocess that holds it. */
  scope: string
  /** Of a user task: whether the engine keeps it, or a job stands for it. */
  implementation: 'zeebe user task' | 'job worker' | null
  jobType: string | null
  /** What the events at its border wait for: TIMER, MESSAGE, ERROR … */
  boundary: string[]
}

export type Drawn = {
  processId: string
  elements: ReadonlyMap<string, DrawnElement>
  hasEventSubprocess: boolean
  /** Joins that wait for all of their flows: id → the flows that come in. */
  joins: ReadonlyMap<string, string[]>
}

type Node = {
  $type: string
  id?: string
  name?: string
  flowElements?: Node[]
  rootElements?: Node[]
  triggeredByEvent?: boolean
  loopCharacteristics?: { $type: string }
  extensionElements?: { values?: (Node & { type?: string })[] }
  eventDefinitions?: Node[]
  attachedToRef?: { id: string }
  incoming?: { id: string }[]
}

/** bpmn:UserTask → USER_TASK, as the engine's records have it. */
const TYPES: Record<string, string> = {
  'bpmn:StartEvent': 'START_EVENT',
  'bpmn:EndEvent': 'END_EVENT',
  'bpmn:IntermediateCatchEvent': 'INTERMEDIATE_CATCH_EVENT',
  'bpmn:IntermediateThrowEvent': 'INTERMEDIATE_THROW_EVENT',
  'bpmn:BoundaryEvent': 'BOUNDARY_EVENT',
  'bpmn:UserTask': 'USER_TASK',
  'bpmn:ServiceTask': 'SERVICE_TASK',
  'bpmn:ReceiveTask': 'RECEIVE_TASK',
  'bpmn:SendTask': 'SEND_TASK',
  'bpmn:ScriptTask': 'SCRIPT_TASK',
  'bpmn:BusinessRuleTask': 'BUSINESS_RULE_TASK',
  'bpmn:ManualTask': 'MANUAL_TASK',
  'bpmn:Task': 'TASK',
  'bpmn:CallActivity': 'CALL_ACTIVITY',
  'bpmn:SubProcess': 'SUB_PROCESS',
  'bpmn:ExclusiveGateway': 'EXCLUSIVE_GATEWAY',
  'bpmn:ParallelGateway': 'PARALLEL_GATEWAY',
  'bpmn:InclusiveGateway': 'INCLUSIVE_GATEWAY',
  'bpmn:EventBasedGateway': 'EVENT_BASED_GATEWAY',
}

/** bpmn:TimerEventDefinition → TIMER. */
const eventKind = ({ $type }: Node) =>
  $type
    .replace(/^bpmn:/, '')
    .replace(/EventDefinition$/, '')
    .toUpperCase()

const extension = (node: Node, type: string) =>
  node.extensionElements?.values?.find((value) => value.$type === type)

function typeOf(node: Node): string {
  if (node.$type === 'bpmn:SubProcess' && node.triggeredByEvent) return 'EVENT_SUB_PROCESS'
  if (node.loopCharacteristics?.$type === 'bpmn:MultiInstanceLoopCharacteristics')
    return 'MULTI_INSTANCE_BODY'
  return TYPES[node.$type] ?? 'UNSPECIFIED'
}

/** Reads what migration asks of a diagram. @throws Error when the XML is no diagram or holds no process. */
export async function readDrawn(xml: string): Promise<Drawn> {
  const { rootElement } = await new BpmnModdle({ zeebe }).fromXML(xml)
  const process = (rootElement as Node).rootElements?.find((node) => node.$type === 'bpmn:Process')
  if (!process?.id) throw new Error('the diagram holds no process')
  const elements = new Map<string, DrawnElement>()
  const joins = new Map<string, string[]>()
  let hasEventSubprocess = false
  const walk = (scope: Node) => {
    const own = scope.flowElements ?? []
    for (const node of own) {
      if (!node.id || node.$type === 'bpmn:SequenceFlow') continue
      const type = typeOf(node)
      if (type === 'EVENT_SUB_PROCESS') hasEventSubprocess = true
      const isTask = node.$type === 'bpmn:UserTask'
      elements.set(node.id, {
        id: node.id,
        name: node.name ?? node.id,
        type,
        scope: scope.id ?? '',
        implementation: isTask
          ? extension(node, 'zeebe:UserTask')
            ? 'zeebe user task'
            : 'job worker'
          : null,
        jobType: extension(node, 'zeebe:TaskDefinition')?.type ?? null,
        boundary: own
          .filter((event) => event.attachedToRef?.id === node.id)
          .flatMap((event) => event.eventDefinitions ?? [])
          .map(eventKind),
      })
      const incoming = (node.incoming ?? []).map(({ id }) => id)
      if ((type === 'PARALLEL_GATEWAY' || type === 'INCLUSIVE_GATEWAY') && incoming.length > 1)
        joins.set(node.id, incoming)
      if (node.flowElements) walk(node)
    }
  }
  walk(process)
  return { processId: process.id, elements, hasEventSubprocess, joins }
}
