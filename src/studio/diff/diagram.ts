import { createRequire } from 'node:module'
import { BpmnModdle } from 'bpmn-moddle'

export type DiagramNode = {
  id: string
  /** Without its namespace: `userTask`, `exclusiveGateway`. */
  type: string
  name: string
  lane: string | null
  /** Job type of a service task. */
  job: string | null
  /** Form reference of a user task. */
  form: string | null
  /** Everything else that the engine reads, as one text. */
  rest: string
}
export type DiagramFlow = { id: string; source: string; target: string; name: string; condition: string }
export type Named = { id: string; name: string }
export type Diagram = {
  nodes: Map<string, DiagramNode>
  flows: Map<string, DiagramFlow>
  messages: Map<string, DiagramFlow>
  lanes: Map<string, Named>
  participants: Map<string, Named>
  /** Texts that stand in the drawing beside the elements. */
  notes: Map<string, Named>
  /** As bpmn-moddle reads it. */
  root: Moddle
}

/** What we use of an element of bpmn-moddle. */
export type Moddle = {
  $type: string
  id: string
  name?: string
  text?: string
  isHorizontal?: boolean
  rootElements?: Moddle[]
  participants?: Moddle[]
  messageFlows?: Moddle[]
  artifacts?: Moddle[]
  flowElements?: Moddle[]
  laneSets?: Moddle[]
  lanes?: Moddle[]
  childLaneSet?: Moddle
  flowNodeRef?: Moddle[]
  sourceRef?: Moddle
  targetRef?: Moddle
  conditionExpression?: { body?: string }
  extensionElements?: { values?: Moddle[] }
  processRef?: Moddle
  participantMultiplicity?: Moddle
  default?: Moddle
  diagrams?: { plane?: { planeElement?: Drawing[] } }[]
}

export type Bounds = { x: number; y: number; width: number; height: number }
export type Drawing = {
  $type: string
  bpmnElement?: Moddle
  isHorizontal?: boolean
  isExpanded?: boolean
  bounds?: Bounds
  waypoint?: { x: number; y: number }[]
  label?: { bounds?: Bounds }
}

const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json') as object

/** A diagram that is no BPMN at all; `message` is the reader's own, in English. */
export class UnreadableDiagram extends Error {
  override name = 'UnreadableDiagram'
}

const local = ($type: string) => {
  const name = $type.slice($type.indexOf(':') + 1)
  return name.charAt(0).toLowerCase() + name.slice(1)
}
const clean = (name: string | undefined) => (name ?? '').replace(/\s+/g, ' ').trim().normalize('NFC')

/** An element's own content as plain data: neither its parents nor what it refers to. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  const { $type, $attrs } = value as { $type?: string; $attrs?: Record<string, unknown> }
  const own = Object.entries(value)
    .filter(([key]) => !key.startsWith('$'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, plain(item)])
  return { $type, ...Object.fromEntries(own), ...$attrs }
}

const extension = (element: Moddle, type: string) =>
  element.extensionElements?.values?.find((value) => value.$type === type) as
    | Record<string, string | undefined>
    | undefined

/** The other extensions; a template's picture and version are the modeller's own. */
const restOf = (element: Moddle) => {
  const others = (element.extensionElements?.values ?? []).filter(
    ({ $type }) => $type !== 'zeebe:TaskDefinition' && $type !== 'zeebe:FormDefinition',
  )
  const { retries } = extension(element, 'zeebe:TaskDefinition') ?? {}
  const events = (element as { eventDefinitions?: unknown }).eventDefinitions
  const loop = (element as { loopCharacteristics?: unknown }).loopCharacteristics
  return JSON.stringify(plain([others, retries, events, loop]))
}

const lanesIn = (sets: Moddle[]): Moddle[] =>
  sets.flatMap((set) =>
    (set.lanes ?? []).flatMap((lane) => [lane, ...lanesIn(lane.childLaneSet ? [lane.childLaneSet] : [])]),
  )

const elementsIn = (container: Moddle): Moddle[] =>
  (container.flowElements ?? []).flatMap((each) => [each, ...elementsIn(each)])

const byId = <T extends { id: string }>(items: T[]) => new Map(items.map((item) => [item.id, item]))

const flowOf = (flow: Moddle): DiagramFlow => ({
  id: flow.id,
  source: flow.sourceRef?.id ?? '',
  target: flow.targetRef?.id ?? '',
  name: clean(flow.name),
  condition: (flow.conditionExpression?.body ?? '').trim(),
})
const named = ({ id, name }: Moddle): Named => ({ id, name: clean(name) })

/** Reads what a diagram says, and where it is drawn (`root.diagrams`). Throws UnreadableDiagram. */
export async function readDiagram(xml: string): Promise<Diagram> {
  const root = await new BpmnModdle({ zeebe }).fromXML(xml).then(
    ({ rootElement }) => rootElement as Moddle,
    (error: Error) => {
      throw new UnreadableDiagram(error.message)
    },
  )
  const roots = root.rootElements ?? []
  const processes = roots.filter(({ $type }) => $type === 'bpmn:Process')
  const collaborations = roots.filter(({ $type }) => $type === 'bpmn:Collaboration')
  const lanes = lanesIn(processes.flatMap(({ laneSets }) => laneSets ?? []))
  const laneOf = new Map(
    lanes.flatMap((lane) => (lane.flowNodeRef ?? []).map((node) => [node.id, lane.id] as const)),
  )
  const elements = processes.flatMap(elementsIn)
  const isFlow = ({ $type }: Moddle) => $type === 'bpmn:SequenceFlow'
  return {
    root,
    nodes: byId(
      elements
        .filter((each) => !isFlow(each))
        .map((each) => ({
          id: each.id,
          type: local(each.$type),
          name: clean(each.name),
          lane: laneOf.get(each.id) ?? null,
          job: extension(each, 'zeebe:TaskDefinition')?.type ?? null,
          form: extension(each, 'zeebe:FormDefinition')?.externalReference ?? null,
          rest: restOf(each),
        })),
    ),
    flows: byId(elements.filter(isFlow).map(flowOf)),
    messages: byId(collaborations.flatMap(({ messageFlows }) => messageFlows ?? []).map(flowOf)),
    lanes: byId(lanes.map(named)),
    participants: byId(collaborations.flatMap(({ participants }) => participants ?? []).map(named)),
    notes: byId(
      [...processes, ...collaborations]
        .flatMap(({ artifacts }) => artifacts ?? [])
        .filter(({ $type }) => $type === 'bpmn:TextAnnotation')
        .map(({ id, text }) => ({ id, name: clean(text) })),
    ),
  }
}
