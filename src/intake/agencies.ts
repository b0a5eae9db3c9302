import type { LegalDay } from '../calendar/day.ts'
import type { FieldError } from '../http/problem.ts'
import { agencyOf, codeOf, isFault, unitOf } from './agency-row.ts'
import { fault, type Line } from './line.ts'
import type { Known, KnownAgency, KnownUnit, Planned } from './record.ts'
import { cellOf, type TableRow } from './table.ts'
import { type AgencyLevel, levelOf, unitKindOf } from './values.ts'

export type AgencyPlan = { lines: Line[]; agencies: Planned<KnownAgency>[]; units: Planned<KnownUnit>[] }

type Done = { line: Line; agency?: Planned<KnownAgency>; unit?: Planned<KnownUnit> }
type State = {
  known: Known
  today: LegalDay
  /** The first row of each code. */
  rows: Map<string, TableRow>
  /** Undefined while a row is being looked at: who meets that has come round in a circle. */
  done: Map<TableRow, Done | undefined>
  /** How many agencies are being looked at, one below the other. */
  depth: number
}

const CODE = /^[A-Z0-9]{1,12}(\.[A-Z0-9]{1,12}){0,5}$/
/** More agencies below each other than any administration has. */
const MAX_DEPTH = 10

function codeFault(state: State, row: TableRow, isUnit: boolean): FieldError | undefined {
  const code = codeOf(row)
  if (!CODE.test(code))
    return fault(
      'code',
      'Mã chỉ gồm chữ cái không dấu và số, các cấp cách nhau bằng dấu chấm: T00.X90.MC.',
      'A code has plain letters and digits, its levels separated by dots: T00.X90.MC.',
    )
  const first = state.rows.get(code)
  if (first && first !== row)
    return fault(
      'code',
      `Mã này đã có ở dòng ${first.row}. Hãy bỏ một dòng hoặc sửa mã.`,
      `Row ${first.row} has this code already. Leave one row out, or correct the code.`,
    )
  if (isUnit ? state.known.agencies.has(code) : state.known.units.has(code))
    return fault(
      'code',
      `Mã này là của một ${isUnit ? 'cơ quan' : 'bộ phận'} trong hệ thống. Hãy sửa mã hoặc loại.`,
      `In the system this is the code of ${isUnit ? 'an agency' : 'a unit'}. Correct the code or the kind.`,
    )
  const there = state.known.agencies.get(code) ?? state.known.units.get(code)
  return there?.validTo && there.validTo < state.today
    ? fault(
        'code',
        'Cơ quan hay bộ phận mã này đã kết thúc; hãy dùng mã khác.',
        'The agency or unit of this code has ended; use another.',
      )
    : undefined
}

/** The agency above as it will be, or why there is none. */
function above(state: State, code: string): KnownAgency | FieldError {
  const there = state.known.agencies.get(code)
  const row = state.rows.get(code)
  if (there && there.validTo !== null && there.validTo < state.today)
    return fault(
      'parent',
      `Cơ quan ${code} đã kết thúc hoạt động; hãy ghi cơ quan kế thừa.`,
      `Agency ${code} has ended; write the agency that took over.`,
    )
  if (row && !unitKindOf(cellOf(row, 'kind'))) {
    if (state.depth > MAX_DEPTH || (state.done.has(row) && !state.done.get(row)))
      return fault(
        'parent',
        `Theo tệp thì ${code} lại thuộc cơ quan này, trực tiếp hay qua cơ quan khác. Hãy sửa một trong các dòng đó.`,
        `By the file ${code} belongs to this agency in turn, directly or through others. Correct one of those rows.`,
      )
    const { agency, line } = lookAt(state, row)
    if (agency ?? there) return (agency ?? there) as KnownAgency
    return fault(
      'parent',
      `Cơ quan ${code} ở dòng ${line.row} bị từ chối; hãy sửa dòng đó trước.`,
      `Agency ${code} in row ${line.row} is refused; correct that row first.`,
    )
  }
  if (there) return there
  return row || state.known.units.has(code)
    ? fault('parent', `${code} là bộ phận, không phải cơ quan.`, `${code} is a unit, not an agency.`)
    : fault(
        'parent',
        `Không có cơ quan mã ${code} trong hệ thống hay trong tệp. Hãy sửa mã hoặc thêm dòng cho cơ quan đó.`,
        `There is no agency ${code} in the system or in the file. Correct the code, or add a row for it.`,
      )
}

/** Whether the agency stands below the one of this code, as the record has it. */
function isBelow(state: State, agency: KnownAgency, code: string): boolean {
  let one: KnownAgency | undefined = agency
  for (let step = 0; one && step <= MAX_DEPTH; step++) {
    if (one.code === code) return true
    one = one.parent === null ? undefined : state.known.agencies.get(one.parent)
  }
  return false
}

function planned(state: State, row: TableRow): Planned<KnownAgency> | Planned<KnownUnit> | FieldError[] {
  const written = cellOf(row, 'kind')
  const [level, kind] = [levelOf(written), unitKindOf(written)]
  const kindFault =
    level || kind || written === ''
      ? undefined
      : fault(
          'kind',
          'Không có loại này. Cơ quan: Tỉnh, Sở, Ngành dọc, Xã; bộ phận: Một cửa, Chuyên môn, Lãnh đạo, Văn thư.',
          'There is no such kind. Agencies: province, department, vertical, commune; units: one-stop, specialist, leadership, clerical.',
        )
  const ofCode = row.faults.some(({ field }) => field === 'code')
    ? undefined
    : codeFault(state, row, kind !== undefined)
  const faults = [...row.faults, kindFault, ofCode].filter(isFault)
  if (faults.length > 0) return faults
  const code = codeOf(row)
  const parentCode = cellOf(row, 'parent').toUpperCase()
  const parent = parentCode === '' ? undefined : above(state, parentCode)
  if (isFault(parent)) return [parent]
  if (parent && isBelow(state, parent, code))
    return [
      fault(
        'parent',
        `${parent.code} đang thuộc cơ quan này. Hãy sửa cơ quan cấp trên của ${parent.code} trước.`,
        `${parent.code} belongs to this agency. Correct what stands above ${parent.code} first.`,
      ),
    ]
  return kind
    ? unitOf(row, kind, parent, state.known.units.get(code), state.today)
    : agencyOf(row, level as AgencyLevel, parent, state.known.agencies.get(code), state.today)
}

function lookAt(state: State, row: TableRow): Done {
  const before = state.done.get(row)
  if (before) return before
  state.done.set(row, undefined)
  state.depth++
  const plan = planned(state, row)
  state.depth--
  const common = { row: row.row, code: codeOf(row), name: cellOf(row, 'name') }
  const done: Done = Array.isArray(plan)
    ? { line: { ...common, verdict: 'refused', faults: plan, changes: [] } }
    : {
        line: {
          ...common,
          verdict: plan.isNew ? 'added' : plan.changes.length > 0 ? 'changed' : 'unchanged',
          faults: [],
          changes: plan.changes,
        },
        ...('level' in plan ? { agency: plan } : { unit: plan }),
      }
  state.done.set(row, done)
  return done
}

/**
 * What the rows of an agencies file would do to the record: each row added, changed, unchanged or refused with what is
 * wrong and how to mend it. Parents may stand before or after their children. Nothing ends because the file leaves it
 * out. `today` is the legal day.
 */
export function planAgencies(rows: TableRow[], known: Known, today: LegalDay): AgencyPlan {
  const state: State = { known, today, rows: new Map(), done: new Map(), depth: 0 }
  for (const row of rows) if (!state.rows.has(codeOf(row))) state.rows.set(codeOf(row), row)
  const done = rows.map((row) => lookAt(state, row))
  return {
    lines: done.map(({ line }) => line),
    agencies: done.flatMap(({ agency }) => (agency ? [agency] : [])),
    units: done.flatMap(({ unit }) => (unit ? [unit] : [])),
  }
}
