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
 * Steps that went into others: a step that is gone is merged into the one whose outcomes now keep its promises (they are
 * the legal acts: initials, signature, number) and did not before.
 */
export function merges(facts: { before: Rec; after: Rec }, gone: string[], come: string[]): Merge[] {
  const taken = (id: string) => {
    const had = promisesOf(facts.before, id)
    return [...promisesOf(facts.after, id)].filter((promise) => !had.has(promise))
  }
  const into = new Map<string, string[]>()
  const free = new Set(gone)
  for (const id of Object.keys(recOf(facts.after.steps))) {
    const promises = taken(id)
    const sources = [...free].filter((source) =>
      promises.some((promise) => promisesOf(facts.before, source).has(promise)),
    )
    if (sources.length === 0) continue
    for (const source of sources) free.delete(source)
    into.set(id, sources)
  }
  return [...into].map(([id, from]) => ({ from, into: id, isNew: come.includes(id) }))
}

/** “A” và “B” */
export const listed = (names: Required<Text>[]): Required<Text> => ({
  vi: names.map(({ vi }) => vi).join(' và '),
  en: names.map(({ en }) => en).join(' and '),
})
