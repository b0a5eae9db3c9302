import { isLegalDay } from '../../calendar/day.ts'
import type { FieldError } from '../../http/problem.ts'
import { fault, type Line } from '../../intake/line.ts'
import { same } from '../../intake/same.ts'
import { cellOf, type TableRow } from '../../intake/table.ts'
import { dayOf } from '../../intake/values.ts'
import type { CatalogueLimit, CatalogueRow } from './entry.ts'
import { levelOf, limitUnitOf, listOf, numberOf, onlineLevelOf, paperOf, truthOf } from './values.ts'

/** A row as it is kept: what a skeleton needs beside it is looked up when it is made. */
export type Entry = Omit<CatalogueRow, 'places' | 'asOf' | 'sample'> & { lastDossierOn: string | null }

export const CODE = /^\d\.\d{6}$/
/** `T00.S03.CM`, or a unit of the commune concerned. */
export const UNIT = /^(place|[A-Z0-9]{1,12}(\.[A-Z0-9]{1,12}){1,5})\.[A-Z0-9]{1,12}$/

type Say = (field: string, vi: string, en: string) => void

/** One cell read by a rule; an empty one is null. */
function read<T>(
  row: TableRow,
  key: string,
  rule: (written: string) => T | undefined,
  bad: () => void,
): T | null {
  const written = cellOf(row, key)
  if (written === '') return null
  const value = rule(written)
  if (value === undefined) bad()
  return value ?? null
}

function limitOf(row: TableRow, say: Say): CatalogueLimit | null {
  const unit = read(row, 'limitUnit', limitUnitOf, () =>
    say(
      'limitUnit',
      'Ghi một trong: ngày làm việc, ngày, giờ làm việc, trong ngày, tháng.',
      'Write one of: working day, day, working hour, same day, month.',
    ),
  )
  const value = read(row, 'limit', numberOf, () =>
    say('limit', 'Ghi con số, ví dụ 7 hoặc 0,5.', 'Write a figure, such as 7 or 0.5.'),
  )
  if (unit === 'same-day') return { value: 1, unit }
  if (value === null && unit === null) return null
  if (value === null)
    say(
      'limit',
      'Có đơn vị mà thiếu con số; điền số hoặc để trống cả hai.',
      'A unit without a figure; fill it in, or leave both empty.',
    )
  else if (value <= 0 || value > 3650 || (unit !== 'working-hour' && !Number.isInteger(value)))
    say(
      'limit',
      'Thời hạn phải là số nguyên từ 1 đến 3650 (giờ được lẻ).',
      'The limit is a whole number from 1 to 3650 (hours may have a fraction).',
    )
  else if (unit === null)
    say('limitUnit', 'Có con số mà thiếu đơn vị; điền đơn vị.', 'A figure without a unit; fill it in.')
  else return { value, unit }
  return null
}

function papersOf(row: TableRow, say: Say): CatalogueRow['papers'] {
  return listOf(cellOf(row, 'papers')).flatMap((written) => {
    const paper = paperOf(written)
    if (typeof paper === 'string')
      say(
        'papers',
        `Không hiểu “${paper.slice(0, 40)}”; trong ngoặc vuông chỉ ghi: 2 chính, 1 sao, nếu có, xuất trình, dữ liệu.`,
        `“${paper.slice(0, 40)}” is not known; in brackets write: 2 originals, 1 copy, if any, shown, data.`,
      )
    else if (paper.name === '' || paper.name.length > 500)
      say('papers', 'Tên giấy tờ có từ 1 đến 500 ký tự.', 'The name of a paper has 1 to 500 characters.')
    else return [paper]
    return []
  })
}

function feesOf(row: TableRow, say: Say): CatalogueRow['fees'] {
  const fees: CatalogueRow['fees'] = {}
  for (const [key, channel] of [
    ['feeOnline', 'ONLINE'],
    ['feeDirect', 'DIRECT'],
    ['feePostal', 'POSTAL'],
  ] as const) {
    const bad = () =>
      say(key, 'Ghi số tiền bằng đồng, ví dụ 50000.', 'Write the amount in VND, such as 50000.')
    const amount = read(row, key, numberOf, bad)
    if (amount === null || amount === 0) continue
    if (Number.isInteger(amount) && amount <= 1_000_000_000) fees[channel] = amount
    else bad()
  }
  return fees
}

/** The row of the catalogue that a row of the file makes, or what is wrong with it. */
export function entryOf(row: TableRow): Entry | FieldError[] {
  const faults = [...row.faults]
  const say: Say = (field, vi, en) => void faults.push(fault(field, vi, en))
  const code = cellOf(row, 'code')
  if (code !== '' && !CODE.test(code))
    say('code', 'Mã thủ tục có dạng 1.013225.', 'A code looks like 1.013225.')
  const level = read(row, 'level', levelOf, () =>
    say('level', 'Ghi Tỉnh, Sở hoặc Xã.', 'Write province, department or commune.'),
  )
  const unit = cellOf(row, 'unit').replace(/^[^.]*/, (first) =>
    first.toLowerCase() === 'place' ? 'place' : first.toUpperCase(),
  )
  if (unit !== '' && !UNIT.test(unit))
    say('unit', 'Mã đơn vị như T00.S03.CM, hoặc place.KT.', 'A unit code looks like T00.S03.CM, or place.KT.')
  const source = cellOf(row, 'source')
  if (source !== '' && !URL.canParse(source))
    say('source', 'Nguồn là một địa chỉ https://…', 'The source is an address, https://…')
  const yes = (key: string) =>
    read(row, key, truthOf, () => say(key, 'Ghi có hoặc không.', 'Write yes or no.'))
  const nameEn = cellOf(row, 'nameEn')
  const lastDossierOn = read(row, 'lastDossierOn', dayOf, () =>
    say(
      'lastDossierOn',
      'Không có ngày này. Ghi như 31/12/2024.',
      'There is no such day. Write it as 31/12/2024.',
    ),
  )
  const entry: Entry = {
    code,
    name: { vi: cellOf(row, 'name'), ...(nameEn && { en: nameEn }) },
    field: cellOf(row, 'field'),
    level: level ?? 'commune',
    agency: cellOf(row, 'agency'),
    unit: unit || null,
    decision: cellOf(row, 'decision'),
    source: source || null,
    verified: yes('verified') ?? false,
    onlineLevel: read(row, 'onlineLevel', onlineLevelOf, () =>
      say(
        'onlineLevel',
        'Ghi toàn trình, một phần hoặc cung cấp thông tin.',
        'Write full, partial or information.',
      ),
    ),
    eligible: yes('eligible'),
    limit: limitOf(row, say),
    limitText: cellOf(row, 'limitText'),
    papers: papersOf(row, say),
    fees: feesOf(row, say),
    feeText: cellOf(row, 'feeText'),
    results: listOf(cellOf(row, 'results')),
    lastDossierOn: lastDossierOn && isLegalDay(lastDossierOn) ? lastDossierOn : null,
  }
  return faults.length > 0 ? faults : entry
}

/** Column that each part of an entry comes from. */
const COLUMN: Partial<Record<keyof Entry, string>> = { limit: 'limit' }

/** What the file's rows would do to the catalogue; nothing ends because the file leaves it out. */
export function planRows(
  rows: TableRow[],
  known: Map<string, Entry>,
): { lines: Line[]; entries: (Entry & { isNew: boolean })[] } {
  const first = new Map<string, number>()
  const entries: (Entry & { isNew: boolean })[] = []
  const lines = rows.map((row): Line => {
    const common = { row: row.row, code: cellOf(row, 'code'), name: cellOf(row, 'name') }
    const refused = (faults: FieldError[]): Line => ({ ...common, verdict: 'refused', faults, changes: [] })
    const entry = entryOf(row)
    if (Array.isArray(entry)) return refused(entry)
    const twin = first.get(entry.code)
    if (twin !== undefined)
      return refused([
        fault(
          'code',
          `Mã này đã có ở dòng ${twin}. Hãy bỏ một dòng hoặc sửa mã.`,
          `Row ${twin} has this code already. Leave one row out, or correct the code.`,
        ),
      ])
    first.set(entry.code, row.row)
    const there = known.get(entry.code)
    const keys = Object.keys(entry) as (keyof Entry)[]
    const changes = there ? keys.filter((key) => !same(entry[key] ?? null, there[key] ?? null)) : []
    if (!there || changes.length > 0) entries.push({ ...entry, isNew: !there })
    const verdict = !there ? 'added' : changes.length > 0 ? 'changed' : 'unchanged'
    return { ...common, verdict, faults: [], changes: changes.map((key) => COLUMN[key] ?? key) }
  })
  return { lines, entries }
}
