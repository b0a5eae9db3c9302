import { widthOf } from '../../letters/fonts.ts'
import { type Diagram, readDiagram } from '../diff/diagram.ts'
import { compacted } from './compact.ts'
import { drawEdge } from './edges.ts'
import { LARGE, type Letters, PLAIN } from './letters.ts'
import { type Point, type Scene, sceneOf } from './scene.ts'
import { drawShape } from './shapes.ts'
import { type MarkKind, numberSign } from './symbols.ts'
import { round, textAt } from './text.ts'

export type Mark = { kind: MarkKind; numbers: number[] }

export type DrawOptions = {
  /** What changed, by element: its colour, its shape, and the numbers of the changes; no numbers, no sign. */
  marks?: Record<string, Mark>
  /** A word at the lower right corner of a task: “28 giờ”. */
  badges?: Record<string, string>
  /** On little room: empty stretches drawn together, words as large as their boxes allow. */
  compact?: boolean
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

const ORDER = ['participant', 'lane', 'group']

/**
 * A diagram as it is drawn, as SVG made of plain shapes and text: no script, no reference, no style sheet; whatever its
 * names say is text. The same diagram gives the same bytes.
 */
export function drawDiagram(
  diagram: Diagram,
  { marks = {}, badges = {}, compact = false }: DrawOptions = {},
): Drawn {
  const scene = compact ? compacted(sceneOf(diagram)) : sceneOf(diagram)
  const letters = compact ? LARGE : PLAIN
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
