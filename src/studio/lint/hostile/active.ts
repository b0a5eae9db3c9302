/** Text and pictures that would do something in a browser instead of being read. */
import { type Element, scan, Unreadable } from './scan.ts'

const TAG =
  /<[\s/]*(script|iframe|object|embed|svg|img|link|meta|style|base|form|foreignobject|video|audio)\b/i
const HANDLER = /<[^<>]*[\s/"']on[a-z]+\s*=/i
const ADDRESS = /(javascript|vbscript|livescript):|data:text\/(html|xml)|data:application\//i

/** Whether a text would run something where it is taken for HTML or for an address. */
export function isActive(text: string): boolean {
  // Browsers skip blanks and controls inside the name of a scheme.
  const address = text.replace(/[\p{Cc}\p{Cf}\s]/gu, '')
  return TAG.test(text) || HANDLER.test(text) || ADDRESS.test(address)
}

/** What an icon is drawn from. */
const SHAPES = [
  'svg',
  'g',
  'path',
  'circle',
  'ellipse',
  'rect',
  'line',
  'polyline',
  'polygon',
  'title',
  'desc',
]

function svgIsQuiet(svg: string): boolean {
  let quiet = true
  const look = ({ local, attributes }: Element) => {
    if (!SHAPES.includes(local)) quiet = false
    for (const { local: name, value } of attributes)
      if (/^on/i.test(name) || /href|^style$/i.test(name) || /url\s*\(/i.test(value) || isActive(value))
        quiet = false
  }
  try {
    scan(svg, { element: look, text: () => {} })
  } catch (error) {
    if (error instanceof Unreadable) return false
    throw error
  }
  return quiet
}

function decodedIcon(data: string, base64: boolean): string | null {
  try {
    return base64
      ? new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)))
      : decodeURIComponent(data)
  } catch {
    return null
  }
}

/** Whether an icon is a picture that lies in the file and only draws: nothing fetched, run or linked. */
export function isQuietIcon(uri: string): boolean {
  if (/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*$/.test(uri)) return true
  const svg = /^data:image\/svg\+xml(?:;charset=utf-8|;utf8)?(;base64)?,/i.exec(uri)
  if (!svg) return false
  const text = decodedIcon(uri.slice(svg[0].length), Boolean(svg[1]))
  return text !== null && svgIsQuiet(text)
}
