import { addDays, weekday } from './format.ts'

/** The weeks of a month from Monday to Sunday; null where a week reaches into another month. */
export const weeksOf = (year: number, month: number): (string | null)[][] => {
  const prefix = `${year}-${String(month).padStart(2, '0')}`
  const first = `${prefix}-01`
  const before = (weekday(first) + 6) % 7
  const cells: (string | null)[] = Array.from({ length: before }, () => null)
  for (let day = first; day.startsWith(prefix); day = addDays(day, 1)) cells.push(day)
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
