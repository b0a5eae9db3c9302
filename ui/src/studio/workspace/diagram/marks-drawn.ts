import type { Badge } from './badges-of.ts'

const HEIGHT = 19
const GAP = 3
/** Of a badge, what is not its words: border and padding on both sides, and the icon with its gap. */
const SIDES = 12
const ICON = 14
const FONT = '500 11px "Be Vietnam Pro", sans-serif'
const ICONS: Record<string, string> = {
  clock: '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/>',
  hourglass:
    '<path d="M4 1.8h8M4 14.2h8M5 2c0 3.5 2.2 4.2 3 6-.8 1.8-3 2.5-3 6M11 2c0 3.5-2.2 4.2-3 6 .8 1.8 3 2.5 3 6"/>',
}

export const svg = (
  name: string,
  attributes: Record<string, string | number>,
  ...inside: (Node | string)[]
) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  element.append(...inside)
  return element
}
const title = (words: string) => svg('title', {}, words)

let pen: CanvasRenderingContext2D | null = null
const widths = new Map<string, number>()
/** Pixels that words take; asked of a canvas of its own, so that the page is not laid out for it. */
const widthOf = (words: string): number => {
  const known = widths.get(words)
  if (known !== undefined) return known
  pen ??= document.createElement('canvas').getContext('2d')!
  pen.font = FONT
  const { width } = pen.measureText(words)
  widths.set(words, width)
  return width
}

/** As much of the words as there is room for. */
const cut = (words: string, room: number): string => {
  if (widthOf(words) <= room) return words
  const letters = [...words]
  while (letters.length > 0 && widthOf(`${letters.join('')}…`) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

const worded = ({ mark, text }: Badge) => (ICONS[mark] ? text : `${mark} ${text}`)

/** The badges of one edge of a box side by side, no wider than it: limits in the middle, the clock on the right. */
export const badgesDrawn = (badges: Badge[], place: Badge['place'], width: number, y: number): SVGElement => {
  const wanted = badges.map((badge) => widthOf(worded(badge)) + SIDES + (ICONS[badge.mark] ? ICON : 0))
  const sum = wanted.reduce((all, one) => all + one, 0)
  const share = Math.min(1, (width - GAP * (badges.length - 1)) / sum)
  const taken = wanted.map((one) => one * share)
  const left = width - taken.reduce((all, one) => all + one, 0) - GAP * (badges.length - 1)
  let x = place === 'limit' ? left / 2 : left
  return svg(
    'g',
    { class: 'studio-badges', transform: `translate(0 ${y})` },
    ...badges.map((badge, n) => {
      const icon = ICONS[badge.mark]
      const indent = SIDES / 2 + (icon ? ICON : 0)
      const whole = taken[n]!
      const drawn = svg(
        'g',
        { class: `studio-mark studio-mark-${badge.place}`, transform: `translate(${x} 0)` },
        svg('rect', { x: 0.5, y: 0.5, width: Math.max(0, whole - 1), height: HEIGHT - 1, rx: 9 }),
        svg('text', { x: indent, y: 13.5 }, cut(worded(badge), whole - indent - SIDES / 2 + 0.5)),
        title(badge.title),
      )
      if (icon) {
        const signs = svg('g', {
          class: 'studio-mark-icon',
          transform: `translate(${SIDES / 2} 4) scale(.6875)`,
        })
        signs.innerHTML = icon
        drawn.insertBefore(signs, drawn.lastChild)
      }
      x += whole + GAP
      return drawn
    }),
  )
}

/** On the upper left corner: a disc for an error, a square for a warning. */
export const faultDrawn = (severity: 'error' | 'warning', words: string): SVGElement =>
  svg(
    'g',
    { class: `studio-fault studio-fault-${severity}`, transform: 'translate(-9 -11)' },
    ...(severity === 'error'
      ? [svg('circle', { cx: 10, cy: 10, r: 10.5 }), svg('circle', { cx: 10, cy: 10, r: 8 })]
      : [
          svg('rect', { x: -0.5, y: -0.5, width: 21, height: 21, rx: 4.5 }),
          svg('rect', { x: 2, y: 2, width: 16, height: 16, rx: 2 }),
        ]),
    svg('text', { x: 10, y: 14.3 }, severity === 'error' ? '!' : '?'),
    title(words),
  )
