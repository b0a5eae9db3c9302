import type { Box, Edge, Point, Scene, Shape } from './scene.ts'

const STRIP = 30
/** The widest empty stretch that is left between two things. */
const GAP = { x: 15, y: 18 }

type Axis = 'x' | 'y'
const size = { x: 'width', y: 'height' } as const
const isFrame = ({ type }: Shape) => type === 'participant' || type === 'lane'

/** Stretches of an axis that keep their length: shapes, the bands of names, labels of lines. */
function solid(scene: Scene, axis: Axis): [number, number][] {
  const span = (box: Box): [number, number] => [box[axis], box[axis] + box[size[axis]]]
  const shapes = scene.shapes
    .filter((shape) => !isFrame(shape) || (shape.collapsed && axis === 'y'))
    .map(({ box }) => span(box))
  const bands = scene.shapes
    .filter((shape) => isFrame(shape) && !shape.collapsed && shape.horizontal === (axis === 'x'))
    .map(({ box }): [number, number] => [box[axis], box[axis] + STRIP])
  const labels = scene.edges.flatMap(({ label, type }) =>
    label && type === 'sequenceFlow' ? [span(label)] : [],
  )
  // Between two pools stand the names of what they exchange.
  const messages =
    axis === 'y'
      ? scene.edges.flatMap(({ label, type }) => (label && type === 'messageFlow' ? [span(label)] : []))
      : []
  const outside = scene.shapes.flatMap(({ label }) => (label ? [span(label)] : []))
  return [...shapes, ...bands, ...labels, ...messages, ...outside]
}

const isTask = ({ type }: Shape) => /[Tt]ask$|^callActivity$|^subProcess$/.test(type)
const isRound = ({ type }: Shape) => /Gateway$|Event$/.test(type)

/**
 * How much a stretch of the height grows so that every task is at least `least` high. Events and questions keep their
 * form, so the rest of a row that they stand in grows the more.
 */
function growth(scene: Scene, least: number): (from: number, to: number) => number {
  const rigid = scene.shapes.filter(isRound).map(({ box }) => [box.y, box.y + box.height] as const)
  const within = (from: number, to: number) => rigid.some(([start, end]) => start <= from && to <= end)
  const stops = [...new Set(rigid.flat())].sort((a, b) => a - b)
  const factors = scene.shapes.filter(isTask).map(({ box }) => {
    const [from, to] = [box.y, box.y + box.height]
    const inner = [from, ...stops.filter((stop) => stop > from && stop < to), to]
    const kept = inner.reduce((sum, at, n) => {
      const next = inner[n + 1]
      return next !== undefined && within(at, next) ? sum + next - at : sum
    }, 0)
    const free = box.height - kept
    return { from, to, factor: free < 4 ? 1 : Math.max(1, Math.min(4, (least - kept) / free)) }
  })
  return (from, to) =>
    within(from, to)
      ? 1
      : Math.max(1, ...factors.filter((one) => one.from <= from && to <= one.to).map(({ factor }) => factor))
}

/**
 * Where each coordinate of an axis comes to when empty stretches are drawn together. The order of things along the axis
 * stays, so a line that was straight stays straight and none comes to cross another.
 */
function drawnTogether(scene: Scene, axis: Axis, least: number): (value: number) => number {
  const kept = solid(scene, axis)
  const grows = axis === 'y' && least > 0 ? growth(scene, least) : () => 1
  const stops = [
    ...new Set([
      ...kept.flat(),
      ...scene.shapes.flatMap(({ box }) => [box[axis], box[axis] + box[size[axis]]]),
      ...scene.edges.flatMap(({ points }) => points.map((point) => point[axis])),
    ]),
  ].sort((a, b) => a - b)
  const moved: number[] = [0]
  for (let n = 1; n < stops.length; n++) {
    const [from, to] = [stops[n - 1]!, stops[n]!]
    const full = kept.some(([start, end]) => start <= from && to <= end)
    moved.push(moved[n - 1]! + (full ? (to - from) * grows(from, to) : Math.min(to - from, GAP[axis])))
  }
  return (value) => {
    const at = stops.findLastIndex((stop) => stop <= value)
    if (at < 0) return value - (stops[0] ?? 0)
    const next = stops[at + 1]
    if (next === undefined) return moved[at]! + value - stops[at]!
    return moved[at]! + ((value - stops[at]!) * (moved[at + 1]! - moved[at]!)) / (next - stops[at]!)
  }
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

/** The point of a line that is nearest to another point. */
function nearest(points: Point[], to: Point): Point {
  let best = points[0]!
  let least = Number.POSITIVE_INFINITY
  for (let n = 1; n < points.length; n++) {
    const [a, b] = [points[n - 1]!, points[n]!]
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const along = ((to.x - a.x) * dx + (to.y - a.y) * dy) / (dx * dx + dy * dy || 1)
    const share = Math.min(1, Math.max(0, along))
    const point = { x: a.x + share * dx, y: a.y + share * dy }
    const distance = (point.x - to.x) ** 2 + (point.y - to.y) ** 2
    if (distance < least) [best, least] = [point, distance]
  }
  return best
}

/**
 * A scene on less room: rows and columns in which nothing stands are drawn together. Labels stay beside what they name.
 * Tasks become at least `least` high, for words that are larger than the diagram's.
 */
export function compacted(scene: Scene, least = 0): Scene {
  const move = { x: drawnTogether(scene, 'x', 0), y: drawnTogether(scene, 'y', least) }
  const moved = ({ x, y }: Point): Point => ({ x: move.x(x), y: move.y(y) })
  const movedBox = (box: Box): Box => {
    const [from, to] = [moved(box), moved({ x: box.x + box.width, y: box.y + box.height })]
    return { ...from, width: to.x - from.x, height: to.y - from.y }
  }
  const along = (label: Box | null, owner: Point): Box | null => {
    if (!label) return null
    const to = moved(owner)
    return { ...label, x: label.x + to.x - owner.x, y: label.y + to.y - owner.y }
  }
  return {
    shapes: scene.shapes.map(
      (shape): Shape => ({
        ...shape,
        box: movedBox(shape.box),
        label: along(shape.label, centre(shape.box)),
      }),
    ),
    edges: scene.edges.map(
      (edge): Edge => ({
        ...edge,
        points: edge.points.map(moved),
        label: edge.label && along(edge.label, nearest(edge.points, centre(edge.label))),
      }),
    ),
  }
}
