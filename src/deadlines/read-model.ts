import type { z } from 'zod'
import type { Calendar } from '../calendar/calendar.ts'
import type { Tx } from '../database/transaction.ts'
import type { HoldingView } from '../dossiers/schemas.ts'
import type { Text } from '../text.ts'
import type { LedgerAct } from './entity.ts'

type View = z.input<typeof HoldingView>

export type HoldingRow = {
  id: string
  dossier_id: string
  track: View['track']
  subject_id: string
  seq: number
  round: number
  agency_id: string
  agency_code: string
  agency_name: Text
  unit_id: string
  unit_code: string
  unit_name: Text
  person_id: string | null
  person_name: string | null
  absent_id: string | null
  absent_name: string | null
  on_behalf: View['onBehalf']
  element_id: string
  step_name: Text
  task_id: string | null
  allotted_minutes: number | null
  from_at: Date
  to_at: Date | null
  opened_by: LedgerAct
  closed_by: LedgerAct | null
}

/** The ledger of a dossier, in order: the accountable line and the side intervals of consulted bodies. */
export const holdingRows = (tx: Tx, dossierId: string): Promise<HoldingRow[]> =>
  tx.sql<HoldingRow>(
    `select h.id, h.dossier_id, h.track, h.subject_id, h.seq, h.round, h.agency_id, a.code as agency_code, a.name as agency_name,
            h.unit_id, u.code as unit_code, u.name as unit_name, h.person_id, p.full_name as person_name,
            h.in_place_of as absent_id, ab.full_name as absent_name, h.on_behalf,
            h.element_id, h.step_name, h.task_id, h.allotted_minutes, h.from_at, h.to_at, h.opened_by, h.closed_by
       from holding h join agency a on a.id = h.agency_id join unit u on u.id = h.unit_id
       left join person p on p.id = h.person_id left join person ab on ab.id = h.in_place_of
      where h.dossier_id = $1 order by h.track, h.from_at, h.seq`,
    [dossierId],
  )

/**
 * An interval as people see it. A step held by several people has one allotment: its variance stands on the step's last
 * interval, over the sum of all of them.
 */
export function holdingView(row: HoldingRow, rows: HoldingRow[], calendar: Calendar, now: Date): View {
  const used = (one: HoldingRow) => calendar.workingMinutesBetween(one.from_at, one.to_at ?? now)
  const step = rows.filter(
    (one) =>
      one.subject_id === row.subject_id && one.element_id === row.element_id && one.round === row.round,
  )
  const isLast = step.at(-1)?.id === row.id
  return {
    id: row.id,
    track: row.track,
    round: row.round,
    agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
    unit: { id: row.unit_id, code: row.unit_code, name: row.unit_name },
    person: row.person_id ? { id: row.person_id, name: row.person_name ?? '' } : null,
    inPlaceOf: row.absent_id ? { id: row.absent_id, name: row.absent_name ?? '' } : null,
    onBehalf: row.on_behalf,
    elementId: row.element_id,
    stepName: row.step_name,
    fromAt: row.from_at.toISOString(),
    toAt: row.to_at?.toISOString() ?? null,
    allottedMinutes: row.allotted_minutes,
    usedMinutes: used(row),
    varianceMinutes:
      row.allotted_minutes === null || !isLast
        ? null
        : step.reduce((sum, one) => sum + used(one), 0) - row.allotted_minutes,
    openedBy: row.opened_by.text,
    closedBy: row.closed_by?.text ?? null,
  }
}

export async function holdingViews(tx: Tx, dossierId: string, calendar: Calendar): Promise<View[]> {
  const rows = await holdingRows(tx, dossierId)
  return rows.map((row) => holdingView(row, rows, calendar, tx.at))
}
