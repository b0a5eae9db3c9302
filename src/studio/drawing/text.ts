import { letterFont, widthOf } from '../../letters/fonts.ts'

/** Text that stands between tags or quotes of an SVG and can end neither. */
export const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** Breaks text into lines no wider than `width`; a word too long for a line is cut. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  let line = ''
  const put = (word: string) => {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer, size) <= width || line === '') line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  for (const word of text.split(' ').filter((one) => one !== '')) {
    let rest = word
    while (widthOf(rest, size) > width && rest.length > 1) {
      let cut = rest.length - 1
      while (cut > 1 && widthOf(rest.slice(0, cut), size) > width) cut--
      put(rest.slice(0, cut))
      rest = rest.slice(cut)
    }
    put(rest)
  }
  return line === '' ? lines : [...lines, line]
}

export type Fitted = { lines: string[]; size: number }

/** The largest size between `least` and `most` at which text fits into a room; at the least, what does not fit is left out. */
export function fitted(
  text: string,
  room: { width: number; height: number },
  most: number,
  least: number,
): Fitted {
  const lineHeight = 1.12
  for (let size = most; size >= least; size -= 0.5) {
    const lines = wrap(text, size, room.width)
    const broken = lines.length > text.split(' ').length
    if (!broken && lines.length * size * lineHeight <= room.height) return { lines, size }
  }
  const lines = wrap(text, least, room.width)
  const fit = Math.max(1, Math.floor(room.height / (least * lineHeight)))
  if (lines.length <= fit) return { lines, size: least }
  return { lines: [...lines.slice(0, fit - 1), `${lines[fit - 1]!.slice(0, -1)}…`], size: least }
}

const LINE = 1.12
export const round = (value: number) => Math.round(value * 100) / 100

type Setting = {
  x: number
  middle: number
  size: number
  bold?: boolean
  colour?: string
  anchor?: 'middle' | 'start' | 'end'
}

/** Lines of text around a height, as SVG. */
export function textAt(
  lines: string[],
  { x, middle, size, bold, colour = '#1b1f1e', anchor = 'middle' }: Setting,
): string {
  const first = middle - ((lines.length - 1) * size * LINE) / 2 + size * 0.34
  return lines
    .map(
      (line, n) =>
        `<text x="${round(x)}" y="${round(first + n * size * LINE)}" font-family="${letterFont}" font-size="${round(size)}"${bold ? ' font-weight="bold"' : ''} text-anchor="${anchor}" fill="${colour}">${escaped(line)}</text>`,
    )
    .join('')
}
