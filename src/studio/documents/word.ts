import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  type ISectionOptions,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'

/** NĐ 30/2020's letter; the reader's machine has it or takes its metric twin. */
const FONT = 'Times New Roman'

type More = { bold?: boolean; italics?: boolean; size?: number }

export const centred = (text: string, more: More = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ text, ...more })] })

export const paragraph = (text: string, more: More = {}) =>
  new Paragraph({ spacing: { after: 80 }, children: [new TextRun({ text, ...more })] })

export const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_2 })

export const item = (text: string) =>
  new Paragraph({ bullet: { level: 0 }, children: [new TextRun({ text })] })

const cell = (text: string, share: number, bold: boolean) =>
  new TableCell({
    width: { size: share, type: WidthType.PERCENTAGE },
    children: text
      .split('\n')
      .map((line) => new Paragraph({ children: [new TextRun({ text: line, bold, size: 22 })] })),
  })

/** A table with its head on every page; `shares` of its width in percent. */
export const table = (head: string[], shares: number[], rows: string[][]) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [head, ...rows].map(
      (row, n) =>
        new TableRow({
          tableHeader: n === 0,
          cantSplit: true,
          children: row.map((text, column) => cell(text, shares[column] ?? 10, n === 0)),
        }),
    ),
  })

/** A Word document on A4; `foot` stands on every page. */
export function wordDocument(
  title: string,
  foot: string,
  children: ISectionOptions['children'],
  { landscape = false } = {},
): Promise<Buffer> {
  const orientation = landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT
  return Packer.toBuffer(
    new Document({
      creator: 'mot-cua',
      title,
      styles: {
        default: {
          document: { run: { font: FONT, size: 26 } },
          heading2: {
            run: { font: FONT, size: 26, bold: true, color: '000000' },
            paragraph: { spacing: { before: 200, after: 80 } },
          },
        },
      },
      sections: [
        {
          // A4 in twentieths of a point; docx turns the sides itself.
          properties: {
            page: {
              size: { width: 11_906, height: 16_838, orientation },
              margin: { top: 1134, bottom: 1134, left: 1417, right: 1134 },
            },
          },
          footers: {
            default: new Footer({
              children: [new Paragraph({ children: [new TextRun({ text: foot, italics: true, size: 16 })] })],
            }),
          },
          children,
        },
      ],
    }),
  )
}
