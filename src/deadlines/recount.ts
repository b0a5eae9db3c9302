import { asSystem } from '../access/filter.ts'
import { buildCalendar, type Calendar, type CalendarDay } from '../calendar/calendar.ts'
import { addDays, type LegalDay } from '../calendar/day.ts'
import type { WorkingHours } from '../calendar/hours.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { eventsOf } from './clocks.ts'
import { DeadlineClock } from './entity.ts'
import type { Limit } from './limit.ts'
import { applyEvents, type ClockState } from './modes.ts'
import { type Rules, rulesOn } from './rules.ts'

/** An open dossier whose due date another calendar moves. */
export type Move = { clockId: string; dossierId: string; code: string; from: Date; to: Date }

/** A running clock as other days would have it; clock and dossier still as stored. */
export type Counted = {
  clock: DeadlineClock
  dossier: Dossier
  calendar: Calendar
  rules: Rules
  committed: ClockState
  legal: ClockState
}

/** A calendar other than the one that clocks were counted by. */
export type CalendarChange = {
  /** Every day that is to be in force. */
  days: CalendarDay[]
  /** The days that differ: only clocks that count across one of them are looked at. */
  changed: LegalDay[]
  /** Only this agency's clocks are counted, by these hours: its working hours change, and no day does. */
  agency?: { id: string; hours: WorkingHours[] }
}

/** Which open dossiers would be due at another time after a change. Changes nothing. */
export async function clockMoves(tx: Tx, change: CalendarChange): Promise<Move[]> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'preview of a calendar change') }
  return (await recount(system, change, '')).filter(isMoved).map(moveOf)
}

export const isMoved = ({ clock, committed }: Counted): boolean =>
  committed.lastDueAt.getTime() !== clock.dueAt.getTime()

export const moveOf = ({ clock, dossier, committed }: Counted): Move => ({
  clockId: clock.id,
  dossierId: dossier.id,
  code: dossier.code,
  from: clock.dueAt,
  to: committed.lastDueAt,
})

type Row = { clock_id: string; dossier_id: string; agency_id: string; hours: WorkingHours[] }

/** Counts the running clocks of open dossiers that count across a changed day; `lock` is the SELECT's. */
export async function recount(
  tx: Tx,
  { days, changed, agency }: CalendarChange,
  lock: string,
): Promise<Counted[]> {
  const sorted = [...changed].sort()
  const [first, last] = [sorted.at(0), sorted.at(-1)]
  if (!first || !last) return []
  const rows = await tx.sql<Row>(
    `select c.id as clock_id, d.id as dossier_id, d.agency_id, a.working_hours as hours
       from clock c join dossier d on d.id = c.dossier_id join agency a on a.id = d.agency_id
      where c.kind = 'dossier' and c.ended_at is null and c.stopped_at is null and d.finished_at is null
        and c.started_at < $1 and greatest(c.due_at, c.legal_due_at) >= $2 and ($3::uuid is null or d.agency_id = $3)
      order by d.id ${lock}`,
    [atLegal(addDays(last, 1), '00:00'), atLegal(first, '00:00'), agency?.id ?? null],
  )
  const ids = (name: 'clock_id' | 'dossier_id') => ({ id: { $in: rows.map((row) => row[name]) } })
  const clocks = await tx.em.find(DeadlineClock, ids('clock_id'), { refresh: true })
  const dossiers = await tx.em.find(Dossier, ids('dossier_id'), { refresh: true })
  const clockById = new Map(clocks.map((clock) => [clock.id, clock]))
  const dossierById = new Map(dossiers.map((dossier) => [dossier.id, dossier]))
  const calendars = new Map<string, Calendar>()
  const counted: Counted[] = []
  for (const row of rows) {
    const clock = clockById.get(row.clock_id)
    const dossier = dossierById.get(row.dossier_id)
    if (!clock || !dossier) continue
    const calendar = calendars.get(row.agency_id) ?? buildCalendar(days, agency?.hours ?? row.hours)
    calendars.set(row.agency_id, calendar)
    counted.push(await countAgain(tx, clock, dossier, calendar))
  }
  return counted
}

async function countAgain(
  tx: Tx,
  clock: DeadlineClock,
  dossier: Dossier,
  calendar: Calendar,
): Promise<Counted> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const { receivedAt, events } = await eventsOf(tx, dossier.id)
  const rules = rulesOn(legalDay(receivedAt))
  const basis = definition.clockMode.basis.text
  const by = (limit: Limit) =>
    applyEvents({ calendar, rules, mode: clock.mode, receivedAt, limit, events, basis })
  return { clock, dossier, calendar, rules, committed: by(clock.committed), legal: by(clock.legal) }
}
