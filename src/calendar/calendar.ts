import { atLegal, fromLegalMinute, toLegalMinute } from '../clock.ts'
import { CalendarError, findProblems } from './check.ts'
import { addDays, type CalendarDay, dayNumber, dayOfNumber, type LegalDay, weekdayOf, yearOf } from './day.ts'
import { hoursOn, sessionsOf, type WorkingHours } from './hours.ts'
import { proposeYear } from './propose.ts'

export type { CalendarDay } from './day.ts'

export type DayReason =
  | 'working'
  | 'weekend'
  | 'holiday'
  | 'substitute'
  | 'swapped-off'
  | 'swapped-working-day'
  | 'undecided'

/** Why a day is worked or not; `provisional` when no decision for its year is known. */
export type DayExplanation = {
  day: LegalDay
  working: boolean
  why: DayReason
  text: { vi: string; en: string }
  source: string
  decision?: string
  verified: boolean
  provisional: boolean
}

/**
 * Working time of one agency. Days are legal days of Asia/Ho_Chi_Minh; durations are whole working
 * minutes, an instant counting as its minute (as the receipt prints it), so that parts add up exactly.
 */
export type Calendar = {
  isWorkingDay(day: LegalDay): boolean
  explain(day: LegalDay): DayExplanation
  /** The first working day strictly after (before) a day. */
  nextWorkingDay(day: LegalDay): LegalDay
  previousWorkingDay(day: LegalDay): LegalDay
  /** The n-th working day after a day, which itself is not counted; negative counts backwards. */
  addWorkingDays(day: LegalDay, count: number): LegalDay
  /** Sessions of a day as instants; none on a day off. */
  sessions(day: LegalDay): { from: Date; to: Date }[]
  /** Opening of the first and closing of the last session. Throws RangeError on a day off. */
  openOfWork(day: LegalDay): Date
  closeOfWork(day: LegalDay): Date
  /** Working minutes from one instant to another; negative when the second is the earlier. */
  workingMinutesBetween(from: Date, to: Date): number
  /** The earliest instant at which so many working minutes have passed; negative goes back to the latest. */
  addWorkingMinutes(from: Date, minutes: number): Date
  /** Working minutes of a full day by the hours last decided: what "1 ngày LV" means in words. */
  fullDayMinutes: number
  /** The same by the hours in force on a day: what is counted goes by these. */
  fullDayOn(day: LegalDay): number
  /** The same calendar as it would be if a day were (decided to be) off: for warnings and previews. */
  ifOff(day: LegalDay): Calendar
}

export type CalendarOptions = {
  /** Years to be taken as decided though no row names them (a year with no holiday, in tests). */
  decidedYears?: number[]
  /** A calendar "as known then": proposals leave out what nobody spoke of yet on this day. */
  knownOn?: LegalDay
}

/** More days in a row without work than any calendar has: the hours must be wrong. */
const TOO_MANY_DAYS_OFF = 60

/**
 * The calendar of an agency from the decided days and its working hours. A year of which no day is
 * decided is proposed (`proposeYear`) and marked provisional. Throws CalendarError when days contradict
 * each other, RangeError when the hours are malformed.
 */
export function buildCalendar(
  days: CalendarDay[],
  hours: WorkingHours[],
  options: CalendarOptions = {},
): Calendar {
  const problems = findProblems(days)
  if (problems.length > 0) throw new CalendarError(problems)
  const decided = new Set(options.decidedYears)
  for (const day of days) if (day.kind !== 'undecided') decided.add(yearOf(day.date))
  return assemble(new Map(days.map((day) => [day.date, day])), decided, hours, options.knownOn)
}

function assemble(
  rows: Map<LegalDay, CalendarDay>,
  decided: Set<number>,
  hours: WorkingHours[],
  knownOn: LegalDay | undefined,
): Calendar {
  const minutesOf = new Map(
    hours.map((row) => [
      row,
      new Map(Object.entries(row.week).map(([day, spans]) => [Number(day), sessionsOf(spans)])),
    ]),
  )
  for (const week of minutesOf.values())
    if (longestDay(week) === 0) throw new RangeError('working hours: a week without any session')
  const proposed = new Map<number, Map<LegalDay, CalendarDay>>()
  // By day number: writing days as text was nine tenths of the time of a long count.
  const minutesCache = new Map<number, [number, number][]>()
  const explained = new Map<LegalDay, DayExplanation>()

  const rowOf = (day: LegalDay): CalendarDay | undefined => {
    const row = rows.get(day)
    const year = yearOf(day)
    if (row || decided.has(year)) return row
    let proposal = proposed.get(year)
    if (!proposal) {
      proposal = new Map(proposeYear(year, knownOn).map((day) => [day.date, day]))
      proposed.set(year, proposal)
    }
    return proposal.get(day)
  }

  const weekly = (day: LegalDay, like: LegalDay = day): [number, number][] =>
    minutesOf.get(hoursOn(hours, day))?.get(weekdayOf(like)) ?? []

  /** Sessions in minutes of the day; a swapped day is worked like the day it replaces. */
  const minutesOn = (number: number): [number, number][] => {
    const known = minutesCache.get(number)
    if (known) return known
    const day = dayOfNumber(number)
    const row = rowOf(day)
    const found =
      row?.kind === 'holiday' || row?.kind === 'substitute'
        ? []
        : weekly(day, row?.kind === 'swapped-working-day' ? row.swapWith : day)
    minutesCache.set(number, found)
    return found
  }
  const minutes = (day: LegalDay) => minutesOn(dayNumber(day))

  const isWorkingDay = (day: LegalDay) => minutes(day).length > 0

  const explain = (day: LegalDay): DayExplanation => {
    const known = explained.get(day)
    if (known) return known
    const row = rowOf(day)
    const working = isWorkingDay(day)
    const hoursRow = hoursOn(hours, day)
    const made: DayExplanation = {
      day,
      working,
      why: reasonOf(row, working),
      text: textOf(row, day, working),
      source: row?.source ?? hoursRow.source,
      verified: row?.verified ?? hoursRow.verified,
      provisional: !decided.has(yearOf(day)),
      ...(row?.decision ? { decision: row.decision } : {}),
    }
    explained.set(day, made)
    return made
  }

  const step = (day: LegalDay, by: 1 | -1): LegalDay => {
    let number = dayNumber(day)
    for (let tries = 0; tries < TOO_MANY_DAYS_OFF; tries++) {
      number += by
      if (minutesOn(number).length > 0) return dayOfNumber(number)
    }
    throw new RangeError(`no working day within ${TOO_MANY_DAYS_OFF} days of ${day}: check the working hours`)
  }

  const addWorkingDays = (day: LegalDay, count: number): LegalDay => {
    let at = day
    for (let left = Math.abs(count); left > 0; left--) at = step(at, count > 0 ? 1 : -1)
    return at
  }

  const edge = (day: LegalDay, which: 'first' | 'last'): Date => {
    const sessions = minutes(day)
    const minute = which === 'first' ? sessions[0]?.[0] : sessions.at(-1)?.[1]
    if (minute === undefined) throw new RangeError(`${day} is a day off: it neither opens nor closes`)
    return fromLegalMinute(dayNumber(day) * 1440 + minute)
  }

  const forward = (start: number, amount: number): number => {
    let left = amount
    for (let day = Math.floor(start / 1440); ; day++) {
      for (const [opens, closes] of minutesOn(day)) {
        const from = Math.max(start, day * 1440 + opens)
        const to = day * 1440 + closes
        if (to - from >= left) return from + left
        if (to > from) left -= to - from
      }
    }
  }

  const backward = (start: number, amount: number): number => {
    let left = amount
    for (let day = Math.floor(start / 1440); ; day--) {
      for (const [opens, closes] of minutesOn(day).toReversed()) {
        const from = day * 1440 + opens
        const to = Math.min(start, day * 1440 + closes)
        if (to - from >= left) return to - left
        if (to > from) left -= to - from
      }
    }
  }

  const between = (from: number, to: number): number => {
    let sum = 0
    for (let day = Math.floor(from / 1440); day * 1440 < to; day++)
      for (const [opens, closes] of minutesOn(day))
        sum += Math.max(0, Math.min(to, day * 1440 + closes) - Math.max(from, day * 1440 + opens))
    return sum
  }

  return {
    isWorkingDay,
    explain,
    nextWorkingDay: (day) => step(day, 1),
    previousWorkingDay: (day) => step(day, -1),
    addWorkingDays,
    sessions: (day) =>
      minutes(day).map(([opens, closes]) => ({
        from: fromLegalMinute(dayNumber(day) * 1440 + opens),
        to: fromLegalMinute(dayNumber(day) * 1440 + closes),
      })),
    openOfWork: (day) => edge(day, 'first'),
    closeOfWork: (day) => edge(day, 'last'),
    workingMinutesBetween: (from, to) => {
      const [a, b] = [toLegalMinute(from), toLegalMinute(to)]
      return a <= b ? between(a, b) : -between(b, a)
    },
    addWorkingMinutes: (from, amount) => {
      if (amount === 0) return from
      const start = toLegalMinute(from)
      return fromLegalMinute(amount > 0 ? forward(start, amount) : backward(start, -amount))
    },
    fullDayMinutes: longestDay(minutesOf.get(hours.at(-1)!)),
    fullDayOn: (day) => longestDay(minutesOf.get(hoursOn(hours, day))),
    ifOff: (day) => {
      const row = rowOf(day)
      const off: CalendarDay = {
        date: day,
        name: row?.name ?? { vi: 'ngày nghỉ giả định', en: 'assumed day off' },
        kind: 'holiday',
        source: row?.source ?? '',
        verified: false,
      }
      return assemble(new Map([...rows, [day, off]]), decided, hours, knownOn)
    },
  }
}

const longestDay = (week: Map<number, [number, number][]> | undefined): number =>
  Math.max(
    0,
    ...[...(week?.values() ?? [])].map((spans) => spans.reduce((sum, [from, to]) => sum + to - from, 0)),
  )

function reasonOf(row: CalendarDay | undefined, working: boolean): DayReason {
  if (!row) return working ? 'working' : 'weekend'
  if (row.kind === 'undecided' && !working) return 'weekend'
  return row.kind === 'substitute' && row.swapWith ? 'swapped-off' : row.kind
}

function textOf(row: CalendarDay | undefined, day: LegalDay, working: boolean): { vi: string; en: string } {
  if (!row || (row.kind === 'undecided' && !working)) {
    if (working) return { vi: 'ngày làm việc', en: 'working day' }
    return weekdayOf(day) >= 6
      ? { vi: 'cuối tuần', en: 'weekend' }
      : { vi: 'ngày nghỉ hằng tuần', en: 'weekly day off' }
  }
  const name = { vi: row.name.vi, en: row.name.en ?? row.name.vi }
  if (row.kind === 'undecided')
    return { vi: `${name.vi}: chưa có quyết định nghỉ`, en: `${name.en}: day off not decided` }
  const by = row.decision ? `, ${row.decision}` : ''
  return { vi: `${name.vi}${by}`, en: `${name.en}${by}` }
}

/** Midnight at which a legal day ends. */
export const endOfDay = (day: LegalDay): Date => atLegal(addDays(day, 1), '00:00')
