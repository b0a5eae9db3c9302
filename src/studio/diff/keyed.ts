import type { ProcedureSource } from '../source.ts'

export type Rec = Record<string, unknown>
export const isRec = (value: unknown): value is Rec =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const recOf = (value: unknown): Rec => (isRec(value) ? value : {})
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

type KeyOf = (item: Rec) => unknown
/** By what the members of a list are known: a row moved up or down is the same row. */
export const KEYS: Record<string, KeyOf> = {
  papers: ({ key }) => key,
  cases: ({ key }) => key,
  limits: (row) => row.case,
  fees: (row) => `${row.channel} ${row.case ?? '*'}`,
  rounds: ({ stage }) => stage,
  bodies: ({ named, agency, unit }) => `${named ?? agency} ${unit}`,
  children: ({ key }) => key,
  phases: ({ name }) => recOf(name).vi,
  phrases: ({ paperKey, text }) => `${paperKey ?? ''} ${text}`,
  resultTemplates: ({ key }) => key,
}

/** What a field that is left out means. */
const LEFT_OUT: Rec = { agency: 'lead', counter: 'place', deciding: 'lead', clock: 'RUNS', template: 'grant' }

/** A member's name in the keyed record: its key where it has one of its own, else its number. */
export function nameOfRow(rows: unknown[], n: number, name: string): string {
  const keyOf = KEYS[name]
  const known = (at: number) => (isRec(rows[at]) ? keyOf?.(rows[at]) : undefined)
  const key = known(n)
  const first = rows.findIndex((_, at) => known(at) === key)
  return typeof key === 'string' && key !== '' && first === n ? key : `#${n + 1}`
}

/** Lists of data as records by their members' keys, all the way down. Members without a key, or with another's, go by number. */
export function keyed(value: unknown, name = ''): unknown {
  const keyOf = KEYS[name]
  if (Array.isArray(value)) {
    if (!keyOf || !value.every(isRec)) return value
    return Object.fromEntries(value.map((item, n) => [nameOfRow(value, n, name), keyed(item)]))
  }
  if (!isRec(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, keyed(item, key)]))
}

const ROWS = [
  'cases',
  'limits',
  'papers',
  'fees',
  'exchanges',
  'children',
  'phrases',
  'phases',
  'steps',
  'waits',
  'allotments',
]
/** Rows that a file may leave out: the first of them is a row that is new, not a new thing as a whole. */
const NONE: Rec = Object.fromEntries(ROWS.map((name) => [name, {}]))

/** procedure.json with its lists by key, and the templates of results beside them. */
export function keyedFacts({ definition, results }: Pick<ProcedureSource, 'definition' | 'results'>): Rec {
  const facts = recOf(keyed(definition))
  return {
    ...NONE,
    ...facts,
    // Which case a dossier is of depends on the order in which they are tried.
    order: { cases: listOf(definition.cases).map((_, n, rows) => nameOfRow(rows, n, 'cases')) },
    resultTemplates: {
      ...recOf(facts.resultTemplates),
      ...Object.fromEntries(results.map(({ content, name }) => [String(content.key ?? name), content])),
    },
  }
}

const absent = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (isRec(value) && Object.keys(value).length === 0)

/** One text for equal data, whatever the order of its fields. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, item) =>
    isRec(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  ) ?? 'null'

/** What is named as a whole: a length of time, a text in two languages, a basis. A record whose members are called so is none. */
const isWhole = (value: unknown) =>
  !isRec(value) ||
  (typeof value.unit === 'string' && 'value' in value && !isRec(value.value)) ||
  typeof value.vi === 'string' ||
  (typeof value.text === 'string' && !isRec(value.source))

/** Lists in which only the members count, not their order. */
const SETS = new Set([
  'channels',
  'accept',
  'cases',
  'promises',
  'clockOutcomes',
  'after',
  'rules',
  'elements',
])

export type Difference = { path: string[]; before: unknown; after: unknown }

/** The places where two records differ; where only one side has something, the place is that whole thing. */
export function differences(before: unknown, after: unknown, path: string[] = []): Difference[] {
  const name = path.at(-1) ?? ''
  const was = before === undefined && name in LEFT_OUT ? LEFT_OUT[name] : before
  const is = after === undefined && name in LEFT_OUT ? LEFT_OUT[name] : after
  if (absent(was) && absent(is)) return []
  if (isRec(was) && isRec(is) && !isWhole(was) && !isWhole(is)) {
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    return names.flatMap((key) => differences(was[key], is[key], [...path, key]))
  }
  const sorted = (value: unknown) =>
    SETS.has(name) && path[0] !== 'order' && Array.isArray(value) ? [...value].sort().map(String) : value
  if (canonical(sorted(was)) === canonical(sorted(is))) return []
  return [{ path, before: absent(was) ? undefined : was, after: absent(is) ? undefined : is }]
}
