import holidays from './data/holidays.json' with { type: 'json' }
import known from './data/known-from.json' with { type: 'json' }
import { type CalendarDay, type LegalDay, yearOf } from './day.ts'
import { undecidedDays } from './propose.ts'

type HolidayRow = {
  date: string
  name: string
  kind: string
  source: string
  substitutes_for?: string
  swap_with?: string
}

const ENGLISH: [RegExp, string][] = [
  [/^Tết Dương lịch$/, 'New Year'],
  [/^Tết Âm lịch (\d+)$/, 'Tết $1'],
  [/^Giỗ Tổ Hùng Vương.*$/, 'Hùng Kings’ Day'],
  [/^Ngày Chiến thắng$/, 'Victory Day'],
  [/^Ngày Quốc tế lao động$/, 'Labour Day'],
  [/^Quốc khánh \(ngày liền kề trước\)$/, 'National Day (day before)'],
  [/^Quốc khánh \(ngày liền kề sau\)$/, 'National Day (day after)'],
  [/^Quốc khánh$/, 'National Day'],
  [/^Nghỉ hoán đổi \(làm bù thứ Bảy (.+)\)$/, 'Day off swapped with Saturday $1'],
  [/^Làm bù thứ Bảy cho (.+)$/, 'Saturday worked for $1'],
]

function english(name: string): string | undefined {
  const inLieu = /^Nghỉ bù (.+)$/.exec(name)
  if (inLieu?.[1]) return `Day in lieu of ${english(inLieu[1]) ?? inLieu[1]}`
  const rule = ENGLISH.find(([pattern]) => pattern.test(name))
  return rule && name.replace(rule[0], rule[1])
}

/** The number of the decision or notice that a source names, else the article of law. */
function decisionOf(source: string): string | undefined {
  const number = /\d{3,5}\/(?:VPCP|TB)-[\p{Lu}-]+/u.exec(source)?.[0]
  return number ?? (/Điều 112/.test(source) ? 'BLLĐ 2019 Điều 112' : undefined)
}

const knownDays: Record<string, { knownFrom: string }> = known.days
const knownYears: Record<string, { knownFrom: string }> = known.years

function knownFromOf(date: LegalDay): { knownFrom?: LegalDay } {
  const row = knownDays[date] ?? knownYears[yearOf(date)]
  return row ? { knownFrom: row.knownFrom } : {}
}

function calendarDay(row: HolidayRow): CalendarDay {
  const en = english(row.name)
  const decision = decisionOf(row.source)
  return {
    date: row.date,
    name: en ? { vi: row.name, en } : { vi: row.name },
    kind: row.kind as CalendarDay['kind'],
    source: row.source,
    verified: true,
    ...(decision ? { decision } : {}),
    ...(row.swap_with ? { swapWith: row.swap_with } : {}),
    ...(row.substitutes_for ? { substitutesFor: row.substitutes_for } : {}),
    ...knownFromOf(row.date),
  }
}

/** The decisions of 2021–2026 as shipped, with the days that are announced but not decided. */
export const shippedDays: CalendarDay[] = Object.values(holidays as Record<string, HolidayRow[]>)
  .flat()
  .map(calendarDay)
  .concat(undecidedDays(2026))
