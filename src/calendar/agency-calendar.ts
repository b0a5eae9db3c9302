import { legalDay } from '../clock.ts'
import type { Sql } from '../database/transaction.ts'
import { buildCalendar, type Calendar, type CalendarDay } from './calendar.ts'
import type { LegalDay } from './day.ts'
import type { WorkingHours } from './hours.ts'
import type { KnownDay } from './known.ts'

type DayRow = {
  date: string
  kind: CalendarDay['kind']
  name: { vi: string; en?: string }
  source: string
  decision: string
  swap_with: string | null
  substitutes_for: string | null
  verified: boolean
}

// A calendar is built once per state of the decided days and of an agency's hours.
const built = new Map<string, Calendar>()

/** The working calendar of an agency as decided now: days from the record, hours of the agency. */
export async function calendarOf(sql: Sql, agencyId: string): Promise<Calendar> {
  const [state] = await sql<{ days: string; hours: WorkingHours[] }>(
    `select (select concat(count(*), '/', count(*) filter (where valid_to is null), '/', max(valid_from), '/', max(valid_to)) from calendar_day) as days,
            working_hours as hours from agency where id = $1`,
    [agencyId],
  )
  if (!state) throw new Error(`agency ${agencyId} is not there`)
  const key = `${agencyId}/${state.days}/${JSON.stringify(state.hours)}`
  const cached = built.get(key)
  if (cached) return cached
  const calendar = buildCalendar(await daysInForce(sql), state.hours)
  for (const old of built.keys()) if (old.startsWith(`${agencyId}/`)) built.delete(old)
  built.set(key, calendar)
  return calendar
}

/** Every day on which a decision speaks, as in force now. */
export async function daysInForce(sql: Sql): Promise<CalendarDay[]> {
  const rows = await sql<DayRow>('select * from calendar_day where valid_to is null order by date')
  return rows.map(dayOf)
}

/** Every day that was ever on record, with the time in which it was what one knew. */
export async function knownDays(sql: Sql): Promise<KnownDay[]> {
  const rows = await sql<DayRow & { known_from: string | null; valid_from: Date; valid_to: Date | null }>(
    'select * from calendar_day order by date, valid_from',
  )
  return rows.map((row) => ({
    ...dayOf(row),
    knownFrom: row.known_from ?? legalDay(row.valid_from),
    ...(row.valid_to ? { knownUntil: legalDay(row.valid_to) } : {}),
  }))
}

type VersionRow = Pick<DayRow, 'kind' | 'name' | 'source' | 'decision' | 'verified'> & {
  from: Date
  to: Date | null
}

/** Every row that ever spoke on a day, newest first. */
export const dayVersions = (sql: Sql, date: LegalDay): Promise<VersionRow[]> =>
  sql<VersionRow>(
    `select kind, name, source, decision, verified, valid_from as "from", valid_to as "to"
       from calendar_day where date = $1 order by valid_from desc, id desc`,
    [date],
  )

const dayOf = (row: DayRow): CalendarDay => ({
  date: row.date,
  kind: row.kind,
  name: row.name,
  source: row.source,
  verified: row.verified,
  ...(row.decision ? { decision: row.decision } : {}),
  ...(row.swap_with ? { swapWith: row.swap_with } : {}),
  ...(row.substitutes_for ? { substitutesFor: row.substitutes_for } : {}),
})
