import type { Content } from 'pdfmake'
import type { Sheet } from './layout.ts'
import type { Applicant, Paper } from './shapes.ts'

const leader = '……………………'

/** Text that may not fit on one page must stay breakable, or it would run off the paper. */
const isLong = (value = '') => value.length > 400

/** "Label: value"; an empty value keeps the dotted line of the paper form. */
export function field(label: string, value?: string, strong = false): Content {
  return {
    text: [`${label}: `, value ? { text: value, bold: strong } : leader],
    margin: [0, 1, 0, 1],
    unbreakable: !isLong(value),
  }
}

/** Two short fields on one line. */
export const pair = (a: Content, b: Content): Content => ({ columns: [a, b], columnGap: 10 })

export const section = (text: string): Content => ({ text, bold: true, margin: [0, 4, 0, 2] })

/** Body paragraphs of a letter: justified, first line indented by 1 cm. */
export function prose(sheet: Sheet, value: string): Content[] {
  return value
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => ({
      text: line.trim(),
      alignment: 'justify',
      leadingIndent: sheet.paper === 'A4' ? 28 : 20,
      margin: [0, 2.5, 0, 2.5],
    }))
}

/** Whom a result is granted to. */
export const holderFields = (
  label: string,
  who: Pick<Applicant, 'name' | 'identifier' | 'address'>,
): Content[] => [
  field(label, who.name, true),
  field('Số định danh cá nhân/tổ chức', who.identifier),
  field('Địa chỉ', who.address),
]

/** Who files: the rows every form of the one-stop shop repeats. */
export function applicantFields(label: string, who: Applicant): Content[] {
  return [...holderFields(label, who), pair(field('Số điện thoại', who.phone), field('Email', who.email))]
}

/** A ruled table whose header row is repeated on every page and whose rows are cut in two only when too long. */
export function ruledTable(
  sheet: Sheet,
  columns: { title: string; width: number | '*'; centred?: boolean }[],
  rows: string[][],
): Content {
  const whole = !rows.flat().some((cell) => isLong(cell))
  return {
    table: {
      headerRows: 1,
      // pdfmake draws nothing at all of a row that must stay whole and is taller than the page.
      dontBreakRows: whole,
      keepWithHeaderRows: whole ? 1 : 0,
      widths: columns.map((c) => c.width),
      body: [
        columns.map((c) => ({ text: c.title, bold: true, alignment: 'center' as const })),
        ...rows.map((row) =>
          row.map((cell, i) => ({
            text: cell,
            alignment: columns[i]?.centred ? ('center' as const) : ('left' as const),
          })),
        ),
      ],
    },
    layout: {
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      paddingTop: () => 2,
      paddingBottom: () => 2.5,
      paddingLeft: () => 4,
      paddingRight: () => 4,
    },
    fontSize: sheet.body - 1,
    margin: [0, 3, 0, 5],
  }
}

export function papersTable(sheet: Sheet, papers: Paper[]): Content {
  const a4 = sheet.paper === 'A4'
  return ruledTable(
    sheet,
    [
      { title: 'TT', width: a4 ? 24 : 18, centred: true },
      { title: 'Thành phần hồ sơ', width: '*' },
      { title: 'Bản chính', width: a4 ? 40 : 32, centred: true },
      { title: 'Bản sao', width: a4 ? 40 : 32, centred: true },
      { title: 'Ghi chú', width: a4 ? 80 : 60 },
    ],
    papers.map((p, i) => [String(i + 1), p.name, String(p.originals), String(p.copies), p.note ?? '']),
  )
}

/** The list of days counted and skipped, in small print, as the deadlines feature wrote it. */
export function proofBlock(sheet: Sheet, title: string, lines: string[]): Content {
  if (lines.length === 0) return []
  return {
    margin: [0, 4, 0, 2],
    fontSize: sheet.small,
    stack: [
      { text: title, bold: true },
      ...lines.map((line) => ({ text: line, margin: [8, 0.5, 0, 0.5] as [number, number, number, number] })),
    ],
  }
}
