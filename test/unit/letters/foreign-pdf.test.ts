import { createHash } from 'node:crypto'
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { Problem } from '../../../src/http/problem.ts'
import { checkForeignPdf, withPagesBefore } from '../../../src/letters/foreign-pdf.ts'
import { renderSample } from './samples.ts'

/** A document of two pages; `change` may spoil it before it is written. */
async function made(change: (document: PDFDocument) => unknown = () => undefined, useObjectStreams = false) {
  const document = await PDFDocument.create()
  document.addPage([595, 842]).drawText('Trang mot')
  document.addPage([842, 595]).drawText('Trang hai')
  await change(document)
  return document.save({ useObjectStreams })
}
const refusedWith = async (bytes: Uint8Array) => {
  const error = await checkForeignPdf(bytes).catch((reason: unknown) => reason)
  if (!(error instanceof Problem)) throw error ?? new Error('the file was accepted')
  return error.extra.errors?.[0]?.message.vi ?? ''
}
const action = (document: PDFDocument, kind: string) =>
  document.context.obj({ Type: 'Action', S: kind, JS: PDFString.of('app.alert(1)') })

describe('a PDF made elsewhere', () => {
  it.each([true, false])('that only shows pages is taken (object streams: %s)', async (streams) => {
    expect(await checkForeignPdf(await made(undefined, streams))).toEqual({ pages: 2 })
  })

  it.each([
    [
      'a script when it opens',
      'JavaScript',
      (d: PDFDocument) => d.catalog.set(PDFName.of('OpenAction'), action(d, 'JavaScript')),
    ],
    ['a script in its names', 'JavaScript', (d: PDFDocument) => d.addJavaScript('boot', 'app.alert(1)')],
    [
      'an action of a page',
      'tự chạy',
      (d: PDFDocument) => d.getPage(0).node.set(PDFName.of('AA'), d.context.obj({ O: { S: 'GoTo' } })),
    ],
    [
      'a command to start a program',
      'chương trình',
      (d: PDFDocument) =>
        d.catalog.set(PDFName.of('OpenAction'), d.context.obj({ S: 'Launch', F: PDFString.of('cmd.exe') })),
    ],
    [
      'a command that opens a web page when it opens',
      'tự chạy',
      (d: PDFDocument) =>
        d.catalog.set(
          PDFName.of('OpenAction'),
          d.context.obj({ S: 'URI', URI: PDFString.of('https://vi-du.invalid') }),
        ),
    ],
    ['another file inside', 'đính kèm', (d: PDFDocument) => d.attach(Buffer.from('x'), 'x.exe')],
    [
      'a field that anybody may fill after the signature',
      'trường biểu mẫu',
      (d: PDFDocument) => d.getForm().createTextField('So_van_ban').addToPage(d.getPage(0)),
    ],
    [
      'a signature of another program',
      'chữ ký số',
      (d: PDFDocument) => d.catalog.set(PDFName.of('Sig'), d.context.obj({ ByteRange: [0, 1, 2, 3] })),
    ],
  ] as [string, string, (document: PDFDocument) => unknown][])(
    'with %s is refused, and says so',
    async (_, words, change) => {
      for (const streams of [true, false])
        expect(await refusedWith(await made(change, streams))).toContain(words)
    },
  )

  it('that is a web page, cut off, or without a page is refused', async () => {
    expect(await refusedWith(Buffer.from('<html>%PDF-1.7</html>'))).toContain('không phải PDF')
    const whole = await made()
    expect(await refusedWith(whole.subarray(0, whole.length / 2))).toMatch(/Không đọc được|0 trang/)
    expect(await refusedWith(Buffer.from('%PDF-1.7\nhello\n%%EOF'))).toMatch(/Không đọc được|0 trang/)
  })
})

describe('the page of issue', () => {
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

  it.each([true, false])(
    'stands first, and the file begins with the signed bytes unchanged (object streams: %s)',
    async (streams) => {
      const document = await made(undefined, streams)
      const cover = await renderSample('uploaded')
      const whole = await withPagesBefore(document, cover)
      expect(sha256(whole.subarray(0, document.length))).toBe(sha256(document))
      const pages = await PDFDocument.load(whole)
      expect(pages.getPageCount()).toBe(3)
      expect(pages.getPages().map((page) => Math.round(page.getWidth()))).toEqual([595, 595, 842])
      expect(sha256(await withPagesBefore(document, cover))).toBe(sha256(whole))
    },
  )
})
