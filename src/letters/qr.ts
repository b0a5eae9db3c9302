import bwipjs from 'bwip-js'
import type { CanvasElement, Content } from 'pdfmake/interfaces.js'
import type { Sheet } from './layout.ts'

/** The dark squares of a QR code (error level M) as rows of booleans, without the quiet zone. */
export function qrMatrix(payload: string): boolean[][] {
  const [symbol] = bwipjs.raw('qrcode', payload, 'eclevel=M')
  if (!symbol || !('pixs' in symbol)) throw new Error('The QR encoder answered without modules')
  const { pixs, pixx, pixy } = symbol
  return Array.from({ length: pixy }, (_, y) =>
    Array.from({ length: pixx }, (_, x) => pixs[y * pixx + x] === 1),
  )
}

/** Each run of dark squares in a row is one rectangle: sharp at any size and small in bytes. */
function drawing(payload: string, size: number): CanvasElement[] {
  const matrix = qrMatrix(payload)
  const unit = size / matrix.length
  return matrix.flatMap((row, y) => {
    const runs: CanvasElement[] = []
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      runs.push({
        type: 'rect',
        x: from * unit,
        y: y * unit,
        w: (x - from + 1) * unit,
        h: unit,
        color: '#000000',
      })
    }
    return runs
  })
}

/** The public look-up of a dossier. */
export interface Lookup {
  url: string
  code: string
}

/** The QR code alone, centred in its column unless said otherwise. */
export const qrCode = (sheet: Sheet, { url }: Lookup, alignment: 'left' | 'center' = 'center'): Content => ({
  canvas: drawing(url, sheet.qr),
  alignment,
  margin: [0, 4, 0, 2],
})

/** What the QR code says, for whoever has no camera. */
export const lookupLine = (sheet: Sheet, { url, code }: Lookup): Content => ({
  text: [
    'Tra cứu mức độ hoàn thành của hồ sơ ',
    { text: code, bold: true },
    ': quét mã QR hoặc mở địa chỉ\n',
    { text: url, italics: true },
  ],
  fontSize: sheet.small,
  margin: [0, 4, 0, 0],
})
