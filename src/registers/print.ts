import type { Content } from 'pdfmake'
import { letterFont, pdfmake } from '../letters/fonts.ts'
import type { FormRule } from '../letters/form-rules.ts'
import { formMark, officialHead, type Sheet, sheetOf, titleBlock } from '../letters/layout.ts'
import { midnightOf } from '../letters/wording.ts'

export type Column = { title: string; width: number | '*'; centred?: boolean }

export type Book = {
  title: string
  /** Number of the book, where its form has one. */
  number?: string
  /** Which book, of which days: the line under the title. */
  about: string
  parentAgency: string
  agency: string
  place: string
  /** Legal day of the print-out. */
  printedOn: string
  /** The national form, where there is one. */
  form: FormRule | null
  /** Beneath the table: what the reader must know of its completeness. */
  note: string
  demo: boolean
  columns: Column[]
  rows: string[][]
}

const A4_LONG = 841.89

/** A4 landscape with narrow margins; the left one leaves room for the binding. */
function landscape(): Sheet {
  const sheet = sheetOf('A4')
  const margins: Sheet['margins'] = [45, 32, 30, 34]
  return { ...sheet, margins, width: A4_LONG - margins[0] - margins[2], body: 11, head: 11 }
}

/** A register on A4 landscape, its header on every page. The same rows printed on the same day give the same bytes. */
export async function printBook(book: Book): Promise<Buffer> {
  const sheet = landscape()
  const created = midnightOf(book.printedOn)
  const head = {
    parentAgency: book.parentAgency,
    agency: book.agency,
    number: book.number ?? null,
    place: book.place,
    issuedOn: book.printedOn,
    unnumbered: book.number === undefined,
  }
  const [left, , right] = sheet.margins
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: sheet.margins,
      language: 'vi-VN',
      info: {
        title: book.title,
        author: book.agency,
        producer: 'mot-cua',
        creator: 'mot-cua',
        creationDate: created,
        modDate: created,
      },
      defaultStyle: { font: letterFont, fontSize: sheet.body, lineHeight: 1.05 },
      footer: (page, pages) => ({
        margin: [left, 10, right, 0],
        fontSize: 8,
        columns: [
          {
            width: '*',
            text: [book.form?.footnote, book.form?.transitional, book.demo && 'Dữ liệu minh họa.']
              .filter(Boolean)
              .join(' '),
            italics: true,
          },
          { width: 'auto', text: `Trang ${page}/${pages}` },
        ],
      }),
      content: [
        ...(book.form ? [formMark(sheet, book.form)] : []),
        officialHead(sheet, head),
        titleBlock(sheet, book.title),
        { text: book.about, alignment: 'center', italics: true, margin: [0, -4, 0, 8] },
        table(book),
        foot(book.note),
      ],
    })
    .getBuffer()
}

/** As on the printed forms: a row of two lines is 20 pt high, so that a sheet holds 25 of them. */
const table = ({ columns, rows }: Book): Content => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    keepWithHeaderRows: 1,
    widths: columns.map(({ width }) => width),
    body: [
      columns.map(({ title }) => ({ text: title, bold: true, alignment: 'center' as const })),
      ...(rows.length > 0
        ? rows.map((row) =>
            row.map((cell, n) => ({
              text: cell,
              alignment: columns[n]?.centred ? ('center' as const) : ('left' as const),
            })),
          )
        : [
            [
              { text: 'Không có dòng nào trong kỳ này.', colSpan: columns.length, italics: true },
              ...columns.slice(1).map(() => ''),
            ],
          ]),
    ],
  },
  layout: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0.5,
    paddingTop: () => 1,
    paddingBottom: () => 1,
    paddingLeft: () => 2,
    paddingRight: () => 2,
  },
  fontSize: 7.5,
  lineHeight: 1,
})

/** TT 01/2018 art. 10: the book is locked at the end of the year, signed and stamped by the head. */
const foot = (note: string): Content => ({
  unbreakable: true,
  stack: [
    { text: note, fontSize: 9, italics: true, margin: [0, 6, 0, 10] },
    {
      columns: ['Người lập sổ', 'Thủ trưởng đơn vị'].map((role) => ({
        width: '*',
        alignment: 'center' as const,
        stack: [
          { text: role.toLocaleUpperCase('vi'), bold: true },
          { text: '(Ký, ghi rõ họ tên)', italics: true, fontSize: 9 },
        ],
        margin: [0, 0, 0, 40] as [number, number, number, number],
      })),
    },
  ],
})
