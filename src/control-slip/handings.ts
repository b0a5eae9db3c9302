import type { Calendar } from '../calendar/calendar.ts'
import { formatWorkingTime } from '../calendar/format.ts'
import type { HoldingRow } from '../deadlines/read-model.ts'
import { type AuditFrame, audited } from '../reports/frame.ts'

/** trước hạn, đúng hạn, quá hạn: what the receiver notes of the giver's time (form "kiểm soát quá trình", TT 01/2018). */
export type Result = 'early' | 'on-time' | 'late'

/** One passing on of the dossier, from one unit to another, or from one step to the next within a unit. */
export type Handing = {
  from: string
  giver: string | null
  to: string
  receiver: string | null
  at: Date
  /** Of the step that ended; null where none is allotted any time. */
  result: Result | null
  note: string
}

/** Intervals of one step in one unit after each other, whoever of the unit held it. */
type Stay = { rows: HoldingRow[]; first: HoldingRow; last: HoldingRow }

/**
 * Who passed the dossier on to whom and when, from the ledger, in the order of time: the accountable line, and beside it
 * what was asked of other bodies. The minutes are those of the audit pages.
 */
export function handingsOf(frame: AuditFrame): Handing[] {
  const line = staysOf(frame.rows.filter(({ track }) => track === 'accountable'))
  const passed = line.flatMap((stay, n): Handing[] => {
    const next = line[n + 1]
    const at = stay.last.to_at
    if (!at) return []
    return [
      {
        from: place(frame, stay.last),
        giver: stay.last.person_name,
        to: next ? place(frame, next.first) : 'Người nộp hồ sơ',
        // Whoever took it, when the unit as a whole had it first.
        receiver: next?.rows.find(({ person_name }) => person_name)?.person_name ?? null,
        at,
        ...judged(frame, line.slice(0, n + 1)),
      },
    ]
  })
  const sides = frame.rows.filter(({ track }) => track === 'side').flatMap((side) => asked(frame, side, line))
  return [...passed, ...sides].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Many agencies have a unit of the same name: that of another than the dossier's own says whose it is. */
const place = ({ row }: AuditFrame, at: HoldingRow): string => {
  if (at.on_behalf === 'applicant') return 'Người nộp hồ sơ'
  return at.agency_id === row.agency_id ? at.unit_name.vi : `${at.unit_name.vi}, ${at.agency_name.vi}`
}

function staysOf(rows: HoldingRow[]): Stay[] {
  const stays: Stay[] = []
  for (const row of rows) {
    const stay = stays.at(-1)
    const isSame =
      stay &&
      stay.last.unit_id === row.unit_id &&
      stay.last.element_id === row.element_id &&
      stay.last.on_behalf === row.on_behalf &&
      stay.last.round === row.round
    if (isSame) {
      stay.rows.push(row)
      stay.last = row
    } else stays.push({ rows: [row], first: row, last: row })
  }
  return stays
}

/** What comes back to a step adds to its use (rules 10), so a stay is judged with the earlier ones of its step and round. */
function judged(frame: AuditFrame, stays: Stay[]): Pick<Handing, 'result' | 'note'> {
  const stay = stays.at(-1)
  if (!stay) return { result: null, note: '' }
  const { element_id, round, step_name, on_behalf } = stay.last
  const rows = stays
    .flatMap((one) => one.rows)
    .filter((row) => row.element_id === element_id && row.round === round)
  const { place: where } = audited(frame, stay.last)
  const used = rows.reduce((sum, row) => sum + audited(frame, row).view.usedMinutes, 0)
  const allotted = where === 'outside' || on_behalf === 'applicant' ? null : stay.last.allotted_minutes
  return { result: resultOf(used, allotted), note: note(frame.calendar, step_name.vi, used, allotted) }
}

const resultOf = (used: number, allotted: number | null): Result | null => {
  if (allotted === null) return null
  if (used === allotted) return 'on-time'
  return used < allotted ? 'early' : 'late'
}

function note({ fullDayMinutes }: Calendar, step: string, used: number, allotted: number | null): string {
  const words = (minutes: number) => formatWorkingTime(minutes, 'vi', fullDayMinutes)
  const given = allotted === null ? '' : `, được giao ${words(allotted)}`
  return `${step}: dùng ${words(used)}${given}`
}

/** The lead unit asked a body, and its answer came back, or its silence. */
function asked(frame: AuditFrame, side: HoldingRow, line: Stay[]): Handing[] {
  const lead = line.find(
    ({ first, last }) => first.from_at <= side.from_at && (!last.to_at || last.to_at >= side.from_at),
  )
  const from = lead ? place(frame, lead.last) : ''
  const to = `${side.agency_name.vi} (phối hợp)`
  const sent: Handing = {
    from,
    giver: lead?.last.person_name ?? null,
    to,
    receiver: null,
    at: side.from_at,
    result: null,
    note: 'Gửi lấy ý kiến',
  }
  if (!side.to_at) return [sent]
  const used = audited(frame, side).view.usedMinutes
  const back: Handing = {
    from: to,
    giver: side.person_name,
    to: from,
    receiver: null,
    at: side.to_at,
    result: resultOf(used, side.allotted_minutes),
    note: note(frame.calendar, side.closed_by?.text.vi ?? side.step_name.vi, used, side.allotted_minutes),
  }
  return [sent, back]
}
