import bwipjs from 'bwip-js'
import type { CanvasElement, Content } from 'pdfmake/interfaces.js'

/** Widths of bar, space, bar, … of a Code 128, in modules. */
export function code128(payload: string): number[] {
  const [symbol] = bwipjs.raw('code128', payload, '')
  if (!symbol || !('sbs' in symbol)) throw new Error('The barcode encoder answered without bars')
  return [...symbol.sbs]
}

/** A Code 128 of so many points, with its text under it. A module is never thinner than 0.25 mm at A4's full width. */
export function barcode(payload: string, { width, height }: { width: number; height: number }): Content {
  const widths = code128(payload)
  const unit = width / widths.reduce((sum, one) => sum + one, 0)
  let x = 0
  const bars: CanvasElement[] = []
  for (const [index, modules] of widths.entries()) {
    if (index % 2 === 0) bars.push({ type: 'rect', x, y: 0, w: modules * unit, h: height, color: '#000000' })
    x += modules * unit
  }
  return {
    stack: [
      { canvas: bars },
      { text: payload, alignment: 'center', fontSize: 13, bold: true, margin: [0, 3, 0, 0] },
    ],
  }
}
