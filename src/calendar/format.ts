import { legalDay, legalTime } from '../clock.ts'
import { type LegalDay, weekdayOf } from './day.ts'

export type Lang = 'vi' | 'en'
export type Text = { vi: string; en: string }

const WEEKDAYS: Record<Lang, string[]> = {
  vi: ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

const weekdayName = (day: LegalDay, lang: Lang): string => WEEKDAYS[lang][weekdayOf(day) - 1]!

/** A legal day as 'T3 24/11/2026' ('Tue 24/11/2026'). */
export const formatDay = (day: LegalDay, lang: Lang): string =>
  `${weekdayName(day, lang)} ${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

/** A legal day as 'T3 24/11', with its year when that is not `year`. */
export const formatShortDay = (day: LegalDay, lang: Lang, year: string): string =>
  day.startsWith(year) ? formatDay(day, lang).slice(0, -5) : formatDay(day, lang)

/** An instant in the legal zone as 'T3 24/11/2026 17:00' ('Tue 24/11/2026 17:00'). */
export const formatLegal = (instant: Date, lang: Lang): string =>
  `${formatDay(legalDay(instant), lang)} ${legalTime(instant)}`

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/**
 * Working minutes in words: '2 ngày 1 giờ LV', '3 giờ LV', '45 phút LV'. A working day is the calendar's
 * full day (`calendar.fullDayMinutes`). The sign is left to the caller's words.
 */
export function formatWorkingTime(minutes: number, lang: Lang, fullDayMinutes = 480): string {
  return `${partsOf(minutes, lang, fullDayMinutes)}${lang === 'vi' ? ' LV' : WORKING}`
}

const WORKING = ' (working time)'

function partsOf(minutes: number, lang: Lang, fullDayMinutes: number): string {
  const total = Math.abs(minutes)
  const days = Math.floor(total / fullDayMinutes)
  const hours = Math.floor((total % fullDayMinutes) / 60)
  const rest = (total % fullDayMinutes) % 60
  const parts: string[] = []
  if (lang === 'vi') {
    if (days > 0) parts.push(`${days} ngày`)
    if (hours > 0) parts.push(`${hours} giờ`)
    if (rest > 0 || parts.length === 0) parts.push(`${rest} phút`)
    return parts.join(' ')
  }
  if (days > 0) parts.push(plural(days, 'day'))
  if (hours > 0) parts.push(plural(hours, 'hour'))
  if (rest > 0 || parts.length === 0) parts.push(plural(rest, 'minute'))
  return parts.join(' ')
}

/** Time left or overdue in words: 'còn 3 giờ LV', 'trễ 2 ngày 1 giờ LV'. Input in working minutes. */
export function formatRemaining(minutes: number, lang: Lang, fullDayMinutes = 480): string {
  if (lang === 'vi')
    return `${minutes < 0 ? 'trễ' : 'còn'} ${formatWorkingTime(minutes, lang, fullDayMinutes)}`
  // The word that matters stands before the brackets: a narrow column cuts the end off.
  return `${partsOf(minutes, lang, fullDayMinutes)} ${minutes < 0 ? 'late' : 'left'}${WORKING}`
}

/** The same in both languages; null where no time is counted. */
export const remainingText = (
  minutes: number | null,
  { fullDayMinutes }: { fullDayMinutes: number },
): { vi: string; en: string } | null =>
  minutes === null
    ? null
    : {
        vi: formatRemaining(minutes, 'vi', fullDayMinutes),
        en: formatRemaining(minutes, 'en', fullDayMinutes),
      }
