import type { Bounds, Diagram, Drawing, Moddle } from '../diff/diagram.ts'

export type Point = { x: number; y: number }
export type Box = Bounds
export type Shape = {
  id: string
  /** Without its namespace: `userTask`, `participant`. */
  type: string
  name: string
  box: Box
  /** Where a label beside the shape stands; null: inside it. */
  label: Box | null
  horizontal: boolean
  /** A pool without a process, drawn as a band. */
  collapsed: boolean
  multiple: boolean
  /** Job type of a service task. */
  job: string | null
  /** `messageEventDefinition`, `timerEventDefinition` … of an event. */
  event: string | null
}
export type Edge = {
  id: string
  type: string
  name: string
  points: Point[]
  label: Box | null
  isDefault: boolean
}
export type Scene = { shapes: Shape[]; edges: Edge[] }

const local = ($type: string) => {
  const name = $type.slice($type.indexOf(':') + 1)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

const isPlaced = ({ x, y, width, height }: Box) => [x, y, width, height].every(Number.isFinite)

const nameOf = ({ name, text }: Moddle) => (name ?? text ?? '').replace(/\s+/g, ' ').trim().normalize('NFC')

function shapeOf(
  { bpmnElement: element, bounds, label, isHorizontal }: Drawing,
  { nodes }: Diagram,
): Shape[] {
  if (!element || !bounds || !isPlaced(bounds)) return []
  const [event] = (element as { eventDefinitions?: Moddle[] }).eventDefinitions ?? []
  return [
    {
      id: element.id,
      type: local(element.$type),
      name: nameOf(element),
      box: bounds,
      label: label?.bounds && isPlaced(label.bounds) ? label.bounds : null,
      horizontal: isHorizontal !== false,
      collapsed: element.$type === 'bpmn:Participant' && !element.processRef,
      multiple: element.participantMultiplicity !== undefined,
      job: nodes.get(element.id)?.job ?? null,
      event: event ? local(event.$type) : null,
    },
  ]
}

function edgeOf({ bpmnElement: element, waypoint, label }: Drawing): Edge[] {
  const points = (waypoint ?? []).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
  if (!element || points.length < 2) return []
  return [
    {
      id: element.id,
      type: local(element.$type),
      name: nameOf(element),
      points: points.map(({ x, y }) => ({ x, y })),
      label: label?.bounds && isPlaced(label.bounds) ? label.bounds : null,
      isDefault: element.sourceRef?.default === element,
    },
  ]
}

/** What a diagram draws and where; elements without coordinates are left out. */
export function sceneOf(diagram: Diagram): Scene {
  const drawings = (diagram.root.diagrams ?? []).flatMap(({ plane }) => plane?.planeElement ?? [])
  return {
    shapes: drawings
      .filter(({ $type }) => $type === 'bpmndi:BPMNShape')
      .flatMap((drawing) => shapeOf(drawing, diagram)),
    edges: drawings.filter(({ $type }) => $type === 'bpmndi:BPMNEdge').flatMap(edgeOf),
  }
}
