import type { ProofLine } from '../app/api-types.ts'
import { addDays, legalDay } from './format.ts'

export type Day = { day: string; line: ProofLine; number: number | null; due: boolean }

/** Longer than any limit in days: a fault in the data must not fill the page. */
const LONGEST_STRIP = 92
const dayOf = (value: string): string => (value.length === 10 ? value : legalDay(value))

/** First and last day of a line, which names one day or a stretch. */
const span = (line: ProofLine): [string, string] | null => {
  const from = line.day ?? line.from ?? line.to
  return from === undefined ? null : [dayOf(from), dayOf(line.day ?? line.to ?? from)]
}

/** The days that the lines cover, in order; counted ones are numbered from 1, the due day is marked. */
export const daysOf = (lines: ProofLine[]): Day[] => {
  const days = new Map<string, ProofLine>()
  const due = new Set(lines.filter(({ kind }) => kind === 'due').map((line) => span(line)?.[1]))
  for (const line of lines) {
    const [from, to] = span(line) ?? ['1', '0']
    for (let day = from, steps = 0; day <= to && steps < LONGEST_STRIP; steps++, day = addDays(day, 1)) {
      if (!days.has(day) || line.counted) days.set(day, line)
    }
  }
  let number = 0
  return [...days.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([day, line]) => ({ day, line, number: line.counted ? ++number : null, due: due.has(day) }))
}
