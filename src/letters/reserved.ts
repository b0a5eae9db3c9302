import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib'
import type { Column } from 'pdfmake/interfaces.js'
import type { Place } from '../signing/pdf.ts'

/** What văn thư and the signatures fill after the text is final (rules 7). */
export type ReservedName = 'number' | 'date' | 'signature' | 'seal'

const MARK = 'reserved'

/**
 * A place in a letter that is filled later, `width` points wide and as high as its line, or `height`. pdfmake writes an
 * id as a named destination: that is how the place is found again on its page.
 */
export const reserved = (
  name: ReservedName,
  width: number,
  fontSize: number,
  height = fontSize * 1.4,
): Column => ({
  width,
  alignment: 'left',
  id: [MARK, name, width.toFixed(1), height.toFixed(1)].join('_'),
  text: '\u00a0',
  fontSize,
})

/** The places that a drawn letter keeps. */
export async function reservedIn(drawn: Uint8Array): Promise<Partial<Record<ReservedName, Place>>> {
  const document = await PDFDocument.load(drawn, { updateMetadata: false })
  const found: Partial<Record<ReservedName, Place>> = {}
  const names = document.catalog.lookupMaybe(PDFName.of('Names'), PDFDict)
  const tree = names?.lookupMaybe(PDFName.of('Dests'), PDFDict)?.lookupMaybe(PDFName.of('Names'), PDFArray)
  for (let i = 0; tree && i + 1 < tree.size(); i += 2) {
    const [mark, name, width, height] = textOf(tree.lookup(i)).split('_')
    if (mark !== MARK) continue
    const target = tree.lookup(i + 1, PDFArray)
    const page = document.getPages().findIndex(({ ref }) => ref === target.get(0))
    const [x = 0, top = 0] = [2, 3].map((at) => target.lookup(at, PDFNumber).asNumber())
    found[name as ReservedName] = {
      page,
      x,
      y: top - Number(height),
      width: Number(width),
      height: Number(height),
    }
  }
  return found
}

const textOf = (object: unknown): string =>
  object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : ''
