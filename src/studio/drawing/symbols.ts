import { round } from './text.ts'

/** Small signs drawn with their upper left corner at (0, 0), 18 units high. */
const SIGNS = {
  user: 'M9 9.2a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2M2.5 16.5c0-4 2.9-6 6.5-6s6.5 2 6.5 6z',
  machine:
    'M9 6.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5h2l.4 2.2 1.7.7 1.9-1.3 1.4 1.4-1.3 1.9.7 1.7 2.2.4v2l-2.2.4-.7 1.7 1.3 1.9-1.4 1.4-1.9-1.3-1.7.7-.4 2.2H8l-.4-2.2-1.7-.7-1.9 1.3-1.4-1.4 1.3-1.9-.7-1.7L1 10.5v-2l2.2-.4.7-1.7-1.3-1.9L4 3.1l1.9 1.3 1.7-.7z',
  wait: 'M4 1.8h10M4 16.2h10M5 1.8c0 4 3.2 5 4 7.2-.8 2.2-4 3.2-4 7.2M13 1.8c0 4-3.2 5-4 7.2.8 2.2 4 3.2 4 7.2',
  message: 'M2 4h14v10H2zM2 4l7 6 7-6',
  clock: 'M9 1.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15M9 4.5V9l3 2',
} as const
export type Sign = keyof typeof SIGNS

export const sign = (name: Sign, x: number, y: number, colour: string, scale = 1): string =>
  `<path d="${SIGNS[name]}" transform="translate(${round(x)} ${round(y)}) scale(${round(scale)})" fill="none" stroke="${colour}" stroke-width="1.3"/>`

export type MarkKind = 'added' | 'removed' | 'changed'
/** Colour and shape say the same: added round and green, removed square and red, changed pointed and brown. */
export const STYLES: Record<MarkKind, { stroke: string; fill: string; dash: string }> = {
  added: { stroke: '#17703a', fill: '#e3f4e8', dash: '' },
  removed: { stroke: '#a61b1b', fill: '#fcebea', dash: '7 4' },
  changed: { stroke: '#8a5200', fill: '#fff3d6', dash: '' },
}

/** The sign with a change's number, its middle at a point. */
export function numberSign(kind: MarkKind, x: number, y: number, width: number, height: number): string {
  const [left, top, right, bottom] = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
  const { stroke } = STYLES[kind]
  const common = `fill="${stroke}" stroke="#ffffff" stroke-width="1.5"`
  if (kind === 'changed') {
    const tip = height * 0.38
    const points = [
      [left, y],
      [left + tip, top],
      [right - tip, top],
      [right, y],
      [right - tip, bottom],
      [left + tip, bottom],
    ]
    return `<polygon points="${points.map(([a, b]) => `${round(a!)},${round(b!)}`).join(' ')}" ${common}/>`
  }
  const corner = kind === 'added' ? height / 2 : 0
  return `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="${round(corner)}" ${common}/>`
}
