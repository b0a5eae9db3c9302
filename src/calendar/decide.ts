import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { recomputeClocks } from '../deadlines/recompute.ts'
import type { Move } from '../deadlines/recount.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import type { Text } from '../text.ts'
import { daysInForce } from './agency-calendar.ts'
import { findProblems } from './check.ts'
import { type CalendarDay, type LegalDay, yearOf } from './day.ts'
import { proposeYear } from './propose.ts'

/** What an administrator decides about one day; `kind` null takes the decision away: the weekday decides again. */
export type DayChange = {
  date: LegalDay
  kind: CalendarDay['kind'] | null
  name: Text
  source: string
  decision: string
  /** The other half of a swap; it is decided with this one. */
  swapWith?: LegalDay | undefined
}

export type Plan = {
  /** Every day in force after the change. */
  days: CalendarDay[]
  /** Rows that end, and rows that begin; a day whose row is replaced is in both. */
  end: LegalDay[]
  begin: CalendarDay[]
  /** Days that are worked otherwise than before. */
  changed: LegalDay[]
}

/** No decision of the year is known: its days are proposed and every date counted across them provisional. */
export const isProvisional = (days: CalendarDay[], year: number): boolean =>
  !days.some(({ date, kind }) => yearOf(date) === year && kind !== 'undecided')

/**
 * The calendar after a change. The first decision of a provisional year brings the rest of its proposal into force with
 * it, unverified: otherwise deciding one day would make working days of all of Tết. Throws Problem 422 with field and
 * mend when the days contradict each other.
 */
export function planChange(inForce: CalendarDay[], change: DayChange): Plan {
  const years = [change.date, ...(change.swapWith ? [change.swapWith] : [])].map(yearOf)
  const adopted = change.kind === 'undecided' ? [] : proposalsOf(inForce, years)
  const base = [...inForce, ...adopted]
  const old = base.find(({ date }) => date === change.date)
  if (!old && change.kind === null)
    throw invalidField(
      'date',
      'Ngày này không có quyết định nào để bỏ; hãy chọn ngày khác.',
      'There is no decision on this day to take away; choose another day.',
    )
  const rows = rowsOf(change, old)
  // Whatever was swapped with these days was decided with them and goes with them.
  const gone = new Set([change.date, ...(old?.swapWith ? [old.swapWith] : [])])
  const days = [...base.filter(({ date }) => !gone.has(date)), ...rows]
  checkDays(days, rows)
  const before = new Map(inForce.map((day) => [day.date, day]))
  const after = new Map(days.map((day) => [day.date, day]))
  const begin = days.filter((day) => before.get(day.date) !== day)
  const end = [...before.keys()].filter((date) => after.get(date) !== before.get(date))
  // What was counted by a proposal is counted again: its date is provisional no more.
  const changed = [...gone, ...rows.map(({ date }) => date), ...edgesOf(adopted)]
  return { days, begin, end, changed: [...new Set(changed)] }
}

/** The proposed days of those of the years that have no decision yet. */
function proposalsOf(inForce: CalendarDay[], years: number[]): CalendarDay[] {
  const known = new Set(inForce.map(({ date }) => date))
  return [...new Set(years)]
    .filter((year) => isProvisional(inForce, year))
    .flatMap((year) => proposeYear(year))
    .filter(({ date }) => !known.has(date))
}

/** The days and the first and last of their years: a clock that touches such a year touches one of them or lies between. */
const edgesOf = (days: CalendarDay[]): LegalDay[] => [
  ...days.map(({ date }) => date),
  ...yearsOf(days).flatMap((year) => [`${year}-01-01`, `${year}-12-31`]),
]

function rowsOf(change: DayChange, old: CalendarDay | undefined): CalendarDay[] {
  const { date, kind, name, source, decision, swapWith } = change
  if (kind === null) return []
  const row: CalendarDay = {
    date,
    kind,
    name,
    source,
    verified: kind !== 'undecided' && decision !== '',
    ...(decision ? { decision } : {}),
    ...(swapWith ? { swapWith } : {}),
    ...(kind === 'substitute' && !swapWith && old?.substitutesFor
      ? { substitutesFor: old.substitutesFor }
      : {}),
  }
  if (!swapWith) return [row]
  const other = kind === 'substitute' ? 'swapped-working-day' : 'substitute'
  return [row, { ...row, date: swapWith, kind: other, swapWith: date }]
}

/** Problems of the changed days stand at their field; those of other days (a day in lieu of this one) at the date. */
function checkDays(days: CalendarDay[], rows: CalendarDay[]): void {
  const problems = findProblems(days)
  if (problems.length === 0) return
  const [own, pair] = [days.indexOf(rows[0] as CalendarDay), days.indexOf(rows[1] as CalendarDay)]
  throw invalid(
    problems.map(({ field, problem, mend }) => {
      const [, index, name] = /^days\[(\d+)\]\.(\w+)$/.exec(field) ?? []
      const swap = (Number(index) === pair && pair >= 0) || (Number(index) === own && name === 'swapWith')
      return {
        field: swap ? 'swapWith' : 'date',
        message: { vi: `${problem.vi}; ${mend.vi}.`, en: `${problem.en}; ${mend.en}.` },
      }
    }),
  )
}

// Any fixed number: decisions on the calendar take turns.
const DECIDE_LOCK = 20_261_124

/** Whoever changes what dates are counted by takes their turn first, then reads. */
export const decideInTurn = (tx: Tx) => tx.sql('select pg_advisory_xact_lock($1)', [DECIDE_LOCK])

/** Decides a day. Answers the dossiers whose due date moved. */
export const decideDay = (tx: Tx, change: DayChange, reason: string): Promise<Move[]> =>
  enforce(tx, (inForce) => planChange(inForce, change), reason, { date: change.date, kind: change.kind })

/** Takes the decided years of a file over. Answers the dossiers whose due date moved. */
export const decideYears = (tx: Tx, days: CalendarDay[], reason: string): Promise<Move[]> =>
  enforce(tx, (inForce) => planYears(inForce, days), reason, { years: yearsOf(days) })

const yearsOf = (days: CalendarDay[]): number[] => [...new Set(days.map(({ date }) => yearOf(date)))].sort()

const sameDay = (a: CalendarDay | undefined, b: CalendarDay | undefined): boolean => {
  const text = (day: CalendarDay | undefined) =>
    day &&
    JSON.stringify([
      day.date,
      day.kind,
      day.name,
      day.source,
      day.decision,
      day.swapWith,
      day.substitutesFor,
      day.verified,
    ])
  return text(a) === text(b)
}

/**
 * The calendar after a file of whole years: what the file does not name in its years is decided no more, except days that
 * wait for a decision. Rows that say the same stay as they are.
 */
export function planYears(inForce: CalendarDay[], file: CalendarDay[]): Plan {
  // A year of which the file has no holiday is there for the other half of a swap only: the rest of it stays.
  const years = new Set(yearsOf(file.filter(({ kind }) => kind === 'holiday')))
  const named = new Map(file.map((day) => [day.date, day]))
  const stays = ({ date, kind }: CalendarDay) =>
    !named.has(date) && (!years.has(yearOf(date)) || kind === 'undecided')
  const before = new Map(inForce.map((day) => [day.date, day]))
  const taken = file.map((day) => (sameDay(before.get(day.date), day) ? before.get(day.date)! : day))
  const halves = yearsOf(file).filter((year) => !years.has(year))
  const adopted = proposalsOf(inForce, halves).filter(({ date }) => !named.has(date))
  const days = [...inForce.filter(stays), ...taken, ...adopted]
  const after = new Map(days.map((day) => [day.date, day]))
  const begin = days.filter((day) => before.get(day.date) !== day)
  const end = [...before.keys()].filter((date) => after.get(date) !== before.get(date))
  // A year that was only proposed so far was counted by its proposal.
  const proposed = yearsOf(file)
    .filter((year) => isProvisional(inForce, year))
    .flatMap((year) => [...proposeYear(year).map(({ date }) => date), `${year}-01-01`, `${year}-12-31`])
  return { days, begin, end, changed: [...new Set([...end, ...begin.map(({ date }) => date), ...proposed])] }
}

/**
 * Rows end and begin (none is changed in place), and every open dossier that counts across a changed day is counted
 * again with the reason.
 */
async function enforce(
  tx: Tx,
  plan: (inForce: CalendarDay[]) => Plan,
  reason: string,
  what: object,
): Promise<Move[]> {
  await decideInTurn(tx)
  const { begin, end, changed } = plan(await daysInForce(tx.sql))
  await tx.sql('update calendar_day set valid_to = $2 where valid_to is null and date = any($1::date[])', [
    end,
    tx.at,
  ])
  await insertDays(tx, begin)
  const moves = await recomputeClocks(tx, reason, changed)
  tx.audit({
    act: 'calendar.decided',
    detail: {
      ...what,
      days: [...new Set([...end, ...begin.map(({ date }) => date)])],
      dossiers: moves.length,
      reason,
    },
  })
  return moves
}

/** A day invented for a test or demonstration stays marked as such. What is decided here is known from now on. */
async function insertDays(tx: Tx, days: CalendarDay[]): Promise<void> {
  const rows = days.map((day) => ({
    id: uuid(),
    date: day.date,
    kind: day.kind,
    name: day.name,
    source: day.source,
    decision: day.decision ?? '',
    swap_with: day.swapWith ?? null,
    substitutes_for: day.substitutesFor ?? null,
    verified: day.verified,
  }))
  await tx.sql(
    `insert into calendar_day (id, date, kind, name, source, decision, swap_with, substitutes_for, verified, test, valid_from)
     select r.id, r.date, r.kind, r.name, r.source, r.decision, r.swap_with, r.substitutes_for, r.verified,
            exists (select from calendar_day o where o.date = r.date and o.valid_to = $2 and o.test), $2
       from jsonb_to_recordset($1::jsonb) as r (id uuid, date date, kind text, name jsonb, source text, decision text,
            swap_with date, substitutes_for date, verified boolean)`,
    [JSON.stringify(rows), tx.at],
  )
}
