/*
 * The order in which a diagram is read, and the numbers of its steps: the one place that both the server (pain, heat map,
 * annex) and the editor's table take them from, so that “bước 3” is the same step to everybody. Runs in a browser too.
 */

export type Branch = 'main' | 'side' | 'loose'
export type Placed = { id: string; branch: Branch }

/** What the work of machines that are asked about can answer, in order. */
export const MACHINE_OUTCOMES: Record<string, string[]> = {
  'fee.calculate': ['due', 'none'],
  'confirmation.request': ['sent', 'not-needed'],
}

/**
 * Nodes in reading order: the straight way from the start to its end, then each side branch where it leaves it; what no
 * flow reaches comes last. `waysFrom`: where the flows out of a node lead, the straight one first.
 */
export function readingOrder(
  ids: Iterable<string>,
  starts: readonly string[],
  waysFrom: (id: string) => readonly string[],
): Placed[] {
  const all = new Set(ids)
  const order: Placed[] = []
  const seen = new Set<string>()
  const walk = (from: string, branch: Branch): string[] => {
    const path: string[] = []
    for (
      let at: string | undefined = from;
      at !== undefined && !seen.has(at) && all.has(at);
      at = waysFrom(at)[0]
    ) {
      seen.add(at)
      path.push(at)
      order.push({ id: at, branch })
    }
    return path
  }
  const open: string[] = []
  for (const start of starts) open.push(...walk(start, 'main'))
  for (let n = 0; n < open.length; n++)
    for (const target of waysFrom(open[n]!).slice(1))
      if (!seen.has(target)) open.push(...walk(target, 'side'))
  for (const id of all) if (!seen.has(id)) order.push({ id, branch: 'loose' })
  return order
}

/** The ways out of a question in the order of the answers they are taken with: the first answer is the straight way on. */
export function inOrderOfAnswers<T>(
  ways: readonly T[],
  answers: readonly string[],
  answerOf: (way: T) => string | null,
): T[] {
  const place = (way: T) => {
    const at = answers.indexOf(answerOf(way) ?? '')
    return at < 0 ? answers.length : at
  }
  return ways.toSorted((a, b) => place(a) - place(b))
}

/** The numbers of people's steps, from 1; machines' work and waits have none. */
export function stepNumbers(order: readonly Placed[], isStep: (id: string) => boolean): Map<string, number> {
  return new Map(order.filter(({ id }) => isStep(id)).map(({ id }, n) => [id, n + 1]))
}
