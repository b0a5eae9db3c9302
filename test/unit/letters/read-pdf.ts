import { jest } from '@jest/globals'
import { getDocumentProxy } from 'unpdf'
import { OPS } from 'unpdf/pdfjs'

// Drawing and reading back a letter takes a quarter of a second, more on a machine that is busy.
jest.setTimeout(60_000)

interface Item {
  text: string
  x: number
  y: number
  width: number
  height: number
}

/** Upright text of each page with its box in points, origin at the lower left. A watermark is slanted: left out. */
export async function pagesOf(
  pdf: Buffer,
): Promise<{ width: number; height: number; items: Item[]; slanted: string }[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  return Promise.all(
    Array.from({ length: document.numPages }, async (_, i) => {
      const page = await document.getPage(i + 1)
      const [, , width = 0, height = 0] = page.view
      const { items } = await page.getTextContent()
      const texts = items.flatMap((item) => ('str' in item && item.str.trim() ? [item] : []))
      return {
        width,
        height,
        items: texts
          .filter((t) => t.transform[1] === 0)
          .map((t) => ({
            text: t.str,
            x: t.transform[4],
            y: t.transform[5],
            width: t.width,
            height: t.transform[0],
          })),
        slanted: texts
          .filter((t) => t.transform[1] !== 0)
          .map((t) => t.str)
          .join(''),
      }
    }),
  )
}

/** All upright text, without spaces: where a line is broken says nothing about what is written. */
export async function textOf(pdf: Buffer): Promise<string> {
  const pages = await pagesOf(pdf)
  return squeeze(pages.flatMap((p) => p.items.map((i) => i.text)).join(''))
}
export const squeeze = (text: string) => text.replace(/\s+/gu, '')

/** The dark squares of the QR code on a page, as an image of four pixels a square with a quiet zone; null without one. */
export async function qrImageOf(
  pdf: Buffer,
  pageNumber: number,
): Promise<{ pixels: Uint8ClampedArray; side: number } | null> {
  const document = await getDocumentProxy(new Uint8Array(pdf))
  const list = await (await document.getPage(pageNumber)).getOperatorList()
  const boxes = list.fnArray.flatMap((fn, i) => {
    const [paint, , box] = list.argsArray[i] ?? []
    return fn === OPS.constructPath && paint === OPS.fill && box ? [Array.from(box as Float32Array)] : []
  })
  if (boxes.length === 0) return null
  const edge = (i: number, pick: (...n: number[]) => number) => pick(...boxes.map((b) => b[i] ?? 0))
  const [left, top] = [edge(0, Math.min), edge(1, Math.min)]
  const unit = Math.min(...boxes.map(([, y1 = 0, , y2 = 0]) => y2 - y1))
  const quiet = 4
  const side = (Math.round((edge(3, Math.max) - top) / unit) + 2 * quiet) * 4
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] of boxes) {
    const at = (n: number, origin: number) => (Math.round((n - origin) / unit) + quiet) * 4
    for (let y = at(y1, top); y < at(y2, top); y++)
      for (let x = at(x1, left); x < at(x2, left); x++)
        pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3)
  }
  return { pixels, side }
}
