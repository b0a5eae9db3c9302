import { widthOf } from '../../letters/fonts.ts'
import type { Letters } from './letters.ts'
import type { Box, Shape } from './scene.ts'
import { type MarkKind, type Sign, STYLES, sign } from './symbols.ts'
import { fitted, round, textAt, wrap } from './text.ts'

const INK = '#22302e'
const FRAME = '#7d8886'
const STRIP = 30

type Look = { stroke: string; fill: string; width: number; dash: string }

const lookOf = (mark: MarkKind | undefined, fill = '#ffffff'): Look => {
  const style = mark && STYLES[mark]
  return style
    ? { stroke: style.stroke, fill: style.fill, width: 3.4, dash: style.dash }
    : { stroke: INK, fill, width: 1.5, dash: '' }
}

const strokeOf = ({ stroke, fill, width, dash }: Look) =>
  `fill="${fill}" stroke="${stroke}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}`

const rect = ({ x, y, width, height }: Box, look: Look, radius = 0) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" ${strokeOf(look)}/>`

/** A pool or a lane: its name stands along its first edge; of a band without a process in its middle. */
function frame(
  { box, name, horizontal, collapsed, multiple, type }: Shape,
  letters: Letters,
  mark: MarkKind | undefined,
): string {
  const look = mark
    ? lookOf(mark)
    : { stroke: FRAME, fill: collapsed ? '#f4f6f5' : '#ffffff', width: 1.2, dash: '' }
  const parts = [rect(box, look)]
  const size = Math.min(letters.frame, 24)
  if (collapsed) {
    const { lines } = fitted(name, { width: box.width - 20, height: box.height - 8 }, size, 9)
    parts.push(textAt(lines, { x: box.x + box.width / 2, middle: box.y + box.height / 2, size }))
    if (multiple) {
      const [x, y] = [box.x + box.width / 2, box.y + box.height - 12]
      parts.push(
        `<path d="M${round(x - 5)} ${round(y)}v9M${round(x)} ${round(y)}v9M${round(x + 5)} ${round(y)}v9" stroke="${INK}" stroke-width="2"/>`,
      )
    }
    return parts.join('')
  }
  const [middleX, middleY] = [box.x + STRIP / 2, box.y + box.height / 2]
  const text = fitted(name, { width: (horizontal ? box.height : box.width) - 8, height: STRIP - 4 }, size, 8)
  if (horizontal) {
    if (type === 'participant')
      parts.push(
        `<path d="M${round(box.x + STRIP)} ${round(box.y)}v${round(box.height)}" stroke="${FRAME}" stroke-width="1.2"/>`,
      )
    parts.push(
      `<g transform="rotate(-90 ${round(middleX)} ${round(middleY)})">${textAt(text.lines, { x: middleX, middle: middleY, size: text.size, bold: type === 'participant' })}</g>`,
    )
  } else
    parts.push(textAt(text.lines, { x: box.x + box.width / 2, middle: box.y + STRIP / 2, size: text.size }))
  return parts.join('')
}

const signOf = ({ type, job }: Shape): Sign | null => {
  if (type === 'userTask') return 'user'
  if (job?.startsWith('await.')) return 'wait'
  return type === 'serviceTask' ? 'machine' : null
}

function task(shape: Shape, letters: Letters, mark: MarkKind | undefined, badge: string | undefined): string {
  const { box, name } = shape
  const look = lookOf(mark, shape.job ? '#f3f6f6' : '#ffffff')
  const corner = signOf(shape)
  const scale = letters.most > 15 ? 0.95 : 0.85
  const icon = corner ? sign(corner, box.x + 3, box.y + 3, look.stroke, scale) : ''
  const below = badge ? letters.badge * 0.55 : 0
  const whole = fitted(
    name,
    { width: box.width - 8, height: box.height - 6 - below },
    letters.most,
    letters.least,
  )
  // A word in the icon's corner would lie over it: then the words stand below it.
  const high = whole.lines.length * whole.size * 1.12 > box.height - 2 * 20 * scale && corner
  const top = high ? 17 * scale : 0
  const room = { width: box.width - 8, height: box.height - 5 - top - below }
  const text = high ? fitted(name, room, letters.most, letters.least) : whole
  const middle = box.y + top + (box.height - top - below) / 2 + (high ? 1 : 0)
  return [
    rect(box, look, 9),
    icon,
    textAt(text.lines, { x: box.x + box.width / 2, middle, size: text.size }),
    badge ? tag(badge, box, letters, look) : '',
  ].join('')
}

/** The time of a step, on the lower edge of its box. */
function tag(words: string, box: Box, { badge: size }: Letters, look: Look): string {
  const width = widthOf(words, size) + size * 0.9
  const height = size * 1.3
  const x = box.x + box.width - width / 2 - 2
  const y = box.y + box.height
  const at = { x: x - width / 2, y: y - height / 2, width, height }
  return (
    rect(at, { stroke: look.stroke, fill: '#ffffff', width: 1, dash: '' }, 3) +
    textAt([words], { x, middle: y, size, colour: INK })
  )
}

/** The name of an event or a gateway, beside it. */
function beside({ box, label, name }: Shape, letters: Letters, mark: MarkKind | undefined): string {
  if (name === '') return ''
  const at = label ?? { x: box.x + box.width / 2 - 45, y: box.y + box.height + 4, width: 90, height: 14 }
  const toRight = at.x >= box.x + box.width - 2
  // To the right there is the frame of the pool; below and above, words may stand out a little.
  const lines = wrap(
    name,
    letters.label,
    toRight ? Math.max(at.width * 0.9, 60) : Math.max(at.width * 1.15, 96),
  )
  const height = lines.length * letters.label * 1.12
  // Grown letters grow away from the shape.
  const above = at.y + at.height / 2 < box.y
  const middle = above ? at.y + at.height - height / 2 : at.y + height / 2
  return textAt(lines, {
    x: toRight ? at.x : at.x + at.width / 2,
    middle: toRight ? at.y + at.height / 2 : middle,
    anchor: toRight ? 'start' : 'middle',
    size: letters.label,
    colour: mark ? STYLES[mark].stroke : INK,
  })
}

function event(shape: Shape, letters: Letters, mark: MarkKind | undefined): string {
  const { box, type } = shape
  const [x, y, r] = [box.x + box.width / 2, box.y + box.height / 2, Math.min(box.width, box.height) / 2]
  const look = lookOf(mark)
  const circle = (radius: number, width: number) =>
    `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" ${strokeOf({ ...look, width })}/>`
  const inner = type.startsWith('intermediate') || type === 'boundaryEvent' ? circle(r - 3, look.width) : ''
  const scale = (r * 1.1) / 18
  const icon = shape.event?.startsWith('timer')
    ? 'clock'
    : shape.event?.startsWith('message')
      ? 'message'
      : null
  return [
    circle(r, type === 'endEvent' ? Math.max(3.6, look.width) : look.width),
    inner,
    icon ? sign(icon, x - 9 * scale, y - 9 * scale, look.stroke, scale) : '',
    beside(shape, letters, mark),
  ].join('')
}

function gateway(shape: Shape, letters: Letters, mark: MarkKind | undefined): string {
  const { box, type } = shape
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const look = lookOf(mark)
  const points = [
    [x, box.y],
    [box.x + box.width, y],
    [x, box.y + box.height],
    [box.x, y],
  ]
  const r = box.width * 0.18
  const cross = `<path d="M${round(x - r)} ${round(y - r)}L${round(x + r)} ${round(y + r)}M${round(x + r)} ${round(y - r)}L${round(x - r)} ${round(y + r)}" stroke="${look.stroke}" stroke-width="3"/>`
  const plus = `<path d="M${round(x - r * 1.3)} ${round(y)}h${round(r * 2.6)}M${round(x)} ${round(y - r * 1.3)}v${round(r * 2.6)}" stroke="${look.stroke}" stroke-width="3"/>`
  const ring = `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r * 1.3)}" fill="none" stroke="${look.stroke}" stroke-width="1.6"/>`
  const inside = type === 'parallelGateway' ? plus : type === 'exclusiveGateway' ? cross : ring
  return `<polygon points="${points.map(([a, b]) => `${round(a!)},${round(b!)}`).join(' ')}" ${strokeOf(look)}/>${inside}${beside(shape, letters, mark)}`
}

function note({ box, name }: Shape, letters: Letters, mark: MarkKind | undefined): string {
  const { stroke } = lookOf(mark)
  const text = fitted(
    name,
    { width: box.width - 10, height: Math.max(box.height, letters.label) },
    letters.label,
    8,
  )
  return (
    `<path d="M${round(box.x + 9)} ${round(box.y)}h-9v${round(box.height)}h9" fill="none" stroke="${stroke}" stroke-width="1.3"/>` +
    textAt(text.lines, { x: box.x + 6, middle: box.y + box.height / 2, size: text.size, anchor: 'start' })
  )
}

/** One shape with its name, as SVG. */
export function drawShape(
  shape: Shape,
  letters: Letters,
  mark: MarkKind | undefined,
  badge: string | undefined,
): string {
  const { type } = shape
  if (type === 'participant' || type === 'lane') return frame(shape, letters, mark)
  if (type.endsWith('Gateway')) return gateway(shape, letters, mark)
  if (type.endsWith('Event')) return event(shape, letters, mark)
  if (type === 'textAnnotation') return note(shape, letters, mark)
  if (type === 'group') return rect(shape.box, { ...lookOf(mark, 'none'), dash: '8 4' }, 8)
  return task(shape, letters, mark, badge)
}
