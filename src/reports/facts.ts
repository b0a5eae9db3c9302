import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { formatRemaining, formatWorkingTime } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { allotmentTable } from '../deadlines/allotted.ts'
import { milestones } from '../deadlines/milestones.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { roundKey, standstills } from '../deadlines/standstill.ts'
import type { Standstill } from '../deadlines/variance.ts'
import { publishedVersion } from '../procedures/version.ts'
import { allotmentsInLimit, booksOf, windowOf, worstOf } from './books.ts'
import { type LateRow, type Line, linesOf } from './read-model.ts'
import type { LateDossier } from './schemas.ts'

export type Late = z.input<typeof LateDossier>
export type CalendarOf = (agencyId: string) => Promise<Calendar>

/** Each agency's calendar, read once. */
export function calendars(tx: Tx): CalendarOf {
  const known = new Map<string, Promise<Calendar>>()
  return (agencyId) => {
    const calendar = known.get(agencyId) ?? calendarOf(tx.sql, agencyId)
    known.set(agencyId, calendar)
    return calendar
  }
}

/** So many dossiers' intervals are read at a time, and others who ask meanwhile are answered in between. */
const BATCH = 200

/** Late dossiers as every page of the auditor shows them. Counting their intervals is the costly part. */
export async function factsOf(tx: Tx, rows: LateRow[], calendar: CalendarOf): Promise<Late[]> {
  const facts: Late[] = []
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH)
    const ids = batch.map(({ id }) => id)
    const lines = await linesOf(tx, ids)
    const stops = await standstills(tx.sql, ids)
    for (const row of batch) {
      const inside = { lines: lines.get(row.id) ?? [], stops: stops.get(roundKey(row.id, row.round)) ?? [] }
      facts.push(await factOf(tx, row, inside, await calendar(row.agency_id)))
    }
    await setImmediate()
  }
  return facts
}

type Inside = { lines: Line[]; stops: Standstill[] }

async function factOf(tx: Tx, row: LateRow, inside: Inside, calendar: Calendar): Promise<Late> {
  const lateMinutes = calendar.workingMinutesBetween(row.original_due_at, row.until)
  return {
    id: row.id,
    code: row.code,
    procedure: { code: row.procedure_code, name: row.procedure_name },
    agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
    applicant: row.applicant,
    originalDueAt: row.original_due_at.toISOString(),
    reappointedDueAt: row.reappointed_due_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    lateMinutes,
    lateText: lateText(lateMinutes, calendar),
    worst: await worst(tx, row, inside, calendar),
    letter: letterOf(row, calendar),
    letterNumber: row.apology_number,
    cause: row.cause ?? '',
    explanation: explanationOf(row, tx.at),
  }
}

/** The last column: what has become of asking for an explanation. */
function explanationOf(
  { explanation, explanation_due_at: due, findings }: LateRow,
  now: Date,
): Late['explanation'] {
  if (explanation === 'asked') return due && due < now ? 'overdue' : 'asked'
  if (explanation === 'answered' || explanation === 'concluded') return explanation
  return findings > 0 ? 'finding' : 'none'
}

/** Lateness in words; after the last close of work no working minute passes, but the date has. */
const lateText = (minutes: number, calendar: Calendar): { vi: string; en: string } =>
  minutes === 0
    ? { vi: 'trễ, sau giờ làm việc của ngày hẹn', en: 'late, after hours of the due day' }
    : {
        vi: formatRemaining(-minutes, 'vi', calendar.fullDayMinutes),
        en: formatRemaining(-minutes, 'en', calendar.fullDayMinutes),
      }

const clockOf = (row: LateRow) => ({
  round: row.round,
  startedAt: row.started_at,
  dueAt: row.due_at,
  committed: row.committed,
})

async function worst(
  tx: Tx,
  row: LateRow,
  { lines, stops }: Inside,
  calendar: Calendar,
): Promise<Late['worst']> {
  const { definition, processId } = await publishedVersion(tx.sql, row.procedure_version_id)
  const allotted = await allotmentTable(tx.sql, processId, row.case_key, calendar)
  const clock = clockOf(row)
  const ledger = booksOf({
    calendar,
    clock,
    window: windowOf(calendar, rulesOn(legalDay(row.received_at)), clock, row.until),
    rows: lines,
    allotments: allotmentsInLimit(allotted, definition),
    stops,
  })
  const found = worstOf(ledger, lines)
  if (!found) return null
  const { row: line, overrun } = found
  return {
    agency: lines.find(({ id }) => id === line.id)?.agency_name ?? row.agency_name,
    unit: { id: line.unit_id, code: line.unit_code, name: line.unit_name },
    person: line.person_id ? { id: line.person_id, name: line.person_name ?? '' } : null,
    elementId: line.element_id,
    stepName: line.step_name,
    overrunMinutes: overrun,
    overrunText: {
      vi: formatWorkingTime(overrun, 'vi', calendar.fullDayMinutes),
      en: formatWorkingTime(overrun, 'en', calendar.fullDayMinutes),
    },
  }
}

/** An apology is in time when it was delivered by the close of the last working day before the original date (rules 7). */
export function letterOf(row: LateRow, calendar: Calendar): Late['letter'] {
  if (!row.apology_delivered_at) return 'none'
  const clock = clockOf(row)
  const rules = rulesOn(legalDay(row.received_at))
  // Not the stored moment: a new date has moved that one on.
  const { apologyBy } = milestones({
    calendar,
    rules,
    unit: row.committed.unit,
    startedAt: row.started_at,
    countFrom: windowOf(calendar, rules, clock, row.until).countFrom,
    dueAt: row.due_at,
  })
  return row.apology_delivered_at <= apologyBy ? 'in-time' : 'late'
}
