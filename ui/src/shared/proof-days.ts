import type { ProofLine } from '../app/api-types.ts'
import { addDays, legalDay } from './format.ts'

export type Day = { day: string; line: ProofLine; number: number | null; due: boolean }

/** Longer than any limit in days: a fault in the data must not fill the page. */
const LONGEST_STRIP = 92
const dayOf = (value: string): string => (value.length === 10 ? value : legalDay(value))

/** The days that a line names: one, or a stretch, of which no more than `longest`. */
export const daysIn = (line: Pick<ProofLine, 'day' | 'from' | 'to'>, longest = LONGEST_STRIP): string[] => {
  const from = line.day ?? line.from ?? line.to
  if (from === undefined) return []
  const last = dayOf(line.day ?? line.to ?? from)
  const days: string[] = []
  for (let day = dayOf(from); day <= last && days.length < longest; day = addDays(day, 1)) days.push(day)
  return days
}

/** Where the count that set the date begins: supplements have everything counted anew. */
export const lastCount = (lines: ProofLine[]): number =>
  lines.findLastIndex(({ kind }) => kind === 'restarted')

/**
 * The days that the lines cover, in order; counted ones are numbered from 1, the due day is marked. Of a count that was
 * begun anew the days before are there without a number, and what it would have counted later is gone.
 */
export const daysOf = (lines: ProofLine[]): Day[] => {
  const anew = lastCount(lines)
  const current = lines.slice(anew + 1)
  const days = new Map<string, ProofLine>()
  const restarted = lines[anew]
  const [begun] = restarted ? daysIn(restarted) : []
  if (restarted && begun)
    for (const day of lines.slice(0, anew).flatMap((line) => daysIn(line)))
      if (day < begun) days.set(day, restarted)
  for (const line of current)
    for (const day of daysIn(line)) if (!days.has(day) || line.counted) days.set(day, line)
  const due = new Set(current.filter(({ kind }) => kind === 'due').map((line) => daysIn(line).at(-1)))
  let number = 0
  return [...days.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, line]) => ({ day, line, number: line.counted ? ++number : null, due: due.has(day) }))
}
