import type { Content } from 'pdfmake'
import type { Column } from 'pdfmake/interfaces.js'
import type { FormRule } from './form-rules.ts'
import { reserved } from './reserved.ts'
import type { LetterHead } from './shapes.ts'
import { dayInWords } from './wording.ts'

const mm = (n: number) => (n * 72) / 25.4

/** Measures of one paper size, in points; A4 after NĐ 30/2020 (general knowledge), A5 in proportion. */
export interface Sheet {
  paper: 'A4' | 'A5'
  /** left, top, right, bottom */
  margins: [number, number, number, number]
  /** Width and height of the text area. */
  width: number
  body: number
  head: number
  title: number
  small: number
  /** Width of the right half of the head: the national name on one line. */
  nation: number
  /** Height left for signature and seal. */
  signature: number
  /** Height of the seal's field where it is a digital signature. */
  seal: number
  qr: number
  /** The text is about to be signed: what is filled afterwards gets a place that its signature knows. */
  reserved: boolean
}

const sheets: Record<Sheet['paper'], Omit<Sheet, 'paper' | 'width' | 'reserved'> & { pageWidth: number }> = {
  A4: {
    pageWidth: 595.28,
    margins: [mm(30), mm(20), mm(16), mm(20)],
    body: 13,
    head: 12,
    title: 14,
    small: 10,
    nation: 272,
    signature: 64,
    seal: 72,
    qr: 68,
  },
  A5: {
    pageWidth: 419.53,
    margins: [mm(17), mm(12), mm(11), mm(16)],
    body: 10.5,
    head: 9,
    title: 11.5,
    small: 8,
    nation: 202,
    signature: 44,
    seal: 52,
    qr: 56,
  },
}

export function sheetOf(paper: Sheet['paper'], reserved = false): Sheet {
  const { pageWidth, ...measures } = sheets[paper]
  return { paper, width: pageWidth - measures.margins[0] - measures.margins[2], ...measures, reserved }
}

/** A short rule, centred in its column. */
const rule = (length: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 2, x2: length, y2: 2, lineWidth: 0.7 }],
  alignment: 'center',
})

/** Width of the motto in Tinos Bold at one point: its rule is exactly as long as the words (NĐ 30/2020). */
const mottoWidth = 12.22

/** Words of equal weight over as few lines as the width allows. */
function balanced(words: string[], perLine: number): string[] {
  const whole = words.join(' ')
  if (whole.length <= perLine || words.length < 2) return [whole]
  const lines = Math.ceil(whole.length / perLine)
  const target = whole.length / lines
  let cut = 1
  while (cut < words.length - 1 && words.slice(0, cut + 1).join(' ').length <= Math.min(perLine, target + 3))
    cut++
  return [words.slice(0, cut).join(' '), ...balanced(words.slice(cut), perLine)]
}

/** An agency's name in capitals; a long one is broken before its place ("ỦY BAN NHÂN DÂN / XÃ …"), never one word off. */
export function agencyLines(name: string, perLine: number): string {
  const capitals = name.toLocaleUpperCase('vi')
  if (capitals.length <= perLine) return capitals
  return capitals
    .split(/ (?=(?:XÃ|PHƯỜNG|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH) )/u)
    .flatMap((segment) => balanced(segment.split(' '), perLine))
    .join('\n')
}

/** National name and motto on the right, the agency on the left, then number, place and date. */
export function officialHead(sheet: Sheet, head: LetterHead): Content {
  const gap = 8
  const left = sheet.width - sheet.nation - gap
  const motto = sheet.head + 1
  // Capitals of Tinos Bold are about 0.72 em wide.
  const perLine = Math.floor(left / (sheet.head * 0.72))
  return [
    {
      columns: [
        {
          width: left,
          alignment: 'center',
          fontSize: sheet.head,
          stack: [
            ...(head.parentAgency ? [agencyLines(head.parentAgency, perLine)] : []),
            { text: agencyLines(head.agency, perLine), bold: true },
            rule(left * 0.4),
          ],
        },
        {
          width: sheet.nation,
          alignment: 'center',
          stack: [
            { text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', bold: true, fontSize: sheet.head, noWrap: true },
            { text: 'Độc lập - Tự do - Hạnh phúc', bold: true, fontSize: motto },
            rule(mottoWidth * motto),
          ],
        },
      ],
      columnGap: gap,
    },
    {
      columns: [
        { width: left, ...numberLine(sheet, head) },
        { width: sheet.nation, italics: true, ...dateLine(sheet, head) },
      ],
      columnGap: gap,
      fontSize: sheet.body,
      margin: [0, sheet.head * 0.5, 0, 0],
    },
  ]
}

function numberLine(sheet: Sheet, head: LetterHead) {
  if (head.unnumbered) return { text: '' }
  if (sheet.reserved && head.number === null)
    return { columns: beside('Số: ', reserved('number', sheet.body * 9.5, sheet.body)) }
  return { text: `Số: ${head.number ?? '……………………'}`, alignment: 'center' as const }
}

function dateLine(sheet: Sheet, head: LetterHead) {
  if (sheet.reserved && head.issuedOn === null)
    return { columns: beside(`${head.place}, `, reserved('date', sheet.body * 12, sheet.body)) }
  return { text: `${head.place}, ${dayInWords(head.issuedOn)}`, alignment: 'center' as const }
}

/** A label and a field after it, together in the middle of their column. */
const beside = (label: string, field: Column): Column[] => [
  { width: '*', text: '' },
  { width: 'auto', text: label, preserveLeadingSpaces: true, noWrap: true },
  field,
  { width: '*', text: '' },
]

/** Name of the letter in capitals; `about` is the line under it ("Về việc …"). */
export function titleBlock(sheet: Sheet, title: string, about?: string): Content {
  return {
    alignment: 'center',
    margin: [0, sheet.title * 0.75, 0, sheet.title * 0.5],
    stack: [
      { text: title.toLocaleUpperCase('vi'), bold: true, fontSize: sheet.title },
      ...(about ? [{ text: about, bold: true, fontSize: sheet.body }, rule(sheet.width * 0.2)] : []),
    ],
  }
}

/** "Mẫu số 01" above the head, as the annex of the circular has it. */
export function formMark(sheet: Sheet, form: FormRule): Content {
  if (!form.number) return []
  return {
    text: [
      { text: `Mẫu số ${form.number}`, bold: true },
      ...(form.circular ? [{ text: ` (${form.circular})`, italics: true }] : []),
    ],
    fontSize: sheet.small,
    alignment: 'right',
    margin: [0, 0, 0, 4],
  }
}
