import { createRequire } from 'node:module'
import { BpmnModdle } from 'bpmn-moddle'

export type Point = { x: number; y: number }
export type Box = { x: number; y: number; width: number; height: number }
export type Shape = { id: string; type: string; box: Box; label?: Box; name: string }
export type Edge = {
  id: string
  type: string
  source: string
  target: string
  points: Point[]
  label?: Box
  name: string
}
export type Diagram = { shapes: Shape[]; edges: Edge[]; undrawn: string[] }

type Element = {
  $type: string
  id: string
  name?: string
  sourceRef?: Element
  targetRef?: Element
  flowElements?: Element[]
}
type Drawing = {
  $type: string
  bpmnElement: Element
  bounds?: Box
  waypoint?: Point[]
  label?: { bounds?: Box }
}
type Root = { rootElements: Element[]; diagrams: { plane: { planeElement: Drawing[] } }[] }

const zeebe = createRequire(import.meta.url)('zeebe-bpmn-moddle/resources/zeebe.json') as object

/** A diagram as it is drawn: shapes and edges with their coordinates, and what has none. */
export async function drawnIn(xml: string): Promise<Diagram> {
  const root = (await new BpmnModdle({ zeebe }).fromXML(xml)).rootElement as Root
  const drawings = root.diagrams.flatMap((diagram) => diagram.plane.planeElement)
  const shapes: Shape[] = []
  const edges: Edge[] = []
  for (const { $type, bpmnElement: element, bounds, waypoint, label } of drawings) {
    const common = { id: element.id, type: element.$type, name: element.name ?? '', label: label?.bounds }
    if ($type === 'bpmndi:BPMNShape') shapes.push({ ...common, box: bounds! })
    else
      edges.push({
        ...common,
        source: element.sourceRef!.id,
        target: element.targetRef!.id,
        points: waypoint!.map(({ x, y }) => ({ x, y })),
      })
  }
  const process = root.rootElements.find((each) => each.$type === 'bpmn:Process')!
  const drawn = new Set(drawings.map((drawing) => drawing.bpmnElement.id))
  return {
    shapes,
    edges,
    undrawn: process.flowElements!.map((each) => each.id).filter((id) => !drawn.has(id)),
  }
}
