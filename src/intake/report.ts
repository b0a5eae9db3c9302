import type { Locale } from '../access/post.ts'
import { csvOf } from '../registers/csv.ts'
import { COLUMNS, type Kind } from './columns.ts'
import { type Line, VERDICTS, type Verdict } from './line.ts'

const WORDS = {
  vi: {
    head: ['Dòng', 'Mã hoặc tên đăng nhập', 'Tên', 'Kết quả', 'Cột', 'Cần sửa'],
    tried: { refused: 'từ chối', added: 'sẽ thêm', changed: 'sẽ đổi', unchanged: 'giữ nguyên' },
    saved: { refused: 'từ chối', added: 'đã thêm', changed: 'đã đổi', unchanged: 'giữ nguyên' },
  },
  en: {
    head: ['Row', 'Code or login', 'Name', 'Result', 'Column', 'What to mend'],
    tried: {
      refused: 'refused',
      added: 'will be added',
      changed: 'will be changed',
      unchanged: 'unchanged',
    },
    saved: { refused: 'refused', added: 'added', changed: 'changed', unchanged: 'unchanged' },
  },
} satisfies Record<Locale, { head: string[]; tried: Record<Verdict, string>; saved: Record<Verdict, string> }>

/** A column's heading in somebody's language; '' for the row as a whole. */
export const labelOf = (kind: Kind, key: string, locale: Locale): string =>
  COLUMNS[kind].find((column) => column.key === key)?.label[locale] ?? ''

/** The report as a table: a line for each row of the file, or for each of its faults. */
export function reportCsv(kind: Kind, lines: Line[], saved: boolean, locale: Locale): Buffer {
  const words = WORDS[locale]
  const results = saved ? words.saved : words.tried
  const rows = lines.flatMap(({ row, code, name, verdict, faults, changes }) => {
    const own = [row, code, name, results[verdict]]
    if (faults.length > 0)
      return faults.map(({ field, message }) => [...own, labelOf(kind, field, locale), message[locale]])
    return [[...own, changes.map((key) => labelOf(kind, key, locale)).join(', '), '']]
  })
  return csvOf(words.head, rows)
}

export const countsOf = (lines: Line[]): Record<Verdict, number> => {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  for (const { verdict } of lines) counts[verdict]++
  return counts
}
