import { widthOf } from '../../letters/fonts.ts'
import { type Diagram, readDiagram } from '../diff/diagram.ts'
import { compacted } from './compact.ts'
import { drawEdge } from './edges.ts'
import { LARGE, type Letters, lettersFor, PLAIN } from './letters.ts'
import { type Point, type Scene, type Shape, sceneOf } from './scene.ts'
import { drawShape } from './shapes.ts'
import { type MarkKind, numberSign, STYLES } from './symbols.ts'
import { round, textAt, wrap } from './text.ts'

export type Mark = { kind: MarkKind; numbers: number[] }

export type DrawOptions = {
  /** What changed, by element: its colour, its shape, and the numbers of the changes; no numbers, no sign. */
  marks?: Record<string, Mark>
  /** A word at the lower right corner of a task: “28 giờ”. */
  badges?: Record<string, string>
  /** On little room: empty stretches drawn together, words as large as their boxes allow. */
  compact?: boolean
  /** Printed on this room, in points: boxes grow into its height until their names can be read. */
  room?: { width: number; height: number }
  /** What else changes at a box, in a few words above it: “10 → 8 ngày làm việc”. */
  figures?: Record<string, string>
  /** What the file of papers and the form says, at a sheet of paper above the event where it is filed. */
  filed?: Mark & { at: string; words: string }
}

export type Drawn = { svg: string; width: number; height: number }

/** “4, 7–9” */
export function numbersAsText(numbers: number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const runs: [number, number][] = []
  for (const number of sorted) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([a, b]) => (a === b ? `${a}` : b === a + 1 ? `${a}, ${b}` : `${a}–${b}`)).join(', ')
}

function signs(scene: Scene, marks: Record<string, Mark>, letters: Letters): string {
  const height = letters.sign * 1.25
  const put = (at: Point, { kind, numbers }: Mark, toLeft: boolean) => {
    if (numbers.length === 0) return ''
    const words = numbersAsText(numbers)
    const width = Math.max(
      height * 1.35,
      widthOf(words, letters.sign, 'bold') + height * (kind === 'changed' ? 1 : 0.6),
    )
    const x = toLeft ? at.x - width / 2 + height / 2 : at.x
    return (
      numberSign(kind, x, at.y, width, height) +
      textAt([words], { x, middle: at.y, size: letters.sign, bold: true, colour: '#ffffff' })
    )
  }
  const middleOf = (points: Point[]): Point => {
    const at = Math.floor((points.length - 1) / 2)
    const [a, b] = [points[at]!, points[at + 1]!]
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  }
  return [
    ...scene.shapes.map(({ id, box }) => {
      const mark = marks[id]
      if (!mark) return ''
      // Beside an event, whose circle it would hide.
      return box.width < 60
        ? put({ x: box.x + box.width + 2, y: box.y - 3 }, mark, true)
        : put({ x: box.x + box.width - 2, y: box.y }, mark, true)
    }),
    ...scene.edges.map(({ id, points }) => {
      const mark = marks[id]
      return mark ? put(middleOf(points), mark, false) : ''
    }),
  ].join('')
}

/** Everything drawn, with some air around it. */
function extent({ shapes, edges }: Scene) {
  const boxes = [
    ...shapes.flatMap(({ box, label }) => (label ? [box, label] : [box])),
    ...edges.flatMap(({ label }) => label ?? []),
  ]
  const points = edges.flatMap(({ points: all }) => all)
  const xs = [...boxes.flatMap(({ x, width }) => [x, x + width]), ...points.map(({ x }) => x)]
  const ys = [...boxes.flatMap(({ y, height }) => [y, y + height]), ...points.map(({ y }) => y)]
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (xs.length === 0) return { x: 0, y: 0, width: 1, height: 1 }
  const air = 14
  const [x, y] = [least(xs) - air, least(ys) - air]
  return { x, y, width: most(xs) + air - x, height: most(ys) + air - y }
}

/** Tasks are made higher, as far as the room goes, until three lines of seven points stand in them. */
function fittedTo(given: Scene, room: { width: number; height: number }): { scene: Scene; letters: Letters } {
  const plain = extent(compacted(given))
  const scale = Math.min(room.width / plain.width, room.height / plain.height)
  const letters = lettersFor(scale)
  for (let least = 165; least >= 90; least -= 15) {
    const higher = keptInside(compacted(given, least), letters)
    const { width, height } = extent(higher)
    if (height <= (room.height * width) / room.width) return { scene: higher, letters }
  }
  return { scene: keptInside(compacted(given), letters), letters }
}

/** Names of events that would run over the edge of their pool to the right stand below the event. */
function keptInside(scene: Scene, { label: size }: Letters): Scene {
  const pools = scene.shapes.filter(({ type, collapsed }) => type === 'participant' && !collapsed)
  const poolOf = ({ box }: Shape) =>
    pools.find(
      ({ box: pool }) =>
        pool.x <= box.x && box.x <= pool.x + pool.width && pool.y <= box.y && box.y <= pool.y + pool.height,
    )
  return {
    ...scene,
    shapes: scene.shapes.map((shape) => {
      const { box, label, name, type } = shape
      const pool = poolOf(shape)
      if (!label || !pool || !type.endsWith('Event')) return shape
      const edge = pool.box.x + pool.box.width
      const width = Math.max(60, label.width)
      const longest = Math.max(0, ...wrap(name, size, width).map((line) => widthOf(line, size)))
      if (label.x < box.x + box.width - 2 || label.x + longest <= edge - 4) return shape
      const middle = Math.min(box.x + box.width / 2, edge - longest / 2 - 6)
      return { ...shape, label: { x: middle - width / 2, y: box.y + box.height + 4, width, height: 14 } }
    }),
  }
}

/** A figure stands above its box, from its left edge on. */
const above = (scene: Scene, figures: Record<string, string>, { badge: size }: Letters): string =>
  scene.shapes
    .flatMap(({ id, box }) => {
      const words = figures[id]
      if (!words) return []
      const width = widthOf(words, size, 'bold') + size * 0.8
      const [x, middle] = [box.x - 6, box.y - size * 1.1]
      return [
        `<rect x="${round(x)}" y="${round(middle - size * 0.65)}" width="${round(width)}" height="${round(size * 1.3)}" rx="3" fill="${STYLES.changed.fill}" stroke="${STYLES.changed.stroke}" stroke-width="1.2"/>`,
        textAt([words], { x: x + width / 2, middle, size, bold: true, colour: STYLES.changed.stroke }),
      ]
    })
    .join('')

/** A sheet of paper in the applicant's band above (or beside) the event where a dossier is filed. */
function sheet(
  scene: Scene,
  { at, kind, numbers, words }: NonNullable<DrawOptions['filed']>,
  letters: Letters,
): string {
  const event = scene.shapes.find(({ id }) => id === at)
  if (!event || numbers.length === 0) return ''
  const above = scene.shapes.find(
    ({ type, collapsed, box }) => type === 'participant' && collapsed && box.y + box.height <= event.box.y,
  )
  const size = letters.sign
  const [width, height] = [size * 1.1, size * 1.4]
  const x = above ? Math.max(above.box.x + 8, event.box.x) : event.box.x
  const middle = above ? above.box.y + above.box.height / 2 : event.box.y - height
  const y = middle - height / 2
  const { stroke, fill } = STYLES[kind]
  const fold = width * 0.35
  const paper = `<path d="M${round(x)} ${round(y)}h${round(width - fold)}l${round(fold)} ${round(fold)}v${round(height - fold)}h-${round(width)}z" fill="${fill}" stroke="${stroke}" stroke-width="2"/>`
  const text = numbersAsText(numbers)
  const signWidth = Math.max(size * 1.7, widthOf(text, size, 'bold') + size * 1.25)
  const signAt = x + width + 4 + signWidth / 2
  return (
    paper +
    numberSign(kind, signAt, middle, signWidth, size * 1.25) +
    textAt([text], { x: signAt, middle, size, bold: true, colour: '#ffffff' }) +
    textAt([words], {
      x: signAt + signWidth / 2 + 5,
      middle,
      size: letters.badge,
      colour: stroke,
      anchor: 'start',
      bold: true,
    })
  )
}

const ORDER = ['participant', 'lane', 'group']

/**
 * A diagram as it is drawn, as SVG made of plain shapes and text: no script, no reference, no style sheet; whatever its
 * names say is text. The same diagram gives the same bytes.
 */
export function drawDiagram(
  diagram: Diagram,
  { marks = {}, badges = {}, compact = false, room, figures = {}, filed }: DrawOptions = {},
): Drawn {
  const { scene, letters } = room
    ? fittedTo(sceneOf(diagram), room)
    : { scene: compact ? compacted(sceneOf(diagram)) : sceneOf(diagram), letters: compact ? LARGE : PLAIN }
  const { x, y, width, height } = extent(scene)
  const rank = ({ type }: { type: string }) => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length)
  const shapes = [...scene.shapes].sort((a, b) => rank(a) - rank(b))
  const frames = shapes.filter((shape) => rank(shape) < ORDER.length)
  const inner = shapes.filter((shape) => rank(shape) === ORDER.length)
  const body = [
    ...frames.map((shape) => drawShape(shape, letters, marks[shape.id]?.kind, undefined)),
    ...scene.edges.map((edge) => drawEdge(edge, letters, marks[edge.id]?.kind)),
    ...inner.map((shape) => drawShape(shape, letters, marks[shape.id]?.kind, badges[shape.id])),
    signs(scene, marks, letters),
    above(scene, figures, letters),
    filed ? sheet(scene, filed, letters) : '',
  ].join('')
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">${body}</svg>`,
    width,
    height,
  }
}

/** The same from a diagram's text. Throws UnreadableDiagram. */
export const drawXml = async (xml: string, options: DrawOptions = {}): Promise<Drawn> =>
  drawDiagram(await readDiagram(xml), options)
