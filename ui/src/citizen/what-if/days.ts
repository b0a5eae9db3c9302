import type { Explained } from '../../app/api-types.ts'
import { daysIn } from '../../shared/proof-days.ts'

type Line = Explained['proof'][number]

/** What a day is to the count; `earlier` was counted before a supplement had everything counted anew. */
export type Look = 'due' | 'received' | 'stopped' | 'counted' | 'undecided' | 'skipped' | 'earlier'
export type TriedDay = { look: Look; number: number | null; line: Line }

/** Longer than any stretch worth drawing. */
const LONGEST = 4000
const daysOfLine = (line: Line): string[] => daysIn(line, LONGEST)

/** The days between the edges of a stop stood still as a whole; on its edges some time may have counted. */
const inner = (days: string[]) => days.slice(1, -1)

/** With a wait taken out days are cut in two, and no day is "the fifth" any more. */
const isCut = (proof: Line[]) => proof.some(({ kind, minutes }) => kind === 'stopped' && (minutes ?? 0) > 0)

/**
 * Each day of a proof as the calendar draws it. Only the count that set the date is numbered: what was counted before
 * papers were asked for is shown as earlier.
 */
export const daysOf = (proof: Line[]): Map<string, TriedDay> => {
  const found = new Map<string, TriedDay>()
  const put = (day: string, look: Look, line: Line) => found.set(day, { look, number: null, line })
  const round = proof.findLastIndex(({ kind }) => kind === 'first-day')
  proof.forEach((line, index) => {
    const days = daysOfLine(line)
    if (line.kind === 'counted' || (line.kind === 'moved' && line.counted))
      for (const day of days) put(day, index < round ? 'earlier' : 'counted', line)
    else if (line.kind === 'skipped') for (const day of days) put(day, 'skipped', line)
    else if (line.kind === 'stopped') for (const day of inner(days)) put(day, 'stopped', line)
    else if (line.kind === 'received' || line.kind === 'first-day')
      for (const day of days) put(day, 'received', line)
    else if (line.kind === 'due') for (const day of days) put(day, 'due', line)
  })
  const undecided = new Set(proof.filter(({ kind }) => kind === 'warning').map(({ day }) => day))
  for (const [day, entry] of found)
    if (entry.look === 'counted' && undecided.has(day)) entry.look = 'undecided'
  if (isCut(proof)) return found
  let number = 0
  for (const [day, entry] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (['counted', 'undecided'].includes(entry.look) || (entry.look === 'due' && counts(proof, day)))
      entry.number = ++number
  }
  return found
}

const counts = (proof: Line[], day: string): boolean =>
  proof.some((line) => line.counted && daysOfLine(line).includes(day))

/** The months from the first day to the last, each [year, month]. */
export const monthsOf = (days: Map<string, TriedDay>): [number, number][] => {
  const sorted = [...days.keys()].sort()
  const [first, last] = [sorted.at(0), sorted.at(-1)]
  if (!first || !last) return []
  const months: [number, number][] = []
  let [year, month] = first.split('-').map(Number) as [number, number]
  while (`${year}-${String(month).padStart(2, '0')}` <= last.slice(0, 7)) {
    months.push([year, month])
    month = month === 12 ? 1 : month + 1
    if (month === 1) year++
  }
  return months
}
