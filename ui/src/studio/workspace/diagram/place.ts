import { is } from './elements.ts'
import { type Connection, type Element, type Get, middle, type Shape } from './services.ts'

const GAP = 50

/** Every element inside another, itself first. */
const inside = (element: Element): Element[] => [element, ...(element.children ?? []).flatMap(inside)]

/** The pool or root that an element stands in. */
export const frameOf = (element: Element): Element => {
  let at = element
  while (at.parent && !is(at, 'bpmn:Participant')) at = at.parent
  return at
}

/** Moves everything that begins right of `from` further right; pools and lanes grow with it. */
export const makeRoom = (get: Get, beside: Element, from: number, by: number): void => {
  const elements = inside(frameOf(beside))
  const { movingShapes, resizingShapes } = get('spaceTool').calculateAdjustments(elements, 'x', by, from)
  if (movingShapes.length + resizingShapes.length > 0)
    get('modeling').createSpace(movingShapes, resizingShapes, { x: by, y: 0 }, 'e', from)
}

export const isFlow = (connection: Element): connection is Connection => is(connection, 'bpmn:SequenceFlow')

export const waysOut = (shape: Shape): Connection[] => shape.outgoing.filter(isFlow)
export const waysIn = (shape: Shape): Connection[] => shape.incoming.filter(isFlow)

export const leadTo = (get: Get, flow: Connection, target: Shape): void => {
  if (flow.target === target) return
  get('modeling').reconnectEnd(flow, target, middle(target))
  get('modeling').layoutConnection(flow)
}

/** Puts a new element into the straight way on from another: between it (or the question behind it) and what follows. */
export const insertAfter = (
  get: Get,
  source: Shape,
  shape: Shape,
  wayOn: (from: Shape) => Connection | undefined,
  directly = false,
): Shape => {
  const modeling = get('modeling')
  let from = source
  let flow = wayOn(from)
  // The question behind a step belongs to it: what comes next comes behind its first answer.
  while (!directly && flow && is(flow.target, 'bpmn:ExclusiveGateway')) {
    from = flow.target
    const onward = wayOn(from)
    if (!onward || onward.target === source) break
    flow = onward
  }
  const right = from.x + from.width
  const at = { x: right + GAP + shape.width / 2, y: middle(from).y }
  const parent = from.parent!
  if (!flow) return modeling.appendShape(from, shape, at, parent)
  makeRoom(get, from, right + 1, shape.width + GAP)
  const added = modeling.createShape(shape, at, parent)
  const next = flow.target
  leadTo(get, flow, added)
  modeling.connect(added, next)
  return added
}
