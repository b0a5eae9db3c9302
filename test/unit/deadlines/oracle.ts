/**
 * A naive second opinion on due dates, written from the rules and not from src/: it shares no code with it. Every minute
 * of nine years is marked open or shut; working time is found by looking at minutes one after another, days by looking
 * at days one after another. Times are minutes since 1970 on the wall clock of UTC+7, days are whole ones since 1970.
 */
import { readFileSync } from 'node:fs'

const DAY = 1440
const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000
const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
const FIRST = dayOf('2020-12-01')
const LAST = dayOf('2029-12-31')

/** Sessions by day of the week, 0 = Sunday, in minutes of the day. */
export type OracleWeek = Partial<Record<number, [number, number][]>>
/** Days off, and days worked with the sessions of another day. */
export type OracleDays = { off: Set<string>; like: Map<string, string> }
export type OracleCalendar = { open: Uint8Array; worked: Uint8Array; close: Uint16Array; fullDay: number }

const OFFICE: [number, number][] = [
  [450, 690],
  [780, 1020],
]
export const officeWeekOf = (sessions: [number, number][]): OracleWeek =>
  Object.fromEntries([1, 2, 3, 4, 5].map((weekday) => [weekday, sessions]))

type Raw = Record<string, { date: string; is_working_day: boolean; swap_with?: string }[]>
const rows = Object.values(
  JSON.parse(
    readFileSync(new URL('../../../src/calendar/data/holidays.json', import.meta.url), 'utf8'),
  ) as Raw,
).flat()

/**
 * What 2027 will be as long as no decision is known, worked out by hand: the new lunar year begins on Saturday 6
 * February, so Tết takes Thursday 4 to Monday 8 and, for its Saturday and Sunday, Tuesday 9 and Wednesday 10; 10/3 of the
 * lunar calendar is Friday 16 April; 1 May is a Saturday (Monday 3 in lieu); National Day, a Thursday, takes the Friday.
 */
const HAND_2027 = '01-01 02-04 02-05 02-06 02-07 02-08 02-09 02-10 04-16 04-30 05-01 05-03 09-02 09-03'.split(
  ' ',
)

export const decidedDays: OracleDays = {
  off: new Set([
    ...rows.filter((row) => !row.is_working_day).map((row) => row.date),
    ...HAND_2027.map((day) => `2027-${day}`),
  ]),
  like: new Map(rows.filter((row) => row.is_working_day).map((row) => [row.date, row.swap_with!])),
}

const weekdayOf = (day: number): number => new Date(day * 86_400_000).getUTCDay()

/** Marks every minute. */
export function oracleOf({ off, like }: OracleDays, week: OracleWeek): OracleCalendar {
  const open = new Uint8Array((LAST - FIRST + 1) * DAY)
  const worked = new Uint8Array(LAST - FIRST + 1)
  const close = new Uint16Array(LAST - FIRST + 1)
  for (let day = FIRST; day <= LAST; day++) {
    const iso = isoOf(day)
    const lookedAt = like.has(iso) ? dayOf(like.get(iso)!) : day
    const sessions = off.has(iso) ? [] : (week[weekdayOf(lookedAt)] ?? [])
    for (const [from, to] of sessions) {
      open.fill(1, (day - FIRST) * DAY + from, (day - FIRST) * DAY + to)
      worked[day - FIRST] = 1
      close[day - FIRST] = to
    }
  }
  const lengths = Object.values(week).map((spans) => spans!.reduce((sum, [from, to]) => sum + to - from, 0))
  return { open, worked, close, fullDay: Math.max(...lengths) }
}

export const oracleCalendar = oracleOf(decidedDays, officeWeekOf(OFFICE))

const within = (day: number): number => {
  if (day < FIRST || day > LAST) throw new RangeError(`the oracle knows ${isoOf(FIRST)} to ${isoOf(LAST)}`)
  return day - FIRST
}
export const worked = (calendar: OracleCalendar, day: number): boolean => calendar.worked[within(day)] === 1
const closing = (calendar: OracleCalendar, day: number): number => day * DAY + calendar.close[within(day)]!
const isOpen = (calendar: OracleCalendar, minute: number): boolean =>
  calendar.open[minute - FIRST * DAY] === 1

/** The wall-clock minute at which so many working minutes have passed. */
export function oracleWalk(calendar: OracleCalendar, start: number, count: number): number {
  let minute = start
  for (let left = count; left > 0; minute++) if (isOpen(calendar, minute)) left--
  return minute
}

/** Working minutes from one wall-clock minute to a later one. */
export function oracleBetween(calendar: OracleCalendar, from: number, to: number): number {
  let sum = 0
  for (let minute = from; minute < to; minute++) if (isOpen(calendar, minute)) sum++
  return sum
}

/** The close of work of a day, or of the first worked day after it. */
function closeFrom(calendar: OracleCalendar, day: number): number {
  let last = day
  while (!worked(calendar, last)) last++
  return closing(calendar, last)
}

/** The same day so many months later, or the last day of a shorter month. */
function monthsLater(day: number, months: number): number {
  const [year, month, date] = isoOf(day).split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth)) / 86_400_000
}

/** A count: when it ends, and the calendar day it would end on if no day were off. */
type Counted = { due: number; raw: number }

function count(calendar: OracleCalendar, from: number, value: number, unit: string): Counted {
  const day = Math.floor(from / DAY)
  if (unit === 'working-hour' || unit === 'half-day') {
    const minutes = unit === 'half-day' ? Math.ceil((value * calendar.fullDay) / 2) : value * 60
    return { due: oracleWalk(calendar, from, minutes), raw: day }
  }
  if (unit === 'same-day') {
    let last = day
    if (!worked(calendar, day) || from % DAY > 15 * 60 || from > closing(calendar, day))
      do last++
      while (!worked(calendar, last))
    return { due: closing(calendar, last), raw: last }
  }
  if (unit === 'working-day') {
    let last = day
    for (let counted = 0; counted < value; ) {
      last++
      if (worked(calendar, last)) counted++
    }
    return { due: closing(calendar, last), raw: last }
  }
  const raw = unit === 'month' ? monthsLater(day, value) : day + value
  return { due: closeFrom(calendar, raw), raw }
}

export const oracleDue = (calendar: OracleCalendar, received: number, value: number, unit: string): number =>
  count(calendar, received, value, unit).due

export type OracleEvent = { at: number; kind: string }
export type OracleCase = {
  mode: string
  received: number
  value: number
  unit: string
  /** Values of the two appointments, in the same unit. */
  split?: [number, number]
  events: OracleEvent[]
}

/** When a dossier is due after its events; null while its clock stands still. */
export function oracleClock(calendar: OracleCalendar, asked: OracleCase): number | null {
  const { mode, received, unit, events } = asked
  const split = mode === 'EXCLUDED-STAGE' ? asked.split : undefined
  let value = split ? split[0] : asked.value
  let second = false
  let clock = count(calendar, received, value, unit)
  let stoppedAt: OracleEvent | null = null
  const takeOut = (from: number, to: number) => {
    if (unit === 'calendar-day' || unit === 'month') {
      const raw = clock.raw + Math.floor(to / DAY) - Math.floor(from / DAY)
      clock = { due: closeFrom(calendar, raw), raw }
    } else {
      const minutes = oracleBetween(calendar, from, to)
      clock = { ...clock, due: oracleWalk(calendar, clock.due, minutes) }
    }
  }
  for (const event of events) {
    if (event.kind === 'asked' || event.kind === 'excluded') stoppedAt = event
    else if (event.kind === 'complete' && mode !== 'PAUSE') clock = count(calendar, event.at, value, unit)
    else if (event.kind === 'resumed' && split && !second) {
      second = true
      value = split[1]
      clock = count(calendar, event.at, value, unit)
    } else if (stoppedAt) takeOut(stoppedAt.at, event.at)
    if (event.kind !== 'asked' && event.kind !== 'excluded') stoppedAt = null
  }
  return stoppedAt ? null : clock.due
}
