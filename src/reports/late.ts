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
import { publishedVersion } from '../procedures/version.ts'
import { allotmentsInLimit, booksOf, type LineRow, windowOf, worstOf } from './books.ts'
import { type LateFilter, type LatePage, type LateRow, lateRows, linesOf } from './read-model.ts'
import type { LateDossier, LateReport, MoreLate } from './schemas.ts'

type Late = z.input<typeof LateDossier>
type Report = z.input<typeof LateReport>
type More = z.input<typeof MoreLate>

/**
 * The auditor's first click: the late dossiers of a period, who used the time, and whether an apology came in time. All
 * are counted; so many are listed, and `moreLate` gives the rest.
 */
export async function lateReport(tx: Tx, filter: LateFilter, limit: number): Promise<Report> {
  const rows = await lateRows(tx, filter)
  const calendar = calendars(tx)
  const totals = await totalsOf(rows, calendar)
  const page = await pageOf(tx, rows, limit, calendar)
  return { from: filter.from, to: filter.to, totals, sentence: tally(totals), ...page }
}

/** The next dossiers of the same period, after one of the page before. */
export const moreLate = async (tx: Tx, filter: LateFilter, page: Required<LatePage>): Promise<More> =>
  pageOf(tx, await lateRows(tx, filter, { ...page, limit: page.limit + 1 }), page.limit, calendars(tx))

type CalendarOf = (agencyId: string) => Promise<Calendar>

/** Each agency's calendar, read once. */
function calendars(tx: Tx): CalendarOf {
  const known = new Map<string, Promise<Calendar>>()
  return (agencyId) => {
    const calendar = known.get(agencyId) ?? calendarOf(tx.sql, agencyId)
    known.set(agencyId, calendar)
    return calendar
  }
}

/** The intervals of every dossier listed are counted: that is the costly part, and the reason for pages. */
async function pageOf(tx: Tx, all: LateRow[], limit: number, calendar: CalendarOf): Promise<More> {
  const rows = all.slice(0, limit)
  const lines = await linesOf(
    tx,
    rows.map(({ id }) => id),
  )
  const dossiers: Late[] = []
  for (const row of rows)
    dossiers.push(await lateDossier(tx, row, lines.get(row.id) ?? [], await calendar(row.agency_id)))
  return { dossiers, next: all.length > limit ? (rows.at(-1)?.id ?? null) : null }
}

async function totalsOf(rows: LateRow[], calendar: CalendarOf): Promise<Report['totals']> {
  const letters = { 'in-time': 0, late: 0, none: 0 }
  for (const [n, row] of rows.entries()) {
    letters[letterOf(row, await calendar(row.agency_id))]++
    // Years of a province are tens of thousands: the others who ask meanwhile are answered in between.
    if (n % 200 === 199) await setImmediate()
  }
  const open = rows.filter((row) => row.finished_at === null).length
  return {
    late: rows.length,
    openLate: open,
    finishedLate: rows.length - open,
    letterInTime: letters['in-time'],
    letterLate: letters.late,
    letterNone: letters.none,
  }
}

const tally = (totals: Report['totals']): Report['sentence'] => ({
  vi:
    `Quá hạn ${totals.late} = đang trễ ${totals.openLate} + đã trả trễ ${totals.finishedLate}; ` +
    `thư kịp ${totals.letterInTime}, muộn ${totals.letterLate}, không ${totals.letterNone}`,
  en:
    `Late ${totals.late} = still open ${totals.openLate} + finished late ${totals.finishedLate}; ` +
    `letters in time ${totals.letterInTime}, late ${totals.letterLate}, none ${totals.letterNone}`,
})

async function lateDossier(tx: Tx, row: LateRow, lines: LineRow[], calendar: Calendar): Promise<Late> {
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
    worst: await worst(tx, row, lines, calendar),
    letter: letterOf(row, calendar),
    letterNumber: row.apology_number,
    cause: row.cause ?? '',
  }
}

/** Lateness in words; after the last close of work no working minute passes, but the date has. */
export const lateText = (minutes: number, calendar: Calendar): { vi: string; en: string } =>
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

async function worst(tx: Tx, row: LateRow, lines: LineRow[], calendar: Calendar): Promise<Late['worst']> {
  const { definition, processId } = await publishedVersion(tx.sql, row.procedure_version_id)
  const allotted = await allotmentTable(tx.sql, processId, row.case_key, calendar)
  const clock = clockOf(row)
  const ledger = booksOf({
    calendar,
    clock,
    window: windowOf(calendar, rulesOn(legalDay(row.received_at)), clock, row.until),
    rows: lines,
    allotments: allotmentsInLimit(allotted, definition),
  })
  const found = worstOf(ledger, lines)
  if (!found) return null
  const { row: line, overrun } = found
  return {
    unit: { id: line.unit_id, code: line.unit_code, name: line.unit_name },
    person: line.person_id ? { id: line.person_id, name: line.person_name ?? '' } : null,
    stepName: line.step_name,
    overrunMinutes: overrun,
    overrunText: {
      vi: formatWorkingTime(overrun, 'vi', calendar.fullDayMinutes),
      en: formatWorkingTime(overrun, 'en', calendar.fullDayMinutes),
    },
  }
}

/** An apology is in time when it was delivered by the close of the last working day before the original date (rules 7). */
function letterOf(row: LateRow, calendar: Calendar): Late['letter'] {
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
