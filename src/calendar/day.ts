/** A legal day, 'YYYY-MM-DD' in Asia/Ho_Chi_Minh. Days compare and sort as text. */
export type LegalDay = string

/** Monday 1 … Saturday 6, Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** A day on which a decision (or the lack of one) says something other than the weekday does. */
export type CalendarDay = {
  date: LegalDay
  name: { vi: string; en?: string }
  /** `substitute` with `swapWith` is a weekday off that is worked on another day. */
  kind: 'holiday' | 'substitute' | 'swapped-working-day' | 'undecided'
  source: string
  verified: boolean
  decision?: string
  swapWith?: LegalDay
  substitutesFor?: LegalDay
  /** The day on which the decision became known; a calendar "as known then" leaves later ones out. */
  knownFrom?: LegalDay
}

const DAY = 86_400_000

/** 1970-01-01 to 2199-12-31: the days that are written and read again and again. */
const KNOWN_DAYS = 84_006
// Between text and number by table: by way of Date it was half the time of a computation (170 µs for ten working days).
const texts: LegalDay[] = []
const numbers = new Map<LegalDay, number>()

/** Days since 1970-01-01. Arithmetic on numbers keeps the host's zone and its summer time out. */
export function dayNumber(day: LegalDay): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const number = Date.parse(`${day}T00:00:00Z`) / DAY
  if (number >= 0 && number < KNOWN_DAYS && dayOfNumber(number) === day) numbers.set(day, number)
  return number
}

export function dayOfNumber(number: number): LegalDay {
  const known = texts[number]
  if (known !== undefined) return known
  const day = new Date(number * DAY).toISOString().slice(0, 10)
  if (number >= 0 && number < KNOWN_DAYS) texts[number] = day
  return day
}

export const addDays = (day: LegalDay, count: number): LegalDay => dayOfNumber(dayNumber(day) + count)

export const daysBetween = (from: LegalDay, to: LegalDay): number => dayNumber(to) - dayNumber(from)

export const weekdayOf = (day: LegalDay): Weekday => (((((dayNumber(day) + 3) % 7) + 7) % 7) + 1) as Weekday

export const yearOf = (day: LegalDay): number => Number(day.slice(0, 4))

/** True for a day that exists, written 'YYYY-MM-DD'. */
export function isLegalDay(text: unknown): text is LegalDay {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const number = dayNumber(text)
  return !Number.isNaN(number) && dayOfNumber(number) === text
}

/**
 * The corresponding day `count` months later; the last day of that month where there is none
 * (BLDS 2015 art. 148.3: 31/01 + 1 month = 28/02 or 29/02).
 */
export function addMonths(day: LegalDay, count: number): LegalDay {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const months = year * 12 + (month - 1) + count
  const first = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
  const next = months + 1
  const nextFirst = `${String(Math.floor(next / 12)).padStart(4, '0')}-${String((next % 12) + 1).padStart(2, '0')}-01`
  const last = Number(addDays(nextFirst, -1).slice(8))
  return `${first}-${String(Math.min(date, last)).padStart(2, '0')}`
}
