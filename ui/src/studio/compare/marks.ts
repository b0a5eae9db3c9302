import type { Comparison } from '../../app/api-types.ts'

export type Change = Comparison['changes'][number]
export type Side = 'before' | 'after'
export type Kind = 'added' | 'removed' | 'changed'
export type Mark = { id: string; kind: Kind; numbers: number[] }

/** Number of a change: its place in the list, the same as on the A3 page. */
export const numbered = (changes: readonly Change[]) =>
  changes.map((change, n) => ({ change, number: n + 1 }))

/** What is marked on one side; what only that side has came or went, everything else changed. */
export const marksOf = (
  changes: readonly Change[],
  side: Side,
  isInOther: (id: string) => boolean,
): Mark[] => {
  const marks = new Map<string, Mark>()
  for (const { change, number } of numbered(changes))
    for (const id of change.marks[side]) {
      const kind: Kind = isInOther(id) ? 'changed' : side === 'before' ? 'removed' : 'added'
      const mark = marks.get(id) ?? { id, kind, numbers: [] }
      mark.numbers.push(number)
      marks.set(id, mark)
    }
  return [...marks.values()]
}

/** “4, 7–9” */
export const numbersAsText = (numbers: readonly number[]): string => {
  const runs: [number, number][] = []
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([a, b]) => (a === b ? `${a}` : b === a + 1 ? `${a}, ${b}` : `${a}–${b}`)).join(', ')
}
