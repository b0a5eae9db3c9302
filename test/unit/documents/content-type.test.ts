import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { claimHolds, mayShowInline, typeOfFile } from '../../../src/documents/content-type.ts'
import { kinds } from '../../../src/documents/kinds.ts'
import { wrongKind } from '../../../src/documents/refusal.ts'
import { docx, exe, html, jpeg, pdf, png, zip, zipBomb } from './samples.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-type-'))
})
afterAll(() => rm(folder, { recursive: true }))

const typeOf = async (content: Buffer) => {
  const path = join(folder, 'file')
  await writeFile(path, content)
  return typeOfFile(path)
}
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

describe('the true type of a file', () => {
  test.each<[string, Buffer, string]>([
    ['a PDF', pdf(), 'application/pdf'],
    [
      'a PDF behind a mail header of 300 bytes',
      Buffer.concat([Buffer.alloc(300, 'x'), pdf()]),
      'application/pdf',
    ],
    [
      'a PDF header after the first 1,024 bytes',
      Buffer.concat([Buffer.alloc(1024, 'x'), pdf()]),
      'text/plain',
    ],
    ['a web page with a PDF header inside', Buffer.concat([html(), pdf()]), 'application/pdf'],
    ['a program with a PDF header inside', Buffer.concat([exe(), pdf()]), 'application/x-msdownload'],
    ['a JPEG', jpeg(), 'image/jpeg'],
    ['a PNG', png(), 'image/png'],
    ['a PNG with a colour profile of 200 kB before its data', png(200_000), 'image/png'],
    [
      'a PNG signature with a program behind it',
      Buffer.concat([png().subarray(0, 8), exe()]),
      'application/octet-stream',
    ],
    ['a Word document', docx(), wordType],
    ['a ZIP', zip({ 'a.txt': Buffer.from('a') }), 'application/zip'],
    ['an archive bomb', zipBomb(), 'application/zip'],
    ['a ZIP cut off in the middle', docx().subarray(0, 60), 'application/zip'],
    ['a gzip archive', gzipSync(Buffer.alloc(5_000_000)), 'application/gzip'],
    ['a web page', html(), 'text/html'],
    ['a drawing with a script (SVG)', Buffer.from('<svg onload="alert(1)"></svg>'), 'text/html'],
    ['a Windows program', exe(), 'application/x-msdownload'],
    ['plain Vietnamese text', Buffer.from('Kính gửi Ủy ban nhân dân xã'), 'text/plain'],
    ['random bytes', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]), 'application/octet-stream'],
  ])('%s is %s by its content', async (_what, content, type) => {
    expect(await typeOf(content)).toBe(type)
  })

  test('no bytes at all, however they begin, make the question fail', async () => {
    const openings = [
      pdf(),
      png(),
      jpeg(),
      docx(),
      exe(),
      gzipSync('x'),
      Buffer.from('ID3'),
      Buffer.from('RIFF'),
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...openings),
        fc.nat(80),
        fc.uint8Array({ maxLength: 400 }),
        async (opening, keep, rest) => {
          expect(await typeOf(Buffer.concat([opening.subarray(0, keep), rest]))).toMatch(
            /^[\w.+-]+\/[\w.+-]+/,
          )
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('a claim about a file', () => {
  test.each([
    ['don.pdf', 'application/pdf', 'application/pdf', true],
    ['DON.PDF', '', 'application/pdf', true],
    ['don', 'application/octet-stream', 'application/pdf', true],
    ['anh.jfif', 'image/jpg', 'image/jpeg', true],
    ['van-ban.docx', 'application/zip', wordType, true],
    ['don.pdf', 'application/pdf', 'text/html', false],
    ['anh.png', 'image/png', 'application/x-msdownload', false],
    ['anh.png', 'image/png', 'image/jpeg', false],
    ['don.html', 'text/html', 'application/pdf', false],
    ['don.pdf', 'text/html', 'application/pdf', false],
    ['setup.exe', 'application/x-msdownload', 'application/x-msdownload', false],
  ])('%s sent as "%s" whose content is %s: %s', (fileName, mediaType, trueType, holds) => {
    expect(claimHolds(trueType, { fileName, mediaType })).toBe(holds)
  })

  test('the refusal of a lying file says what it is and what is accepted, in both languages', () => {
    const { words, status, type } = wrongKind('don.pdf', 'text/html', ['application/pdf', 'image/jpeg'])
    expect({ status, type }).toEqual({ status: 422, type: 'file-kind-not-accepted' })
    expect(words.vi).toBe(
      'Nội dung của “don.pdf” là trang web (HTML). Chỉ nhận: PDF (.pdf), ảnh JPEG (.jpg); tên tệp phải đúng với loại tệp.',
    )
    expect(words.en).toBe(
      'The content of "don.pdf" is a web page (HTML). Accepted: PDF (.pdf), JPEG image (.jpg); the name must fit the kind.',
    )
  })
})

describe('what a browser may show in place', () => {
  test('only PDF, JPEG and PNG are shown; every other kind is downloaded', () => {
    const shown = kinds.map((kind) => kind.mediaType).filter((type) => mayShowInline(type, pdf()))
    expect(shown).toEqual(['application/pdf', 'image/jpeg', 'image/png'])
  })

  test('a PDF that is a web page too is only downloaded', () => {
    expect(mayShowInline('application/pdf', Buffer.concat([html(), pdf()]))).toBe(false)
    expect(mayShowInline('application/pdf', Buffer.from('%PDF-1.4\n<html><script>alert(1)</script>'))).toBe(
      false,
    )
  })
})
