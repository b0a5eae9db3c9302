import { plain } from '../../intake/words.ts'
import type { CatalogueLimit, CataloguePaper, LEVELS, ONLINE_LEVELS, StepRole } from './entry.ts'

const choice = <T extends string>(words: Record<T, string[]>) => {
  const known = new Map<string, T>()
  for (const [value, others] of Object.entries(words) as [T, string[]][])
    for (const word of [value, ...others]) known.set(plain(word), value)
  return (written: string): T | undefined => known.get(plain(written))
}

export const levelOf = choice<(typeof LEVELS)[number]>({
  province: ['Tỉnh', 'Cấp tỉnh'],
  department: ['Sở', 'Cấp sở'],
  commune: ['Xã', 'Cấp xã'],
})

export const onlineLevelOf = choice<(typeof ONLINE_LEVELS)[number]>({
  full: ['toàn trình', 'trực tuyến toàn trình'],
  partial: ['một phần', 'trực tuyến một phần'],
  information: ['cung cấp thông tin', 'thông tin'],
})

export const limitUnitOf = choice<CatalogueLimit['unit']>({
  'working-day': ['ngày làm việc', 'WORKING_DAY'],
  'working-hour': ['giờ làm việc'],
  'calendar-day': ['ngày', 'day'],
  'same-day': ['trong ngày'],
  month: ['tháng', 'MONTH'],
})

export const stepRoleOf = choice<StepRole>({
  clerk: ['Một cửa', 'Người tiếp nhận'],
  officer: ['Chuyên viên'],
  'unit-head': ['Lãnh đạo phòng'],
  leader: ['Lãnh đạo cơ quan'],
  clerical: ['Văn thư'],
  consulted: ['Cơ quan phối hợp'],
  tax: ['Cơ quan thuế'],
  applicant: ['Người nộp'],
})

const yesNo = choice<'yes' | 'no'>({ yes: ['có', 'x', '1', 'true'], no: ['không', '0', 'false'] })
/** True, false, or undefined for another word. */
export const truthOf = (written: string): boolean | undefined => {
  const word = yesNo(written)
  return word && word === 'yes'
}

/** '0,5', '1.500' and '3' as numbers; undefined for anything else. A comma is decimal; dots part thousands. */
export function numberOf(written: string): number | undefined {
  const text = written.replace(/\s/g, '')
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'))
  return /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

export const listOf = (cell: string): string[] =>
  cell
    .split(/[|\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

const MARKS: [RegExp, (paper: CataloguePaper, count: number) => object][] = [
  [/^(\d{0,2})(banchinh|chinh|originals?)$/, (paper, count) => Object.assign(paper, { original: count })],
  [/^(\d{0,2})(bansao|sao|cop(y|ies))$/, (paper, count) => Object.assign(paper, { copies: count })],
  [/^()(neuco|ifany|thuocdien)$/, (paper) => Object.assign(paper, { optional: true })],
  [/^()(xuattrinh|shown)$/, (paper) => Object.assign(paper, { presentOnly: true })],
  [/^()(dulieu|data)$/, (paper) => Object.assign(paper, { reusableData: true })],
]

/** A paper as the catalogue's cell has it; a text for a mark that nobody knows. */
export function paperOf(written: string): CataloguePaper | string {
  // By hand: an expression that looks for the marks at the end tries every bracket and blank of a long cell.
  const inside = written.endsWith(']') ? written.slice(0, -1) : ''
  const start = inside.indexOf('[', inside.lastIndexOf(']') + 1)
  const name = (start === -1 ? written : written.slice(0, start)).trim()
  const marks = (start === -1 ? '' : inside.slice(start + 1))
    .split(/[,;]/)
    .map((mark) => mark.trim())
    .filter(Boolean)
  const paper: CataloguePaper = {
    name,
    original: 0,
    copies: 0,
    optional: false,
    presentOnly: false,
    reusableData: false,
  }
  for (const mark of marks) {
    const word = plain(mark)
    const rule = MARKS.find(([pattern]) => pattern.test(word))
    if (!rule) return mark
    const count = Number(rule[0].exec(word)?.[1] || 1)
    if (count > 20) return mark
    rule[1](paper, count)
  }
  if (paper.original + paper.copies === 0) paper.original = 1
  return paper
}
