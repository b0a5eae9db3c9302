import type { ProcedureSource } from '../../../app/api-types.ts'
import type { FaultPart } from '../../draft/types.ts'
import { isRecord, type Loose } from '../../panels/model/loose.ts'

/** One thing in which two versions of a draft differ, and from where they both come. */
export type Difference = {
  /** `bpmn`, `definition.limits`, `definition.steps.Appraise`, `examples.01-happy.json` … */
  key: string
  part: FaultPart
  base: unknown
  mine: unknown
  theirs: unknown
  /** Who changed it; only what both changed needs a choice. */
  by: 'me' | 'them' | 'both'
}
export type Side = 'mine' | 'theirs'
export type Choices = Record<string, Side>

/** Parts of the data whose entries are told apart one by one: two people may change two steps. */
const BY_ENTRY = ['steps', 'waits', 'exchanges']
const PART_OF: Record<string, FaultPart> = {
  steps: 'diagram',
  waits: 'diagram',
  phases: 'diagram',
  exchanges: 'diagram',
  children: 'diagram',
  papers: 'papers',
  limits: 'limits',
  clockMode: 'limits',
  allotments: 'limits',
  supplement: 'limits',
  consultation: 'limits',
  confirmation: 'limits',
  reception: 'limits',
  fees: 'fees',
  payment: 'fees',
  result: 'letters',
  phrases: 'letters',
  apology: 'letters',
  signer: 'letters',
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)

/** A source as flat entries; put together again by `fromEntries`. */
const entriesOf = (source: ProcedureSource): Map<string, unknown> => {
  const entries = new Map<string, unknown>([
    ['bpmn', source.bpmn],
    ['dmn', source.dmn],
  ])
  for (const [key, value] of Object.entries(source.definition)) {
    if (BY_ENTRY.includes(key) && isRecord(value))
      for (const [id, each] of Object.entries(value)) entries.set(`definition.${key}.${id}`, each)
    else entries.set(`definition.${key}`, value)
  }
  for (const [key, value] of Object.entries(source.eform)) entries.set(`eform.${key}`, value)
  for (const list of ['results', 'examples'] as const)
    for (const { name, content } of source[list]) entries.set(`${list}.${name}`, content)
  return entries
}

const ABSENT = undefined

const partOf = (key: string): FaultPart => {
  const [first, second] = key.split('.')
  if (first === 'bpmn') return 'diagram'
  if (first === 'dmn') return 'routing'
  if (first === 'eform') return 'form'
  if (first === 'results') return 'letters'
  if (first === 'examples') return 'examples'
  return PART_OF[second ?? ''] ?? 'facts'
}

/** Everything in which mine and theirs differ. */
export const differences = (
  base: ProcedureSource,
  mine: ProcedureSource,
  theirs: ProcedureSource,
): Difference[] => {
  const [b, m, t] = [entriesOf(base), entriesOf(mine), entriesOf(theirs)]
  const keys = new Set([...b.keys(), ...m.keys(), ...t.keys()])
  return [...keys].flatMap((key) => {
    const [was, my, their] = [b.get(key), m.get(key), t.get(key)]
    if (same(my, their)) return []
    const by = same(was, my) ? 'them' : same(was, their) ? 'me' : 'both'
    return [{ key, part: partOf(key), base: was, mine: my, theirs: their, by } as const]
  })
}

/** What only one has changed is taken from that one; of what both have changed somebody has to choose. */
export const firstChoices = (found: Difference[]): Choices =>
  Object.fromEntries(
    found.flatMap(({ key, by }) => (by === 'both' ? [] : [[key, by === 'me' ? 'mine' : 'theirs']])),
  )

export const isDecided = (found: Difference[], choices: Choices): boolean =>
  found.every(({ key }) => choices[key] !== undefined)

/** Keys of an object in the order of the first one that has them, then of the second. */
const inOrder = (first: string[], second: string[], has: (key: string) => boolean): string[] =>
  [...new Set([...first, ...second])].filter(has)

/** The two versions as one: theirs, and in it what is chosen of mine. */
export const merge = (
  mine: ProcedureSource,
  theirs: ProcedureSource,
  found: Difference[],
  choices: Choices,
): ProcedureSource => {
  const taken = entriesOf(theirs)
  for (const { key, mine: value } of found) {
    if (choices[key] !== 'mine') continue
    if (value === ABSENT) taken.delete(key)
    else taken.set(key, value)
  }
  const object = (part: 'definition' | 'eform') => {
    const keys = inOrder(Object.keys(theirs[part]), Object.keys(mine[part]), () => true)
    return Object.fromEntries(
      keys.flatMap((key): [string, unknown][] => {
        const path = `${part}.${key}`
        if (part === 'definition' && BY_ENTRY.includes(key)) {
          const ids = inOrder(
            Object.keys((theirs.definition[key] ?? {}) as Loose),
            Object.keys((mine.definition[key] ?? {}) as Loose),
            (id) => taken.has(`${path}.${id}`),
          )
          return [[key, Object.fromEntries(ids.map((id) => [id, taken.get(`${path}.${id}`)]))]]
        }
        return taken.has(path) ? [[key, taken.get(path)]] : []
      }),
    )
  }
  const list = (part: 'results' | 'examples') =>
    inOrder(
      theirs[part].map(({ name }) => name),
      mine[part].map(({ name }) => name),
      (name) => taken.has(`${part}.${name}`),
    ).map((name) => ({ name, content: taken.get(`${part}.${name}`) }))
  return {
    definition: object('definition'),
    eform: object('eform'),
    bpmn: taken.get('bpmn'),
    dmn: taken.get('dmn'),
    results: list('results'),
    examples: list('examples'),
  } as ProcedureSource
}
