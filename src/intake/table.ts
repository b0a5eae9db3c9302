import { CsvError, parse } from 'csv-parse/sync'
import type { FieldError, Words } from '../http/problem.ts'
import { isStorable } from '../http/storable.ts'
import { clean } from '../text.ts'
import type { Column } from './columns.ts'
import { MAX_ROWS } from './limits.ts'
import { noFile, tooManyRows, unreadable } from './refusal.ts'
import { plain } from './words.ts'

/** A row of the file: `row` as a spreadsheet counts it, cells by column key, cleaned, '' where there is none. */
export type TableRow = { row: number; cells: Record<string, string>; faults: FieldError[] }

const DELIMITERS = [';', ',', '\t'] as const

/** The sign that parts the headings: the one that stands there most often, outside quotation marks. */
function delimiterOf(text: string): string {
  const head = (text.split(/\r\n|\r|\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '')
  const counted = DELIMITERS.map((sign) => ({ sign, count: head.split(sign).length - 1 }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

/** `first`: the row at which the text begins. */
function recordsOf(text: string, first: number): string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      // A quotation mark that is never closed would make one cell of the rest of the file.
      max_record_size: 100_000,
      to: MAX_ROWS + 2,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // Where it stopped may be the end of the file; the row after the last whole one is where it began to go wrong.
    const row = (Number((error as { records?: number }).records) || 0) + first
    throw unreadable(
      `Không đọc được tệp từ dòng ${row}: thường do dấu ngoặc kép mở mà không đóng, hoặc đứng giữa một ô không được bọc. Hãy sửa dòng đó rồi gửi lại.`,
      `The file cannot be read from row ${row} on: most often a quotation mark is opened and not closed, or stands within a cell that is not quoted. Correct that row and send it again.`,
    )
  }
}

/** Which column stands where. @throws Problem 422 for columns unknown, missing or twice there */
function headOf(cells: string[], columns: readonly Column[]): (Column | undefined)[] {
  const names = cells.map((cell) => clean(cell))
  const found = names.map((name) =>
    columns.find(({ key, label }) => [key, label.vi, label.en].some((known) => plain(known) === plain(name))),
  )
  const unknown = names.filter((name, n) => name !== '' && !found[n])
  const missing = columns.filter((column) => column.required && !found.includes(column))
  const twice = columns.filter((column) => found.filter((one) => one === column).length > 1)
  const quoted = (list: string[]) => list.map((name) => `“${name.slice(0, 60)}”`).join(', ')
  if (missing.length > 0)
    throw unreadable(
      `Dòng đầu phải là tên cột; thiếu cột ${quoted(missing.map(({ label }) => label.vi))}. Hãy dùng dòng đầu của tệp mẫu.`,
      `The first row must name the columns; ${quoted(missing.map(({ label }) => label.en))} missing. Use the first row of the sample.`,
    )
  if (unknown.length > 0)
    throw unreadable(
      `Không biết cột ${quoted(unknown)}. Hãy đổi tên như trong tệp mẫu hoặc bỏ cột đó.`,
      `Unknown column: ${quoted(unknown)}. Name it as in the sample, or leave it out.`,
    )
  if (twice.length > 0)
    throw unreadable(
      `Cột ${quoted(twice.map(({ label }) => label.vi))} có hai lần. Hãy bỏ một cột.`,
      `The column ${quoted(twice.map(({ label }) => label.en))} stands there twice. Leave one out.`,
    )
  return found
}

const formula: Words = {
  vi: 'Ô bắt đầu bằng =, +, -, @ hoặc dấu tab nên bảng tính sẽ hiểu là công thức. Hãy ghi giá trị, không ghi công thức.',
  en: 'The cell begins with =, +, -, @ or a tab, which a spreadsheet takes for a formula. Write the value itself.',
}
const unstorable: Words = {
  vi: 'Ô có ký tự hỏng; hãy nhập lại ô này.',
  en: 'The cell has a spoilt character; type it again.',
}
const isFormula = (cell: string): boolean => /^\s*[=+\-@]|^[\t\r]/.test(cell)

function faultOf(cell: string, column: Column): Words | undefined {
  if (isFormula(cell)) return formula
  if (!isStorable(cell) || cell.includes('\uFFFD')) return unstorable
  const text = clean(cell)
  if (text === '' && column.required) return { vi: 'Hãy điền ô này.', en: 'Fill this in.' }
  if (text.length > column.max)
    return {
      vi: `Ô dài ${text.length} ký tự, không được quá ${column.max}.`,
      en: `The cell has ${text.length} characters; at most ${column.max}.`,
    }
  return undefined
}

function rowOf(record: string[], row: number, head: (Column | undefined)[]): TableRow {
  const cells: Record<string, string> = {}
  const faults: FieldError[] = []
  for (const [n, column] of head.entries()) {
    if (!column) continue
    const cell = record[n] ?? ''
    const message = faultOf(cell, column)
    if (message) faults.push({ field: column.key, message })
    cells[column.key] = clean(cell).slice(0, column.max)
  }
  if (record.some((cell, n) => !head[n] && clean(cell) !== ''))
    faults.push({
      field: '',
      message: {
        vi: 'Dòng có nhiều ô hơn dòng tên cột: một ô có dấu phẩy hoặc chấm phẩy phải đặt trong ngoặc kép.',
        en: 'The row has more cells than the headings: a cell with a comma or semicolon must stand in quotation marks.',
      },
    })
  return { row, cells, faults }
}

/**
 * The rows of a CSV text below its headings, each with what is wrong with its cells taken alone. Empty rows are passed
 * over. `;`, `,` and tab are told apart by the headings; "sep=;", which Excel writes, is understood.
 * @throws Problem 422 when the table as a whole cannot be read
 */
export function readTable(text: string, columns: readonly Column[]): TableRow[] {
  const announced = /^sep=.\r?\n/i.exec(text)?.[0] ?? ''
  const top = announced ? 2 : 1
  const records = recordsOf(text.slice(announced.length), top)
  const [head, ...body] = records
  if (!head) throw noFile()
  const places = headOf(head, columns)
  const rows = body
    .map((record, n) => ({ record, row: n + top + 1 }))
    .filter(({ record }) => record.some((cell) => clean(cell) !== ''))
  if (rows.length === 0) throw noFile()
  if (rows.length > MAX_ROWS || records.length > MAX_ROWS + 1) throw tooManyRows()
  return rows.map(({ record, row }) => rowOf(record, row, places))
}

/** The rows' cells with every column of the kind, '' for columns that the file leaves out. */
export const cellOf = (row: TableRow, key: string): string => row.cells[key] ?? ''
