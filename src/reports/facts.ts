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
import type { VersionBefore } from '../procedures/versions-before.ts'
import { allotmentsInLimit, booksOf, windowOf, worstOf } from './books.ts'
import { earlierAllotments, movedFrom } from './earlier.ts'
import { type LateRow, type Line, linesOf, type MissedRound } from './read-model.ts'
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
    const before = await movedFrom(tx.sql, ids)
    for (const row of batch) {
      const inside = {
        lines: lines.get(row.id) ?? [],
        before: before.get(row.id) ?? [],
        stopsOf: (round: number) => stops.get(roundKey(row.id, round)) ?? [],
      }
      facts.push(await factOf(tx, row, inside, await calendar(row.agency_id)))
    }
    await setImmediate()
  }
  return facts
}

type Inside = { lines: Line[]; before: VersionBefore[]; stopsOf: (round: number) => Standstill[] }

async function factOf(tx: Tx, row: LateRow, inside: Inside, calendar: Calendar): Promise<Late> {
  const lateMinutes = minutesMissed(row.missed, calendar)
  return {
    id: row.id,
    code: row.code,
    procedure: { code: row.procedure_code, name: row.procedure_name },
    agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
    applicant: row.applicant,
    originalDueAt: row.due_at.toISOString(),
    reappointedDueAt: row.reappointed_due_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    lateMinutes,
    lateText: lateText(lateMinutes, row.missed.length, calendar),
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

/** Working minutes by which rounds missed their dates, all together: each counts to its own end (rules 10). */
export const minutesMissed = (
  missed: readonly Pick<MissedRound, 'dueAt' | 'until'>[],
  calendar: Calendar,
): number =>
  missed.reduce(
    (sum, { dueAt, until }) => sum + calendar.workingMinutesBetween(new Date(dueAt), new Date(until)),
    0,
  )

/** Lateness in words; after the last close of work no working minute passes, but the date has. */
function lateText(minutes: number, rounds: number, calendar: Calendar): { vi: string; en: string } {
  const words =
    minutes === 0
      ? { vi: 'trễ, sau giờ làm việc của ngày hẹn', en: 'late, after hours of the due day' }
      : {
          vi: formatRemaining(-minutes, 'vi', calendar.fullDayMinutes),
          en: formatRemaining(-minutes, 'en', calendar.fullDayMinutes),
        }
  return rounds === 1
    ? words
    : { vi: `${words.vi} (cộng ${rounds} lần hẹn)`, en: `${words.en} (${rounds} appointments together)` }
}

const clockOf = (row: LateRow) => ({
  round: row.round,
  startedAt: row.started_at,
  dueAt: row.due_at,
  committed: row.committed,
})

/** Who used most beyond their share, in the rounds that missed their dates. */
async function worst(
  tx: Tx,
  row: LateRow,
  { lines, before, stopsOf }: Inside,
  calendar: Calendar,
): Promise<Late['worst']> {
  const { definition, processId } = await publishedVersion(tx.sql, row.procedure_version_id)
  const allotted = await allotmentTable(tx.sql, processId, row.case_key, calendar)
  const earlier = await earlierAllotments(tx.sql, before, row.case_key, calendar)
  const rules = rulesOn(legalDay(row.received_at))
  const ledgers = row.missed.map(({ round, startedAt, dueAt, until, committed }) => {
    const clock = { round, startedAt: new Date(startedAt), dueAt: new Date(dueAt), committed }
    return booksOf({
      calendar,
      clock,
      window: windowOf(calendar, rules, clock, new Date(until)),
      rows: lines,
      allotments: allotmentsInLimit(allotted, definition),
      earlier,
      stops: stopsOf(round),
    })
  })
  const found = worstOf(ledgers, lines)
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

/**
 * An apology is in time when it was delivered by the close of the last working day before the first date that was missed
 * (rules 7), and in the round of that date: a letter of a later one speaks of another date.
 */
export function letterOf(row: LateRow, calendar: Calendar): Late['letter'] {
  if (!row.apology_delivered_at) return 'none'
  // By the days decided while the round ran: what is decided afterwards makes no letter late.
  if (row.apology_by) return row.apology_delivered_at <= row.apology_by ? 'in-time' : 'late'
  const clock = clockOf(row)
  const rules = rulesOn(legalDay(row.received_at))
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
