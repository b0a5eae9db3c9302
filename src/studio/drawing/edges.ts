import type { Letters } from './letters.ts'
import type { Box, Edge, Point } from './scene.ts'
import { type MarkKind, STYLES } from './symbols.ts'
import { round, textAt, wrap } from './text.ts'

const INK = '#3b4442'
const SOFT = '#6b7573'

/** A line with its corners rounded off. */
function path(points: Point[]): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`
  const towards = (from: Point, to: Point, most: number): Point => {
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const share = Math.min(most, length / 2) / length
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
  }
  const [first, ...rest] = points
  return rest.reduce(
    (drawn, point, n) => {
      const next = rest[n + 1]
      if (!next) return `${drawn}L${at(point)}`
      const before = n === 0 ? first! : rest[n - 1]!
      return `${drawn}L${at(towards(point, before, 6))}Q${at(point)} ${at(towards(point, next, 6))}`
    },
    `M${at(first!)}`,
  )
}

function arrow(points: Point[], colour: string, open: boolean): string {
  const [from, to] = [points.at(-2)!, points.at(-1)!]
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const [long, wide] = [10, 4.6]
  const corner = (side: number) =>
    `${round(to.x - dx * long + dy * wide * side)},${round(to.y - dy * long - dx * wide * side)}`
  return `<polygon points="${round(to.x)},${round(to.y)} ${corner(1)} ${corner(-1)}" fill="${open ? '#ffffff' : colour}" stroke="${colour}" stroke-width="1"/>`
}

export function drawEdge(edge: Edge, letters: Letters, mark: MarkKind | undefined): string {
  const isMessage = edge.type === 'messageFlow'
  const isTie = edge.type === 'association' || edge.type.startsWith('data')
  const style = mark && STYLES[mark]
  const colour = style?.stroke ?? (isMessage || isTie ? SOFT : INK)
  const dash = isMessage ? '6 4' : isTie ? '1.5 4' : (style?.dash ?? '')
  const parts = [
    `<path d="${path(edge.points)}" fill="none" stroke="${colour}" stroke-width="${style ? 3.2 : 1.4}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
  ]
  if (!isTie) parts.push(arrow(edge.points, colour, isMessage))
  const [start, second] = edge.points
  if (isMessage)
    parts.push(
      `<circle cx="${round(start!.x)}" cy="${round(start!.y)}" r="4" fill="#ffffff" stroke="${colour}" stroke-width="1"/>`,
    )
  if (edge.isDefault && start && second) {
    const length = Math.hypot(second.x - start.x, second.y - start.y) || 1
    const at = {
      x: start.x + ((second.x - start.x) * 12) / length,
      y: start.y + ((second.y - start.y) * 12) / length,
    }
    parts.push(
      `<path d="M${round(at.x - 4)} ${round(at.y + 4)}L${round(at.x + 4)} ${round(at.y - 4)}" stroke="${colour}" stroke-width="1.4"/>`,
    )
  }
  if (edge.name !== '') parts.push(labelOf(edge, letters, style?.stroke ?? INK))
  return parts.join('')
}

function middleLabel(points: Point[]) {
  const at = Math.floor((points.length - 1) / 2)
  const [a, b] = [points[at]!, points[at + 1]!]
  return { x: (a.x + b.x) / 2 - 40, y: (a.y + b.y) / 2 - 16, width: 80, height: 14 }
}

/** Whether the line runs upright where its label stands, and on which side of it the label is. */
function sideOf(points: Point[], label: Box): 'left' | 'right' | 'along' {
  const at = { x: label.x + label.width / 2, y: label.y + label.height / 2 }
  const upright = points.some((to, n) => {
    const from = points[n - 1]
    if (!from || Math.abs(from.x - to.x) > 2) return false
    const near = Math.abs(at.x - to.x) < label.width / 2 + 14
    return near && at.y > Math.min(from.y, to.y) - 4 && at.y < Math.max(from.y, to.y) + 4
  })
  if (!upright) return 'along'
  const line = points.reduce(
    (best, { x }) => (Math.abs(x - at.x) < Math.abs(best - at.x) ? x : best),
    points[0]!.x,
  )
  return at.x > line ? 'right' : 'left'
}

/** A label grows away from its line when its letters are larger than the diagram's. */
function labelOf(
  { name, label: drawn, points, type }: Edge,
  { label: size }: Letters,
  colour: string,
): string {
  const label = drawn ?? middleLabel(points)
  const lines = wrap(name, size, Math.max(label.width * 1.15, type === 'messageFlow' ? 260 : 90))
  const height = lines.length * size * 1.12
  const side = sideOf(points, label)
  const middle = label.y + label.height / 2
  if (side === 'right') return textAt(lines, { x: label.x, middle, size, colour, anchor: 'start' })
  if (side === 'left') return textAt(lines, { x: label.x + label.width, middle, size, colour, anchor: 'end' })
  const below = points.every(({ y }) => y <= label.y + 2)
  return textAt(lines, {
    x: label.x + label.width / 2,
    middle: below ? label.y + height / 2 : label.y + label.height - height / 2,
    size,
    colour,
  })
}
