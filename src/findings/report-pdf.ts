import type { Content } from 'pdfmake'
import { letterFont, pdfmake } from '../letters/fonts.ts'
import { officialHead, type Sheet, sheetOf, titleBlock } from '../letters/layout.ts'
import { midnightOf } from '../letters/wording.ts'
import type { ReportContent } from './report-content.ts'

/** How a recorded signature reads; null on a draft, which is crossed by "DỰ THẢO". */
export type ReportSignature = { name: string; at: string; textHash: string } | null

const NARROW = 40
/** Points of a letter in the tables' size; a word of more letters than this is given the room it needs, for it cannot be broken. */
const [LETTER, LONG_WORD] = [4.9, 12]

function widthOf(cells: string[]): number | '*' {
  const longest = Math.max(0, ...cells.flatMap((cell) => cell.split(/\s+/)).map((word) => word.length))
  return longest > LONG_WORD ? longest * LETTER : '*'
}

function table({ head, rows }: { head: string[]; rows: string[][] }): Content {
  // Figures need little room; words get the rest.
  const figures = head.map((_, n) => n > 0 && rows.every((row) => /^\d*$/.test(row[n] ?? '')))
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: figures.map((figure, n) => (figure ? NARROW : widthOf(rows.map((row) => row[n] ?? '')))),
      body: [
        head.map((text) => ({ text, bold: true, alignment: 'center' as const })),
        ...rows.map((row) =>
          row.map((text, n) => ({ text, alignment: figures[n] ? ('right' as const) : ('left' as const) })),
        ),
      ],
    },
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5, paddingTop: () => 1.5, paddingBottom: () => 1.5 },
    fontSize: 9,
    margin: [0, 2, 0, 8],
  }
}

const section = (
  sheet: Sheet,
  { title, paragraphs, table: cells }: ReportContent['sections'][number],
): Content[] => [
  { text: title, bold: true, fontSize: sheet.body - 1, margin: [0, 6, 0, 3], headlineLevel: 1 },
  ...paragraphs.map((text): Content => ({ text, margin: [0, 0, 0, 3], alignment: 'justify' })),
  ...(cells ? [table(cells)] : []),
]

/** The words under which the report is signed, the same in both prints. */
export const signatureLines = (content: ReportContent, signature: ReportSignature): string[] =>
  signature
    ? [
        `Đã ký (ghi nhận điện tử, chưa ký số) lúc ${signature.at}`,
        `Mã băm nội dung SHA-256: ${signature.textHash}`,
        signature.name,
      ]
    : ['(Ký, ghi rõ họ tên)', content.madeBy]

/** A report on A4. The same content and signature give the same bytes. */
export function reportPdf(
  content: ReportContent,
  signature: ReportSignature,
  demo: boolean,
): Promise<Buffer> {
  const sheet = { ...sheetOf('A4'), body: 12 }
  const created = midnightOf(content.madeOn)
  const [left, , right] = sheet.margins
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: sheet.margins,
      language: 'vi-VN',
      info: {
        title: content.title,
        author: content.agency,
        producer: 'mot-cua',
        creator: 'mot-cua',
        creationDate: created,
        modDate: created,
      },
      defaultStyle: { font: letterFont, fontSize: sheet.body, lineHeight: 1.1 },
      // A heading alone at the foot of a page belongs to the next one.
      pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
        node.headlineLevel === 1 && getFollowingNodesOnPage().length === 0,
      footer: (page, pages) => ({
        margin: [left, 8, right, 0],
        fontSize: 8,
        columnGap: 10,
        columns: [
          {
            width: '*',
            text: [content.mark, demo && 'Dữ liệu minh họa.'].filter(Boolean).join('. '),
            italics: true,
          },
          { width: 'auto', text: `Trang ${page}/${pages}`, noWrap: true },
        ],
      }),
      ...(signature
        ? {}
        : { watermark: { text: 'DỰ THẢO', font: letterFont, bold: true, color: '#9a9a9a', opacity: 0.2 } }),
      content: [
        officialHead(sheet, {
          parentAgency: content.parentAgency,
          agency: content.agency,
          number: null,
          place: content.place,
          issuedOn: content.madeOn,
          unnumbered: true,
        }),
        titleBlock(sheet, content.title),
        { text: content.about, alignment: 'center', italics: true, margin: [0, -4, 0, 8] },
        ...content.sections.flatMap((one) => section(sheet, one)),
        {
          unbreakable: true,
          margin: [sheet.width / 2 - 20, 14, 0, 0],
          alignment: 'center',
          stack: [
            { text: 'NGƯỜI LẬP BÁO CÁO', bold: true },
            ...signatureLines(content, signature).map((text, n, all) => ({
              text,
              fontSize: n === all.length - 1 ? sheet.body : 9,
              bold: n === all.length - 1,
              margin: [0, n === all.length - 1 ? 22 : 2, 0, 0] as [number, number, number, number],
            })),
          ],
        },
      ],
    })
    .getBuffer()
}
