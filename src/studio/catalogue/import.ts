import type { Locale } from '../../access/post.ts'
import type { Tx } from '../../database/transaction.ts'
import { decode } from '../../intake/decode.ts'
import { fingerprint } from '../../intake/intake.ts'
import type { Line } from '../../intake/line.ts'
import { countsOf } from '../../intake/report.ts'
import { readTable } from '../../intake/table.ts'
import { csvOf } from '../../registers/csv.ts'
import { COLUMNS, type Kind } from './columns.ts'
import { planRows } from './import-rows.ts'
import { planSteps } from './import-steps.ts'
import { knownEntries, knownSteps, saveEntries, saveSteps } from './store.ts'

// Any fixed number: of two imports at once the second sees what the first has saved.
const LOCK = 20_261_135

/**
 * Tries a CSV file of rows of the catalogue or of step tables, or, with `save`, takes it over: the good rows together,
 * the bad ones not at all, a step table whole or not. The same file again changes nothing. `sample`: made-up data.
 * @throws Problem 422 when the file as a whole cannot be read
 */
export async function importFile(
  tx: Tx,
  kind: Kind,
  bytes: Buffer,
  { save, sample }: { save: boolean; sample: boolean },
): Promise<Line[]> {
  const rows = readTable(decode(bytes), COLUMNS[kind])
  await tx.sql('select pg_advisory_xact_lock($1)', [LOCK])
  let lines: Line[]
  if (kind === 'rows') {
    const plan = planRows(rows, await knownEntries(tx))
    lines = plan.lines
    if (save) await saveEntries(tx, plan.entries, sample)
  } else {
    const plan = planSteps(rows, await knownSteps(tx))
    lines = plan.lines
    if (save) await saveSteps(tx, plan.tables)
  }
  if (save)
    tx.audit({
      act: 'catalogue.imported',
      detail: { kind, sha256: fingerprint(bytes), rows: countsOf(lines) },
    })
  return lines
}

/** A column's heading in somebody's language; '' for the row as a whole. */
export const labelOf = (kind: Kind, key: string, locale: Locale): string =>
  COLUMNS[kind].find((column) => column.key === key)?.label[locale] ?? ''

const HEAD = {
  vi: ['Dòng', 'Mã thủ tục', 'Tên', 'Kết quả', 'Cột', 'Cần sửa'],
  en: ['Row', 'Code', 'Name', 'Result', 'Column', 'What to mend'],
}
const RESULTS = {
  vi: { refused: 'từ chối', added: 'thêm', changed: 'đổi', unchanged: 'giữ nguyên' },
  en: { refused: 'refused', added: 'added', changed: 'changed', unchanged: 'unchanged' },
}

/** The report as a table: a line for each row of the file, or for each of its faults. */
export function reportCsv(kind: Kind, lines: Line[], locale: Locale): string {
  const rows = lines.flatMap(({ row, code, name, verdict, faults, changes }) => {
    const own = [row, code, name, RESULTS[locale][verdict]]
    if (faults.length > 0)
      return faults.map(({ field, message }) => [...own, labelOf(kind, field, locale), message[locale]])
    return [[...own, changes.map((key) => labelOf(kind, key, locale)).join(', '), '']]
  })
  return csvOf(HEAD[locale], rows).toString('utf8')
}

/** Made up, and named so. */
const SAMPLES: Record<Kind, Record<string, string>[]> = {
  rows: [
    {
      code: '9.000101',
      name: 'Cấp giấy xác nhận ví dụ (mẫu)',
      field: 'Lĩnh vực ví dụ',
      level: 'Xã',
      agency: 'Ủy ban nhân dân cấp xã',
      unit: 'place.KT',
      decision: '00/QĐ-MẪU',
      onlineLevel: 'toàn trình',
      eligible: 'có',
      limit: '5',
      limitUnit: 'ngày làm việc',
      limitText: '5 ngày làm việc kể từ ngày nhận đủ hồ sơ',
      papers: 'Đơn đề nghị | Bản sao giấy chứng nhận [1 sao, dữ liệu] | Văn bản ủy quyền [nếu có]',
      feeText: 'Không thu',
      results: 'Giấy xác nhận',
    },
  ],
  steps: [
    {
      code: '9.000101',
      number: '1',
      role: 'Một cửa',
      action: 'Tiếp nhận, chuyển hồ sơ',
      hours: '4',
      forms: '01',
    },
    { code: '9.000101', number: '2', role: 'Chuyên viên', action: 'Thẩm định, dự thảo', hours: '24' },
    { code: '9.000101', number: '3', role: 'Lãnh đạo phòng', action: 'Duyệt, ký nháy', hours: '2' },
    { code: '9.000101', number: '4', role: 'Lãnh đạo cơ quan', action: 'Ký', hours: '4' },
    { code: '9.000101', number: '5', role: 'Văn thư', action: 'Cấp số, đóng dấu', hours: '2' },
    { code: '9.000101', number: '6', role: 'Một cửa', action: 'Trả kết quả', hours: '1' },
  ],
}

/** A file to fill in: the headings and a made-up procedure. */
export const sampleCsv = (kind: Kind, locale: Locale): Buffer =>
  csvOf(
    COLUMNS[kind].map(({ label }) => label[locale]),
    SAMPLES[kind].map((row) => COLUMNS[kind].map(({ key }) => row[key] ?? '')),
  )
