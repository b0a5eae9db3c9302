/**
 * A naive second opinion: walks day by day and minute by minute over the raw table of holidays, shares no
 * code with src/. Times are minutes since 1970 on the wall clock of UTC+7.
 */
import { readFileSync } from 'node:fs'

export type OracleCalendar = { off: Set<string>; on: Set<string>; sessions: [number, number][] }

type Raw = Record<string, { date: string; is_working_day: boolean }[]>

const raw = JSON.parse(
  readFileSync(new URL('../../../src/calendar/data/holidays.json', import.meta.url), 'utf8'),
) as Raw
const rows = Object.values(raw).flat()

export const oracleCalendar: OracleCalendar = {
  off: new Set(rows.filter((row) => !row.is_working_day).map((row) => row.date)),
  on: new Set(rows.filter((row) => row.is_working_day).map((row) => row.date)),
  sessions: [
    [450, 690],
    [780, 1020],
  ],
}

const dateOf = (day: number): Date => new Date(day * 86_400_000)

export function worked(calendar: OracleCalendar, day: number): boolean {
  const iso = dateOf(day).toISOString().slice(0, 10)
  if (calendar.on.has(iso)) return true
  const weekday = dateOf(day).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !calendar.off.has(iso)
}

const inSession = (calendar: OracleCalendar, minute: number): boolean =>
  calendar.sessions.some(([from, to]) => minute >= from && minute < to)

/** The wall-clock minute at which so many working minutes have passed. */
export function oracleWalk(calendar: OracleCalendar, start: number, count: number): number {
  let minute = start
  let open = worked(calendar, Math.floor(minute / 1440))
  for (let left = count; left > 0; ) {
    if (open && inSession(calendar, minute % 1440)) left--
    minute++
    if (minute % 1440 === 0) open = worked(calendar, minute / 1440)
  }
  return minute
}

/** Working minutes from one wall-clock minute to a later one. */
export function oracleBetween(calendar: OracleCalendar, from: number, to: number): number {
  let sum = 0
  for (let minute = from; minute < to; minute++)
    if (inSession(calendar, minute % 1440) && worked(calendar, Math.floor(minute / 1440))) sum++
  return sum
}

export function oracleDue(calendar: OracleCalendar, received: number, value: number, unit: string): number {
  let day = Math.floor(received / 1440)
  const close = calendar.sessions.at(-1)![1]
  if (unit === 'working-hour') return oracleWalk(calendar, received, value * 60)
  if (unit === 'half-day')
    return oracleWalk(calendar, received, (value * calendar.sessions.reduce((s, [a, b]) => s + b - a, 0)) / 2)
  if (unit === 'same-day') {
    if (worked(calendar, day) && received % 1440 <= 900) return day * 1440 + close
    do day++
    while (!worked(calendar, day))
    return day * 1440 + close
  }
  if (unit === 'working-day') {
    let counted = 0
    while (counted < value) {
      day++
      if (worked(calendar, day)) counted++
    }
    return day * 1440 + close
  }
  if (unit === 'calendar-day') day += value
  else {
    const date = dateOf(day)
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + value + 1, 0)).getUTCDate()
    day =
      Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + value, Math.min(date.getUTCDate(), last)) /
      86_400_000
  }
  while (!worked(calendar, day)) day++
  return day * 1440 + close
}
