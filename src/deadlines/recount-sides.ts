import { asSystem } from '../access/filter.ts'
import { buildCalendar } from '../calendar/calendar.ts'
import { addDays } from '../calendar/day.ts'
import type { WorkingHours } from '../calendar/hours.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { DeadlineClock } from './entity.ts'
import type { CalendarChange, Move } from './recount.ts'
import { rulesOn } from './rules.ts'
import { SIDE_KINDS, type SideDates, type SideKind, sideDates } from './side-clocks.ts'

/** A clock beside the dossier's own, as other days would have it; the clock still as stored. */
export type CountedSide = { clock: DeadlineClock; code: string; dates: SideDates }

type Row = { clock_id: string; code: string; received_at: Date | null; hours: WorkingHours[] }

/** Counts the running receptions, waits and consultations that count across a changed day; `lock` is the SELECT's. */
export async function recountSides(
  tx: Tx,
  { days, changed, agency }: CalendarChange,
  lock: string,
): Promise<CountedSide[]> {
  const sorted = [...changed].sort()
  const [first, last] = [sorted.at(0), sorted.at(-1)]
  if (!first || !last) return []
  const rows = await tx.sql<Row>(
    `select c.id as clock_id, d.code, d.received_at, a.working_hours as hours
       from clock c join dossier d on d.id = c.dossier_id join agency a on a.id = d.agency_id
      where c.kind = any($3) and c.ended_at is null and d.finished_at is null
        and c.started_at < $1 and c.due_at >= $2 and ($4::uuid is null or d.agency_id = $4)
      order by d.id, c.id ${lock}`,
    [atLegal(addDays(last, 1), '00:00'), atLegal(first, '00:00'), SIDE_KINDS, agency?.id ?? null],
  )
  const clocks = await tx.em.find(
    DeadlineClock,
    { id: { $in: rows.map((row) => row.clock_id) } },
    { refresh: true },
  )
  const rowOf = new Map(rows.map((row) => [row.clock_id, row]))
  return clocks.flatMap((clock): CountedSide[] => {
    const row = rowOf.get(clock.id)
    if (!row) return []
    const dates = sideDates(clock.kind as SideKind, {
      calendar: buildCalendar(days, agency?.hours ?? row.hours),
      rules: rulesOn(legalDay(row.received_at ?? clock.startedAt)),
      startedAt: clock.startedAt,
      limit: clock.committed,
    })
    return [{ clock, code: row.code, dates }]
  })
}

export const isSideMoved = ({ clock, dates }: CountedSide): boolean =>
  dates.dueAt.getTime() !== clock.dueAt.getTime()

export const sideMoveOf = ({ clock, code, dates }: CountedSide): Move => ({
  clockId: clock.id,
  dossierId: clock.dossierId,
  code,
  from: clock.dueAt,
  to: dates.dueAt,
})

/** Which receptions, waits and consultations would end at another time after a change. Changes nothing. */
export async function sideMoves(tx: Tx, change: CalendarChange): Promise<Move[]> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'preview of a calendar change') }
  return (await recountSides(system, change, '')).filter(isSideMoved).map(sideMoveOf)
}
