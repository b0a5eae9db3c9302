import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { recomputeClocks } from '../deadlines/recompute.ts'
import type { CalendarChange, Move } from '../deadlines/recount.ts'
import { invalidField } from '../http/invalid.ts'
import { notFound } from '../http/problem.ts'
import { daysInForce } from './agency-calendar.ts'
import { addDays, type LegalDay } from './day.ts'
import { decideInTurn } from './decide.ts'
import { sessionsOf, type WorkingHours } from './hours.ts'

/** New hours of an agency from a day on; `week` null takes the row that begins on that day away. */
export type HoursChange = {
  validFrom: LegalDay
  week: WorkingHours['week'] | null
  source: string
}

/** Longer ago or later than any dossier counts. */
const END_OF_TIME = '2199-12-31'

async function hoursOf(tx: Tx, agencyId: string, lock: '' | 'for update'): Promise<WorkingHours[]> {
  const params: unknown[] = [agencyId]
  const [row] = await tx.sql<{ hours: WorkingHours[] }>(
    `select a.working_hours as hours from agency a
      where a.id = $1 and ${scope(tx.actor.ability, 'update', 'Agency', 'a', params)} ${lock}`,
    params,
  )
  if (!row) throw notFound()
  return row.hours
}

/**
 * The rows after a change, in order; the first goes back to the beginning and cannot be taken away. Throws Problem 422
 * with the field for hours that nobody could work by.
 */
export function planHours(
  rows: WorkingHours[],
  { validFrom, week, source }: HoursChange,
): { rows: WorkingHours[]; changed: [first: LegalDay, last: LegalDay] } {
  const others = rows.filter((row) => row.validFrom !== validFrom)
  const next = others.find((row) => row.validFrom !== null && row.validFrom > validFrom)
  const changed: [LegalDay, LegalDay] = [validFrom, next ? addDays(next.validFrom!, -1) : END_OF_TIME]
  if (week === null) {
    if (others.length === rows.length)
      throw invalidField(
        'validFrom',
        'Không có giờ làm việc nào bắt đầu từ ngày này; chọn đúng ngày bắt đầu của dòng cần bỏ.',
        'No working hours begin on this day; give the day on which the row to be removed begins.',
      )
    return { rows: others, changed }
  }
  checkWeek(week)
  const row: WorkingHours = { validFrom, week, source, verified: false }
  const sorted = [...others, row].sort((a, b) => ((a.validFrom ?? '') < (b.validFrom ?? '') ? -1 : 1))
  return { rows: sorted, changed }
}

function checkWeek(week: WorkingHours['week']): void {
  const days = Object.entries(week)
  for (const [day, spans] of days) {
    try {
      sessionsOf(spans)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw invalidField(
        `week.${day}`,
        'Ghi giờ dạng HH:mm, giờ mở trước giờ đóng, các buổi nối tiếp nhau và không chồng lên nhau, ví dụ 07:30–11:30, 13:00–17:00.',
        'Write times as HH:mm, opening before closing, one session after the other without overlap, such as 07:30–11:30, 13:00–17:00.',
      )
    }
  }
  if (!days.some(([, spans]) => spans.length > 0))
    throw invalidField(
      'week',
      'Một tuần phải có ít nhất một buổi làm việc.',
      'A week needs at least one session of work.',
    )
}

/** What new hours would do to the agency's open dossiers, for the preview. */
export async function hoursChange(tx: Tx, agencyId: string, change: HoursChange): Promise<CalendarChange> {
  const { rows, changed } = planHours(await hoursOf(tx, agencyId, ''), change)
  return { days: await daysInForce(tx.sql), changed, agency: { id: agencyId, hours: rows } }
}

/**
 * Decides an agency's hours from a day on; its open dossiers that count across days worked otherwise are counted again
 * with the reason. Answers those whose due date moved.
 */
export async function decideHours(
  tx: Tx,
  agencyId: string,
  change: HoursChange,
  reason: string,
): Promise<Move[]> {
  await decideInTurn(tx)
  const before = await hoursOf(tx, agencyId, 'for update')
  const { rows, changed } = planHours(before, change)
  await tx.sql('update agency set working_hours = $2 where id = $1', [agencyId, JSON.stringify(rows)])
  const moves = await recomputeClocks(tx, reason, changed, { id: agencyId, hours: rows })
  tx.audit({
    act: 'calendar.hours-decided',
    detail: { agencyId, validFrom: change.validFrom, before, after: rows, dossiers: moves.length, reason },
  })
  return moves
}
