import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)

/** What pdfmake's PDF writer asks to open a font; `registerFormat` is the library's own way to teach it another kind of file. */
type Fontkit = {
  create(file: Buffer): object
  registerFormat(format: {
    new (stream: { buffer: Uint8Array }): object
    probe(file: Uint8Array): boolean
  }): void
}
// Not `import`: it must be the very copy that pdfmake's writer asks, or it would not know what this one has learnt.
const pdfkit = createRequire(require.resolve('pdfmake')).resolve('pdfkit')
const fontkit = createRequire(pdfkit)('fontkit') as Fontkit

/** Tinos has the metrics of Times New Roman, which NĐ 30/2020 asks for, and every Vietnamese letter. */
export const letterFont = 'Tinos'
const faces = {
  normal: '400Regular/Tinos_400Regular',
  bold: '700Bold/Tinos_700Bold',
  italics: '400Regular_Italic/Tinos_400Regular_Italic',
  bolditalics: '700Bold_Italic/Tinos_700Bold_Italic',
}

/**
 * The writer reads a font anew for every document, four fifths of the work on a letter. So it is handed a ticket in the
 * font's place, and the ticket opens the face that has been read before. What a document writes into it, the glyphs with
 * the letters they stand for, stays its own.
 */
const TICKET = 'mot-cua-face:'
const fileOf = (style: string) =>
  require.resolve(`@expo-google-fonts/tinos/${faces[style as keyof typeof faces]}.ttf`)
const read = new Map<string, object>()

function face(ticket: string): object {
  let tables = read.get(ticket)
  if (!tables) {
    tables = fontkit.create(readFileSync(fileOf(ticket.slice(TICKET.length))))
    read.set(ticket, tables)
  }
  return Object.create(tables, { _glyphs: { value: {} } })
}

type Measured = { unitsPerEm: number; glyphForCodePoint(point: number): { advanceWidth: number } }
const advances = new Map<string, number>()

/** How wide the letters' font sets a line of text at a size, both in the same unit; letter by letter, without kerning. */
export function widthOf(text: string, size: number, style: keyof typeof faces = 'normal'): number {
  let width = 0
  for (const letter of text) {
    const key = style + letter
    let advance = advances.get(key)
    if (advance === undefined) {
      const font = face(`${TICKET}${style}`) as Measured
      advance = font.glyphForCodePoint(letter.codePointAt(0)!).advanceWidth / font.unitsPerEm
      advances.set(key, advance)
    }
    width += advance
  }
  return width * size
}

class Ticket {
  constructor(stream: { buffer: Uint8Array }) {
    // biome-ignore lint/correctness/noConstructorReturn: the library calls `new` on a format and takes what it gets for the font.
    return face(Buffer.from(stream.buffer).toString())
  }

  static probe(file: Uint8Array): boolean {
    return Buffer.from(file).toString('latin1', 0, TICKET.length) === TICKET
  }
}

fontkit.registerFormat(Ticket)
// Named as the font's own file: what does not know tickets, the drawings inside a page, opens the file itself.
const files = Object.fromEntries(Object.keys(faces).map((style) => [style, fileOf(style)]))
// The types leave out pdfmake's own files.
const { virtualfs } = pdfmake as unknown as { virtualfs: { writeFileSync(name: string, text: string): void } }
for (const [style, file] of Object.entries(files)) virtualfs.writeFileSync(file, `${TICKET}${style}`)

pdfmake.setFonts({ [letterFont]: files })
// A letter holds text of applicants: whatever it says, rendering reads no file and no address.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy(() => false)

export { pdfmake }
