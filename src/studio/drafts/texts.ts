import { createHash } from 'node:crypto'

/** A piece of the next text: lines of the base from a number on, so many of them; or lines written out. */
type Piece = [from: number, count: number] | string[]

export const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Lines that stand everywhere (`</bpmn:task>`) are looked for in few places: more would cost time and save nothing. */
const MOST_PLACES = 16

function placesOf(lines: string[]): Map<string, number[]> {
  const places = new Map<string, number[]>()
  lines.forEach((line, n) => {
    const known = places.get(line)
    if (!known) places.set(line, [n])
    else if (known.length < MOST_PLACES) known.push(n)
  })
  return places
}

/** How many lines are the same from here on in both. */
function sameFrom(base: string[], at: number, next: string[], n: number): number {
  let count = 0
  while (n + count < next.length && at + count < base.length && base[at + count] === next[n + count]) count++
  return count
}

/** What turns `base` into `next`, by lines: a save of a large diagram changes a few of them, often in two places. */
export function difference(base: string, next: string): string {
  const from = base.split('\n')
  const to = next.split('\n')
  const places = placesOf(from)
  const pieces: Piece[] = []
  let written: string[] = []
  // Where the base goes on after the last lines taken from it.
  let after = 0
  for (let n = 0; n < to.length; ) {
    let best: [at: number, count: number] = [after, sameFrom(from, after, to, n)]
    if (best[1] === 0)
      for (const at of places.get(to[n]!) ?? []) {
        const count = sameFrom(from, at, to, n)
        if (count > best[1]) best = [at, count]
      }
    if (best[1] === 0) {
      written.push(to[n++]!)
      // A line replaced by another: the base most likely goes on behind it.
      after++
      continue
    }
    if (written.length > 0) pieces.push(written)
    written = []
    pieces.push(best)
    after = best[0] + best[1]
    n += best[1]
  }
  if (written.length > 0) pieces.push(written)
  return JSON.stringify(pieces)
}

const isLines = (piece: Piece): piece is string[] => typeof piece[0] === 'string'

/** The text that `difference` was made from. */
export function withDifference(base: string, difference: string): string {
  const from = base.split('\n')
  return (JSON.parse(difference) as Piece[])
    .flatMap((piece) => (isLines(piece) ? piece : from.slice(piece[0], piece[0] + piece[1])))
    .join('\n')
}
