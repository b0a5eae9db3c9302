import writeXlsxFile from 'write-excel-file/node'
import { csvOf } from '../registers/csv.ts'

export type Cell = string | number | Date | null
export type SheetOf = { name: string; head: string[]; rows: Cell[][] }

export const FILE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type FileType = keyof typeof FILE_TYPES

/** Excel's own width of a column, in letters. */
const width = (head: string, cells: Cell[]): number =>
  Math.min(60, Math.max(8, head.length, ...cells.slice(0, 200).map((cell) => String(cell ?? '').length)) + 2)

/**
 * Sheets as an .xlsx file; `mark` stands beneath each. Text is written as text: what begins like a formula stays what
 * somebody typed. Names of sheets are cut to the 31 letters that Excel knows.
 */
export function xlsxOf(sheets: SheetOf[], mark: string): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map(({ name, head, rows }) => ({
      sheet: name.slice(0, 31),
      stickyRowsCount: 1,
      columns: head.map((title, n) => ({
        width: width(
          title,
          rows.map((row) => row[n] ?? null),
        ),
      })),
      data: [
        head.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
        ...rows.map((row) =>
          row.map((value) =>
            value === null
              ? null
              : typeof value === 'number'
                ? { value, type: Number }
                : { value: String(value), type: String },
          ),
        ),
        [],
        [{ value: mark, type: String, fontStyle: 'italic' as const }],
      ],
    })),
  ).toBuffer()
}

/** One table as CSV that spreadsheets open as it is; the mark is its last line. */
export const markedCsv = ({ head, rows }: SheetOf, mark: string): Buffer =>
  csvOf(head, [
    ...rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))),
    [mark],
  ])
