import type { Content } from 'pdfmake'
import type { Filled, Place as Placed } from '../signing/pdf.ts'
import { letterFont, pdfmake } from './fonts.ts'
import { type Sheet, sheetOf } from './layout.ts'
import { dayInWords, midnightOf, momentShort } from './wording.ts'

type Place = Pick<Placed, 'width' | 'height'>

/** Names of the fields in the file, as a reader's panel of signatures and forms lists them. */
export const FIELD = {
  number: 'So_van_ban',
  date: 'Ngay_ban_hanh',
  signature: 'Chu_ky',
  seal: 'Dau_co_quan',
} as const

/** What a field shows, as a page of exactly its size. The same words give the same bytes. */
async function drawn(sheet: Sheet, { width, height }: Place, on: string, content: Content): Promise<Buffer> {
  const created = midnightOf(on)
  return pdfmake
    .createPdf({
      pageSize: { width, height },
      pageMargins: 0,
      info: { producer: 'mot-cua', creator: 'mot-cua', creationDate: created, modDate: created },
      defaultStyle: { font: letterFont, fontSize: sheet.body, lineHeight: 1.08 },
      content,
    })
    .getBuffer()
}

type Places = Record<string, Place | undefined>
type Issued = { paper: Sheet['paper']; number: string; issuedOn: string }

/** Width of words in em, on the safe side: a long abbreviation is set smaller rather than cut off. */
const widthOf = (words: string): number =>
  [...words].reduce(
    (sum, letter) => sum + (/\p{Lu}/u.test(letter) ? 0.72 : /[\s/.,-]/.test(letter) ? 0.3 : 0.5),
    0,
  )

/** Number and date in the fields that were reserved for them before the text was signed (rules 7). */
export async function filledIn({ paper, number, issuedOn }: Issued, places: Places): Promise<Filled[]> {
  const sheet = sheetOf(paper)
  const fields = [
    { name: 'number', value: number, italics: false },
    { name: 'date', value: dayInWords(issuedOn), italics: true },
  ] as const
  return Promise.all(
    fields.flatMap(({ name, value, italics }) => {
      const place = places[FIELD[name]]
      if (!place) return []
      const fontSize = Math.min(sheet.body, place.width / widthOf(value))
      const words = { text: value, italics, fontSize, noWrap: true }
      return [
        drawn(sheet, place, issuedOn, words).then((page) => ({ field: FIELD[name], value, drawn: page })),
      ]
    }),
  )
}

const RED = '#c8102e'

/** The mark of the agency's own signature: its name and the moment, in the red of a seal. */
export const sealMark = (
  paper: Sheet['paper'],
  place: Place,
  agency: string,
  at: Date,
  on: string,
): Promise<Buffer> =>
  framed(sheetOf(paper), place, on, RED, [
    'DẤU SỐ CỦA CƠ QUAN',
    agency.toLocaleUpperCase('vi'),
    momentShort(at.toISOString()),
  ])

/** The mark of a clerk's signature on a form of the counter. */
export const clerkMark = (
  paper: Sheet['paper'],
  place: Place,
  name: string,
  at: Date,
  on: string,
): Promise<Buffer> =>
  framed(sheetOf(paper), place, on, '#1f4e9c', ['Ký số', name, momentShort(at.toISOString())])

function framed(sheet: Sheet, place: Place, on: string, color: string, lines: string[]): Promise<Buffer> {
  return drawn(sheet, place, on, {
    table: {
      widths: [place.width - 10],
      heights: [place.height - 8],
      body: [
        [
          {
            stack: lines.map((text, i) => ({ text, bold: i === 1 })),
            color,
            fontSize: sheet.small - 2,
            alignment: 'center',
          },
        ],
      ],
    },
    layout: {
      hLineColor: () => color,
      vLineColor: () => color,
      hLineWidth: () => 1,
      vLineWidth: () => 1,
      paddingTop: () => 3,
      paddingBottom: () => 2,
      paddingLeft: () => 4,
      paddingRight: () => 4,
    },
  })
}
