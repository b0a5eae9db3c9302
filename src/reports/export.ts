import { exportMark } from '../access/export-mark.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { unprocessable } from '../http/problem.ts'
import { breaches } from './breaches.ts'
import type { Late } from './facts.ts'
import { type LateQuery, lateFacts } from './late.ts'
import type { LateFilter } from './read-model.ts'
import { type Cell, type FileType, markedCsv, type SheetOf, xlsxOf } from './sheet.ts'

/** A file holds no more: whoever wants years takes them month by month. */
const MOST = 20_000

const LETTER = { 'in-time': 'kịp', late: 'muộn', none: 'không' }
const EXPLANATION = {
  none: '',
  finding: 'đã ghi nhận, chưa yêu cầu',
  asked: 'đang chờ giải trình',
  overdue: 'quá hạn giải trình',
  answered: 'đã giải trình',
  concluded: 'đã kết luận',
}
const DIMENSION = {
  period: 'Thời gian',
  agency: 'Cơ quan',
  unit: 'Đơn vị',
  person: 'Người',
  procedure: 'Thủ tục',
  step: 'Bước',
}

const when = (iso: string | null): string => (iso ? formatLegal(new Date(iso), 'vi') : '')

const HEAD = [
  'Mã hồ sơ',
  'Mã thủ tục',
  'Thủ tục',
  'Cơ quan',
  'Hẹn trả ban đầu',
  'Hẹn lại',
  'Xong lúc',
  'Trễ',
  'Trễ (phút làm việc)',
  'Vượt nhiều nhất: đơn vị',
  'Người',
  'Bước',
  'Vượt',
  'Thư xin lỗi',
  'Số thư',
  'Nguyên nhân',
  'Giải trình',
]

const rowOf = (late: Late): Cell[] => [
  late.code,
  late.procedure.code,
  late.procedure.name.vi,
  late.agency.name.vi,
  when(late.originalDueAt),
  when(late.reappointedDueAt),
  when(late.finishedAt),
  late.lateText.vi,
  late.lateMinutes,
  late.worst?.unit.name.vi ?? '',
  late.worst?.person?.name ?? '',
  late.worst?.stepName.vi ?? '',
  late.worst?.overrunText.vi ?? '',
  LETTER[late.letter],
  late.letterNumber ?? '',
  late.cause,
  EXPLANATION[late.explanation],
]

const taken = (tx: Tx, what: string, rows: number, filter: LateQuery, type: FileType): void =>
  tx.audit({
    act: 'report.exported',
    detail: {
      what,
      rows,
      // Every filter: what was taken can be taken again.
      ...filter,
      format: type,
      inspections: (tx.actor.inspections ?? []).map(({ id }) => id),
    },
  })

const fileOf = (tx: Tx, sheets: SheetOf[], type: FileType): Promise<Buffer> | Buffer => {
  const mark = exportMark(tx.actor, tx.at)
  if (type === 'xlsx') return xlsxOf(sheets, mark)
  return markedCsv(sheets[0]!, mark)
}

/** The list of late dossiers to take away, with the mark of who took it. No applicant's name is in it. */
export async function exportLate(tx: Tx, query: LateQuery, type: FileType): Promise<Buffer> {
  const facts = await lateFacts(tx, query)
  if (facts.length > MOST)
    throw unprocessable('too-many-rows', {
      vi: `Danh sách có ${facts.length} hồ sơ, nhiều hơn ${MOST}. Hãy chọn kỳ ngắn hơn hoặc một cơ quan.`,
      en: `The list has ${facts.length} dossiers, more than ${MOST}. Choose a shorter period or one agency.`,
    })
  taken(tx, 'late', facts.length, query, type)
  return fileOf(tx, [{ name: 'Hồ sơ trễ', head: HEAD, rows: facts.map(rowOf) }], type)
}

const TABLE_HEAD = [
  'Tên',
  'Đến hạn trong kỳ',
  'Quá hạn',
  'Đang trễ',
  'Đã trả trễ',
  'Thư kịp',
  'Thư muộn',
  'Không thư',
  'Tổng vượt (phút làm việc)',
]

/** The page of breaches: a sheet per table, or one CSV with the table's name before each row. */
export async function exportBreaches(tx: Tx, filter: LateFilter, type: FileType): Promise<Buffer> {
  const { tables } = await breaches(tx, filter)
  const rows = tables.map(({ dimension, rows }) => ({
    name: DIMENSION[dimension],
    cells: rows.map(({ name, due, totals, overrunMinutes }): Cell[] => [
      name.vi,
      due ?? '',
      totals.late,
      totals.openLate,
      totals.finishedLate,
      totals.letterInTime,
      totals.letterLate,
      totals.letterNone,
      overrunMinutes,
    ]),
  }))
  taken(
    tx,
    'breaches',
    rows.reduce((sum, { cells }) => sum + cells.length, 0),
    filter,
    type,
  )
  const sheets =
    type === 'xlsx'
      ? rows.map(({ name, cells }) => ({ name, head: TABLE_HEAD, rows: cells }))
      : [
          {
            name: '',
            head: ['Theo', ...TABLE_HEAD],
            rows: rows.flatMap(({ name, cells }) => cells.map((row) => [name, ...row])),
          },
        ]
  return fileOf(tx, sheets, type)
}
