import type { Text } from '../../text.ts'
import { listOf, type Rec, recOf } from './keyed.ts'

/** What the outcomes of a step promise, besides sending back, which every step can do. */
const promisesOf = (facts: Rec, id: string): Set<string> =>
  new Set(
    Object.values(recOf(recOf(recOf(facts.steps)[id]).outcomes))
      .flatMap((outcome) => listOf(recOf(outcome).promises).map(String))
      .filter((promise) => promise !== 'send-back'),
  )

export type Merge = { from: string[]; into: string; isNew: boolean }

/**
 * Steps that went into others. A step says so itself (`mergedFrom`); else a step that is gone is merged into the one
 * whose outcomes now keep its promises (they are the legal acts: initials, signature, number) and did not before.
 */
export function merges(facts: { before: Rec; after: Rec }, gone: string[], come: string[]): Merge[] {
  const steps = recOf(facts.after.steps)
  const taken = (id: string) => {
    const had = promisesOf(facts.before, id)
    return [...promisesOf(facts.after, id)].filter((promise) => !had.has(promise))
  }
  const into = new Map<string, string[]>()
  const free = new Set(gone)
  const take = (id: string, sources: string[]) => {
    if (sources.length === 0) return
    for (const source of sources) free.delete(source)
    into.set(id, [...(into.get(id) ?? []), ...sources])
  }
  for (const [id, step] of Object.entries(steps))
    take(
      id,
      listOf(recOf(step).mergedFrom)
        .map(String)
        .filter((source) => free.has(source)),
    )
  for (const id of Object.keys(steps)) {
    const promises = taken(id)
    take(
      id,
      [...free].filter((source) => promises.some((promise) => promisesOf(facts.before, source).has(promise))),
    )
  }
  return [...into].map(([id, from]) => ({ from, into: id, isNew: come.includes(id) }))
}

/** “A” và “B” */
export const listed = (names: Required<Text>[]): Required<Text> => ({
  vi: names.map(({ vi }) => vi).join(' và '),
  en: names.map(({ en }) => en).join(' and '),
})
