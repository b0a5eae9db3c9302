import undecided from './data/undecided.json' with { type: 'json' }
import { addDays, type CalendarDay, type LegalDay, weekdayOf, yearOf } from './day.ts'
import { lunarToSolar, newYearDay } from './lunar.ts'

const ART_112 = 'Bộ luật Lao động 45/2019/QH14 Điều 112 (đề xuất theo lịch âm UTC+7, chưa có quyết định)'
const ART_111 = 'Bộ luật Lao động 45/2019/QH14 Điều 111 khoản 3 (đề xuất, chưa có quyết định)'

type Name = { vi: string; en: string }

/**
 * The five days of Tết: one day before and four after new year's day, or two and three (art. 112.1b).
 * The decisions of 2021–2026 all took the split that fills Monday to Friday, else two and three.
 */
function tetDays(year: number): LegalDay[] {
  const first = newYearDay(year)
  const before = weekdayOf(first) === 2 ? 1 : 2
  return [0, 1, 2, 3, 4].map((index) => addDays(first, index - before))
}

/** 2/9 and the day before or after; the side the decisions of 2021–2026 took for that weekday. */
function nationalDays(year: number): LegalDay[] {
  const day = `${year}-09-02`
  return [1, 4, 7].includes(weekdayOf(day)) ? [day, addDays(day, 1)] : [addDays(day, -1), day]
}

/** Days that the government means to make holidays but that no law has made yet; they stay working days. */
export const undecidedDays = (year: number, knownOn?: LegalDay): CalendarDay[] =>
  undecided
    .filter((row) => year >= row.fromYear && (knownOn === undefined || row.knownFrom <= knownOn))
    .map((row) => ({
      date: `${year}-${row.monthDay}`,
      name: row.name,
      kind: 'undecided',
      decision: row.decision,
      source: row.source,
      verified: row.verified,
      knownFrom: row.knownFrom,
    }))

/**
 * The days off of a year for which no decision is known: statutory fixed days, Tết and Giỗ Tổ by lunar
 * arithmetic, and the next working day for each that falls on a weekend. Swaps cannot be foreseen. `knownOn`
 * leaves out what nobody spoke of yet on that day.
 */
export function proposeYear(year: number, knownOn?: LegalDay): CalendarDay[] {
  const holidays = new Map<LegalDay, Name>()
  const add = (day: LegalDay, name: Name) => {
    if (!holidays.has(day)) holidays.set(day, name)
  }
  add(`${year}-01-01`, { vi: 'Tết Dương lịch', en: 'New Year' })
  for (const day of tetDays(year)) add(day, { vi: `Tết Âm lịch ${year}`, en: `Tết ${year}` })
  add(lunarToSolar(year, 3, 10), { vi: 'Giỗ Tổ Hùng Vương (10/3 âm lịch)', en: 'Hùng Kings’ Day' })
  add(`${year}-04-30`, { vi: 'Ngày Chiến thắng', en: 'Victory Day' })
  add(`${year}-05-01`, { vi: 'Ngày Quốc tế lao động', en: 'Labour Day' })
  for (const day of nationalDays(year)) add(day, { vi: 'Quốc khánh', en: 'National Day' })

  const days = [...holidays].map(
    ([date, name]): CalendarDay => ({ date, name, kind: 'holiday', source: ART_112, verified: false }),
  )
  const taken = new Set(holidays.keys())
  for (const { date, name } of days.filter((day) => weekdayOf(day.date) >= 6).sort(byDate)) {
    let free = addDays(date, 1)
    while (weekdayOf(free) >= 6 || taken.has(free)) free = addDays(free, 1)
    taken.add(free)
    days.push({
      date: free,
      name: { vi: `Nghỉ bù ${name.vi}`, en: `Day in lieu of ${name.en ?? name.vi}` },
      kind: 'substitute',
      source: ART_111,
      verified: false,
      substitutesFor: date,
    })
  }
  return [...days, ...undecidedDays(year, knownOn)].filter((day) => yearOf(day.date) === year).sort(byDate)
}

const byDate = (a: CalendarDay, b: CalendarDay): number => (a.date < b.date ? -1 : 1)
