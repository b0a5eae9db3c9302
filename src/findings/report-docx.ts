import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import { dayInWords } from '../letters/wording.ts'
import type { ReportContent } from './report-content.ts'
import { type ReportSignature, signatureLines } from './report-pdf.ts'

/** NĐ 30/2020's letter; the reader's machine has it or takes its metric twin. */
const FONT = 'Times New Roman'

const centred = (text: string, more: { bold?: boolean; italics?: boolean; size?: number } = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, ...more })] })

const none = { style: 'none', size: 0, color: 'FFFFFF' } as const
const NO_BORDERS = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
}

/** Agency on the left, nation and motto on the right, as on every official paper. */
const headOf = ({ parentAgency, agency, place, madeOn }: ReportContent) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders: NO_BORDERS,
    rows: [
      new TableRow({
        children: [
          new TableCell({
            width: { size: 42, type: WidthType.PERCENTAGE },
            children: [
              ...(parentAgency ? [centred(parentAgency.toLocaleUpperCase('vi'))] : []),
              centred(agency.toLocaleUpperCase('vi'), { bold: true }),
            ],
          }),
          new TableCell({
            width: { size: 58, type: WidthType.PERCENTAGE },
            children: [
              centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }),
              centred('Độc lập - Tự do - Hạnh phúc', { bold: true }),
              centred(`${place}, ${dayInWords(madeOn)}`, { italics: true }),
            ],
          }),
        ],
      }),
    ],
  })

const tableOf = ({ head, rows }: { head: string[]; rows: string[][] }) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      new TableRow({ tableHeader: true, children: head.map((text) => cell(text, true)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text) => cell(text)) })),
    ],
  })

const cell = (text: string, bold = false) =>
  new TableCell({ children: [new Paragraph({ children: [new TextRun({ text, bold, size: 18 })] })] })

/** The same report as a Word document, section by section, for whoever has to quote from it. */
export async function reportDocx(
  content: ReportContent,
  signature: ReportSignature,
  demo: boolean,
): Promise<Buffer> {
  const foot = [content.mark, demo && 'Dữ liệu minh họa.'].filter(Boolean).join('. ')
  const document = new Document({
    creator: 'mot-cua',
    title: content.title,
    styles: {
      default: {
        document: { run: { font: FONT, size: 24 } },
        heading2: {
          run: { font: FONT, size: 24, bold: true, color: '000000' },
          paragraph: { spacing: { before: 160, after: 60 } },
        },
      },
    },
    sections: [
      {
        footers: {
          default: new Footer({
            children: [new Paragraph({ children: [new TextRun({ text: foot, italics: true, size: 16 })] })],
          }),
        },
        children: [
          headOf(content),
          new Paragraph({}),
          centred(content.title.toLocaleUpperCase('vi'), { bold: true, size: 28 }),
          centred(content.about, { italics: true }),
          ...content.sections.flatMap(({ title, paragraphs, table }) => [
            new Paragraph({ text: title, heading: HeadingLevel.HEADING_2 }),
            ...paragraphs.map((text) => new Paragraph({ text })),
            ...(table ? [tableOf(table)] : []),
          ]),
          new Paragraph({}),
          centred('NGƯỜI LẬP BÁO CÁO', { bold: true }),
          ...signatureLines(content, signature).map((text, n, all) =>
            centred(text, n === all.length - 1 ? { bold: true } : { size: 18 }),
          ),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}
