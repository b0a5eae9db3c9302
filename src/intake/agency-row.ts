import type { LegalDay } from '../calendar/day.ts'
import type { WorkingHours } from '../calendar/hours.ts'
import type { FieldError } from '../http/problem.ts'
import type { Text } from '../text.ts'
import { fault } from './line.ts'
import type { KnownAgency, KnownUnit, Level, Planned } from './record.ts'
import { same } from './same.ts'
import { cellOf, type TableRow } from './table.ts'
import { type AgencyLevel, dayOf, type UnitKind, weekOf } from './values.ts'

/** Codes are compared and kept in capitals. */
export const codeOf = (row: TableRow): string => cellOf(row, 'code').toUpperCase()

export const isFault = (value: unknown): value is FieldError =>
  typeof value === 'object' && value !== null && 'field' in value && 'message' in value

/** The name with its English gloss; one that the file leaves out stays. */
function nameOf(row: TableRow, there: Text | undefined): Text {
  const en = cellOf(row, 'nameEn') || there?.en
  return { vi: cellOf(row, 'name'), ...(en && { en }) }
}

const PARENTS: Record<AgencyLevel, readonly Level[]> = {
  province: [],
  department: ['province'],
  commune: ['province'],
  vertical: ['province', 'vertical', 'department'],
}

function rankFault(level: AgencyLevel, parent: KnownAgency | undefined): FieldError | undefined {
  if (!parent)
    return level === 'department' || level === 'commune'
      ? fault('parent', 'Hãy ghi mã của tỉnh.', 'Write the code of the province.')
      : undefined
  if (level === 'province')
    return fault(
      'parent',
      'Tỉnh không thuộc cơ quan nào; hãy để trống.',
      'A province belongs to none; leave the cell empty.',
    )
  if (PARENTS[level].includes(parent.level)) return undefined
  return fault(
    'parent',
    `Cơ quan này không thể thuộc ${parent.code}; sở và xã thuộc tỉnh.`,
    `This agency cannot belong to ${parent.code}; departments and communes belong to the province.`,
  )
}

/** What the row says; where it says nothing, the hours on record or of the agency above. */
function hoursOf(row: TableRow, parent: KnownAgency | undefined, there: KnownAgency | undefined) {
  const written = cellOf(row, 'hours')
  if (written === '')
    return (
      there?.hours ??
      parent?.hours ??
      fault(
        'hours',
        'Hãy ghi giờ làm việc; không có cơ quan cấp trên để lấy theo.',
        'Write the working hours; there is no agency above to take them from.',
      )
    )
  const week = weekOf(written)
  if (!week)
    return fault(
      'hours',
      'Không đọc được giờ làm việc. Ghi như: T2-T6 07:30-11:30, 13:00-17:00 | T7 07:30-11:30.',
      'The working hours cannot be read. Write them as: T2-T6 07:30-11:30, 13:00-17:00 | T7 07:30-11:30.',
    )
  const source = cellOf(row, 'hoursSource')
  return [
    { validFrom: null, week, source: source || 'Tệp nhập, chưa nêu quyết định', verified: source !== '' },
  ]
}

/** The first day of something new, or the one on record. */
function validFromOf(row: TableRow, there: { validFrom: LegalDay } | undefined, first: LegalDay) {
  const written = cellOf(row, 'validFrom')
  if (written === '') return there?.validFrom ?? first
  const day = dayOf(written)
  if (!day)
    return fault(
      'validFrom',
      'Không có ngày này. Ghi như 31/12/2026.',
      'There is no such day. Write it as 31/12/2026.',
    )
  return there && there.validFrom !== day
    ? fault(
        'validFrom',
        'Ngày bắt đầu đã ghi trong hệ thống, tệp không đổi được. Hãy để trống.',
        'The first day is on record and a file cannot change it. Leave the cell empty.',
      )
    : day
}

const settled = (field: string): FieldError =>
  fault(
    field,
    'Đã có hồ sơ hoặc người ở đây nên tệp không đổi được mục này. Hãy ghi như đang có.',
    'There are dossiers or people here already, so a file cannot change this. Write what is on record.',
  )

/** The wanted row beside the one on record: what it changes, or the columns that can no longer change. */
function against<T extends object>(
  wanted: T,
  there: (T & { begun: boolean }) | undefined,
  columns: Partial<Record<keyof T, string>>,
  fixed: string[],
): Planned<T & { begun: boolean }> | FieldError[] {
  if (!there) return { ...wanted, begun: false, isNew: true, changes: [] }
  const changes = (Object.keys(columns) as (keyof T)[])
    .filter((key) => !same(there[key], wanted[key]))
    .map((key) => columns[key] as string)
  const refused = there.begun ? changes.filter((key) => fixed.includes(key)) : []
  if (refused.length > 0) return refused.map(settled)
  return { ...wanted, begun: there.begun, isNew: false, changes }
}

/** The agency that a row asks for below `parent`, with what it changes of the one on record; or why it cannot be. */
export function agencyOf(
  row: TableRow,
  level: AgencyLevel,
  parent: KnownAgency | undefined,
  there: KnownAgency | undefined,
  today: LegalDay,
): Planned<KnownAgency> | FieldError[] {
  const hours = hoursOf(row, parent, there)
  const validFrom = validFromOf(row, there, today)
  const rank = rankFault(level, parent)
  // Without the agency above there are no hours to take over either: one fault, said once.
  if (rank) return [rank]
  if (isFault(hours) || isFault(validFrom)) return [hours, validFrom].filter(isFault)
  const wanted = {
    code: codeOf(row),
    name: nameOf(row, there?.name),
    level,
    parent: parent?.code ?? null,
    address: cellOf(row, 'address') || (there?.address ?? ''),
    phone: cellOf(row, 'phone') || (there?.phone ?? ''),
    hours: hours as WorkingHours[],
    validFrom,
    validTo: there?.validTo ?? null,
  }
  const columns = {
    name: 'name',
    level: 'kind',
    parent: 'parent',
    address: 'address',
    phone: 'phone',
    hours: 'hours',
  }
  return against<Omit<KnownAgency, 'begun'>>(wanted, there, columns, ['kind', 'parent', 'hours'])
}

/** The unit that a row asks for in `agency`, likewise. */
export function unitOf(
  row: TableRow,
  kind: UnitKind,
  agency: KnownAgency | undefined,
  there: KnownUnit | undefined,
  today: LegalDay,
): Planned<KnownUnit> | FieldError[] {
  if (!agency)
    return [fault('parent', 'Hãy ghi mã cơ quan của bộ phận.', 'Write the code of the unit’s agency.')]
  const code = codeOf(row)
  const first = [today, agency.validFrom].sort().at(-1) as LegalDay
  const validFrom = validFromOf(row, there, first)
  const own = code.startsWith(`${agency.code}.`) ? code.slice(agency.code.length + 1) : ''
  if (own === '' || own.includes('.'))
    return [
      fault(
        'code',
        `Mã bộ phận phải là mã cơ quan, dấu chấm, rồi mã riêng: ${agency.code}.MC.`,
        `A unit’s code is its agency’s, a dot, and its own: ${agency.code}.MC.`,
      ),
    ]
  if (isFault(validFrom)) return [validFrom]
  if (validFrom < agency.validFrom)
    return [
      fault(
        'validFrom',
        'Bộ phận không thể có trước cơ quan của nó.',
        'A unit cannot be older than its agency.',
      ),
    ]
  const wanted = {
    code,
    agency: agency.code,
    name: nameOf(row, there?.name),
    kind,
    validFrom,
    validTo: there?.validTo ?? null,
  }
  return against<Omit<KnownUnit, 'begun'>>(wanted, there, { name: 'name', kind: 'kind' }, ['kind'])
}
