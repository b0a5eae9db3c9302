import type { Box, Diagram, Edge, Point, Shape } from './diagram.ts'

type Segment = { from: Point; to: Point }

const CONTAINERS = ['bpmn:Participant', 'bpmn:Lane']
const TOUCH = 1

const segments = ({ points }: Edge): Segment[] => points.slice(1).map((to, n) => ({ from: points[n]!, to }))

const span = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a])

const overlaps = ([a, b]: [number, number], [c, d]: [number, number]) => a < d - TOUCH && c < b - TOUCH
const within = (value: number, [from, to]: [number, number]) => value > from + TOUCH && value < to - TOUCH

const isLevel = ({ from, to }: Segment) => Math.abs(from.y - to.y) < TOUCH
const isUpright = ({ from, to }: Segment) => Math.abs(from.x - to.x) < TOUCH

/** Two orthogonal segments meet inside each other, or lie on each other. */
function meet(one: Segment, other: Segment): boolean {
  if (isLevel(one) && isLevel(other))
    return (
      Math.abs(one.from.y - other.from.y) < TOUCH &&
      overlaps(span(one.from.x, one.to.x), span(other.from.x, other.to.x))
    )
  if (isUpright(one) && isUpright(other))
    return (
      Math.abs(one.from.x - other.from.x) < TOUCH &&
      overlaps(span(one.from.y, one.to.y), span(other.from.y, other.to.y))
    )
  const [level, upright] = isLevel(one) ? [one, other] : [other, one]
  // A line that ends on another one crosses it as well.
  const [left, right] = span(level.from.x, level.to.x)
  const [top, bottom] = span(upright.from.y, upright.to.y)
  return upright.from.x >= left && upright.from.x <= right && level.from.y >= top && level.from.y <= bottom
}

function through(segment: Segment, box: Box): boolean {
  const [left, right] = span(segment.from.x, segment.to.x)
  const [top, bottom] = span(segment.from.y, segment.to.y)
  const inX = isUpright(segment)
    ? within(segment.from.x, [box.x, box.x + box.width])
    : overlaps([left, right], [box.x, box.x + box.width])
  const inY = isLevel(segment)
    ? within(segment.from.y, [box.y, box.y + box.height])
    : overlaps([top, bottom], [box.y, box.y + box.height])
  return inX && inY
}

const boxesMeet = (a: Box, b: Box) =>
  overlaps([a.x, a.x + a.width], [b.x, b.x + b.width]) &&
  overlaps([a.y, a.y + a.height], [b.y, b.y + b.height])

/** Two answers of one question may share their way out until they part. */
const partFromOneQuestion = (one: Edge, other: Edge) =>
  one.source === other.source &&
  one.points[0]!.x === other.points[0]!.x &&
  one.points[0]!.y === other.points[0]!.y

const pairs = <T>(items: T[]): [T, T][] =>
  items.flatMap((a, n) => items.slice(n + 1).map((b): [T, T] => [a, b]))

/** On the frame of a box, or in it. */
const touches = ({ x, y }: Point, box: Box): boolean =>
  x >= box.x - TOUCH &&
  x <= box.x + box.width + TOUCH &&
  y >= box.y - TOUCH &&
  y <= box.y + box.height + TOUCH

/** What makes a drawing hard to read: crossings, lines through shapes, labels on lines or on each other. */
export function layoutFaults({ shapes, edges, undrawn }: Diagram): string[] {
  const nodes = shapes.filter(({ type }) => !CONTAINERS.includes(type))
  const labels = [...shapes, ...edges].filter(
    (each): each is (Shape | Edge) & { label: Box } => each.label !== undefined,
  )
  const faults: string[] = undrawn.map((id) => `${id} is not drawn`)
  for (const edge of edges)
    for (const segment of segments(edge))
      if (!isLevel(segment) && !isUpright(segment)) faults.push(`${edge.id} is not orthogonal`)
  for (const { id, points, source, target } of edges)
    for (const [end, at] of [
      [source, points[0]!],
      [target, points.at(-1)!],
    ] as const) {
      const shape = shapes.find((each) => each.id === end)
      if (shape && !touches(at, shape.box)) faults.push(`${id} does not touch ${end}`)
    }
  for (const [one, other] of pairs(edges))
    if (
      !partFromOneQuestion(one, other) &&
      segments(one).some((a) => segments(other).some((b) => meet(a, b)))
    )
      faults.push(`${one.id} and ${other.id} cross`)
  for (const edge of edges)
    for (const node of nodes)
      if (segments(edge).some((segment) => through(segment, node.box)))
        faults.push(`${edge.id} runs through ${node.id}`)
  for (const [one, other] of pairs(nodes))
    if (boxesMeet(one.box, other.box)) faults.push(`${one.id} lies on ${other.id}`)
  for (const [one, other] of pairs(labels))
    if (boxesMeet(one.label, other.label)) faults.push(`the labels of ${one.id} and ${other.id} overlap`)
  for (const each of labels) {
    for (const edge of edges)
      if (segments(edge).some((segment) => through(segment, each.label)))
        faults.push(`${edge.id} runs through the label of ${each.id}`)
    for (const node of nodes)
      if (boxesMeet(each.label, node.box)) faults.push(`the label of ${each.id} lies on ${node.id}`)
  }
  return faults
}

const isBox = (type: string) => !CONTAINERS.includes(type)

/** The steps along a way run from left to right. */
export const runsBackwards = ({ shapes }: Diagram, way: string[]): string[] => {
  const x = (id: string) => shapes.find((shape) => isBox(shape.type) && shape.id === id)!.box.x
  return way.slice(1).filter((id, n) => x(id) < x(way[n]!))
}
