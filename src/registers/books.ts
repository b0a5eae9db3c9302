import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { officeShort } from '../letters/compose.ts'
import { formFor } from '../letters/form-rules.ts'
import { formatNumber } from '../letters/number.ts'
import { dayShort } from '../letters/wording.ts'
import { masked } from '../personal/sight.ts'
import type { Text } from '../text.ts'
import type { DossierFilter, RegisterRow } from './dossiers.ts'
import type { LetterFilter, LetterRow, Series } from './letters.ts'
import type { Book, Column } from './print.ts'

type Whose = { agency: string; parentAgency: string; place: string }

/** Whose book it is, as its head says. */
export async function whoseBook(tx: Tx, agencyId: string): Promise<Whose> {
  const [row] = await tx.sql<{ name: Text; level: string; parent: Text | null }>(
    `select a.name, a.level, up.name as parent from agency a left join agency up on up.id = a.parent_id where a.id = $1`,
    [agencyId],
  )
  const name = row?.name.vi ?? ''
  const commune = row?.level === 'commune'
  return {
    agency: commune ? `Ủy ban nhân dân ${name.charAt(0).toLocaleLowerCase('vi')}${name.slice(1)}` : name,
    parentAgency: row?.parent?.vi ?? '',
    place: commune ? name.replace(/^(Phường|Xã|Thị trấn) /, '') : (row?.parent?.vi ?? name),
  }
}

const day = (at: Date | null): string => (at ? dayShort(legalDay(at)) : '')

const LETTER_COLUMNS: Column[] = [
  { title: 'Số', width: 20, centred: true },
  { title: 'Số, ký hiệu', width: 74 },
  { title: 'Ngày ban hành', width: 40, centred: true },
  { title: 'Tên văn bản', width: '*' },
  { title: 'Mã hồ sơ', width: 82 },
  { title: 'Người nhận', width: 84 },
  { title: 'Người ký', width: 76 },
  { title: 'Nơi lưu', width: 64 },
  { title: 'Ghi chú', width: 96 },
]

/** What stands beside a number that is void, or when its letter left. */
const remark = (row: LetterRow): string =>
  row.state === 'void'
    ? `HỦY ${day(row.void_at)}: ${row.void_reason ?? ''}`
    : row.delivered_at
      ? `Giao ${day(row.delivered_at)}`
      : 'Chưa giao'

/** The file copy is the last of the recipients ("Lưu: VT, …"). */
const keptAt = (row: LetterRow): string => row.recipients?.at(-1)?.replace(/^Lưu:\s*/, '') ?? ''

export const letterCells = (row: LetterRow): (string | number)[] => [
  row.number,
  row.number_text,
  day(row.issued_at),
  row.title,
  row.dossier_code,
  row.applicant,
  row.signed_by ?? row.issued_by ?? '',
  keptAt(row),
  remark(row),
]
export const LETTER_HEAD = LETTER_COLUMNS.map(({ title }) => title)

type Print = { whose: Whose; printedOn: string; demo: boolean }

/** "Sổ văn bản": each series of the year from 1 on, void numbers with their reason, and whether a number is missing. */
export function letterBook(
  { whose, printedOn, demo }: Print,
  { year, series }: LetterFilter,
  books: Series[],
  rows: LetterRow[],
): Book {
  const shown = books.filter(({ key }) => !series || key === series)
  return {
    ...whose,
    title: 'Sổ đăng ký văn bản của hồ sơ',
    about: `Năm ${year}: ${shown.map(({ name, last }) => `${name} (${last} số)`).join('; ') || 'chưa có số nào'}`,
    printedOn,
    form: null,
    demo,
    note: shown.map(completeness).join(' '),
    columns: LETTER_COLUMNS,
    rows: rows.map((row) => letterCells(row).map(String)),
  }
}

const completeness = ({ name, last, voids, missing }: Series): string =>
  missing.length === 0
    ? `${name}: liên tục từ số 01 đến số ${String(last).padStart(2, '0')}, ${voids} số hủy.`
    : `${name}: THIẾU số ${missing.join(', ')}.`

const DOSSIER_COLUMNS: Column[] = [
  { title: 'STT', width: 18, centred: true },
  { title: 'Mã hồ sơ', width: 76 },
  { title: 'Tên thủ tục hành chính', width: '*' },
  { title: 'Tổ chức, cá nhân', width: 80 },
  { title: 'Địa chỉ, số điện thoại', width: 142 },
  { title: 'Cơ quan chủ trì', width: 58 },
  { title: 'Ngày nhận', width: 38, centred: true },
  { title: 'Ngày hẹn trả', width: 38, centred: true },
  { title: 'Ngày trả', width: 38, centred: true },
  { title: 'Phương thức nhận kết quả', width: 46 },
  { title: 'Ký nhận', width: 36 },
]

export const dossierCells = (row: RegisterRow): (string | number)[] => [
  row.entry,
  row.code,
  row.procedure.vi,
  row.applicant,
  [row.address, row.phone].filter(Boolean).join(', '),
  row.agency.vi,
  day(row.received_at),
  day(row.due_at),
  row.returned_at ? day(row.returned_at) : (ENDED[row.state] ?? ''),
  'Tại bộ phận một cửa',
  '',
]
const ENDED: Record<string, string> = { refused: 'Từ chối', closed: 'Đóng', withdrawn: 'Dừng' }

/** A row without what the pages mask: for everybody but the one-stop that prints its own book. */
export const maskedRow = (row: RegisterRow): RegisterRow => ({
  ...row,
  address: masked.value('address', row.address),
  phone: masked.value('phone', row.phone),
})
export const DOSSIER_HEAD = DOSSIER_COLUMNS.map(({ title }) => title)

/** "Sổ theo dõi hồ sơ", form 06 of TT 01/2018 or 07 of TT 03/2025 by the day it is printed for. */
export function dossierBook(
  { whose, printedOn, demo }: Print,
  { from, to, field }: DossierFilter,
  office: string,
  rows: RegisterRow[],
): Book {
  const form = formFor('register', { receivedOn: null, issuedOn: to })
  return {
    ...whose,
    title: form.title,
    // One electronic book per one-stop and year; what is printed is an extract of it.
    number: formatNumber('register', 1, officeShort(office)),
    about: `${office}; hồ sơ tiếp nhận từ ngày ${dayShort(from)} đến ngày ${dayShort(to)}${field ? `; lĩnh vực ${field}` : ''}`,
    printedOn,
    form,
    demo,
    note: `Tổng số: ${rows.length} hồ sơ. Số thứ tự theo thời điểm tiếp nhận trong kỳ in.`,
    columns: DOSSIER_COLUMNS,
    rows: rows.map((row) => dossierCells(row).map(String)),
  }
}
