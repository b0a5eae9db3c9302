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

/** QR of the public look-up, with the address and the dossier's code printed beside it. */
export function lookupBlock(sheet: Sheet, lookupUrl: string, code: string): Content {
  return {
    unbreakable: true,
    margin: [0, 6, 0, 2],
    columnGap: 10,
    columns: [
      { width: sheet.qr, canvas: drawing(lookupUrl, sheet.qr) },
      {
        width: '*',
        fontSize: sheet.small,
        stack: [
          { text: 'Tra cứu mức độ hoàn thành hồ sơ: quét mã QR hoặc mở địa chỉ' },
          { text: lookupUrl, italics: true, margin: [0, 1, 0, 1] },
          { text: ['Mã hồ sơ: ', { text: code, bold: true }] },
        ],
      },
    ],
  }
}
