/** Data of a draft: kept as typed, so any part may be missing or of another kind than it will have to be. */
export type Loose = Record<string, unknown>
export type Path = readonly (string | number)[]

export const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a place, or undefined where the way to it breaks off. */
export const getIn = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, step) => (Array.isArray(at) || isRecord(at) ? (at as Loose)[step] : undefined),
    value,
  )

/**
 * The same data with another value at a place; `undefined` takes the key away. Everything else keeps its place and order;
 * what is missing on the way is made.
 */
export const setIn = (value: unknown, path: Path, next: unknown): unknown => {
  const [step, ...rest] = path
  if (step === undefined) return next
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : []
    list[step] = setIn(list[step], rest, next)
    return list
  }
  const record = isRecord(value) ? value : {}
  const below = setIn(record[step], rest, next)
  if (below !== undefined) return { ...record, [step]: below }
  const { [step]: _gone, ...others } = record
  return others
}

export const listAt = (value: unknown, path: Path = []): unknown[] => {
  const found = getIn(value, path)
  return Array.isArray(found) ? found : []
}
export const recordAt = (value: unknown, path: Path = []): Loose => {
  const found = getIn(value, path)
  return isRecord(found) ? found : {}
}
export const textAt = (value: unknown, path: Path = []): string => {
  const found = getIn(value, path)
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}
export const textsAt = (value: unknown, path: Path = []): string[] =>
  listAt(value, path).filter((each): each is string => typeof each === 'string')

/** A list with one thing at another place. */
export const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const rest = list.filter((_, index) => index !== from)
  return from in list ? [...rest.slice(0, to), list[from]!, ...rest.slice(to)] : rest
}
export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, at) => at !== index)

/** A choice with one more word: before the first chosen one that is offered later; the chosen ones keep their order. */
export const withWord = (chosen: readonly string[], word: string, offered: readonly string[]): string[] => {
  const later = chosen.findIndex((each) => offered.indexOf(each) > offered.indexOf(word))
  const at = later < 0 ? chosen.length : later
  return [...chosen.slice(0, at), word, ...chosen.slice(at)]
}

/** A record with a key under another name, in its place. */
export const renamed = (record: Loose, from: string, to: string): Loose =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key === from ? to : key, value]))

/** Every string of the data, wherever it stands, passed through a function; what does not change stays the same object. */
export const mapTexts = (value: unknown, change: (text: string) => string): unknown => {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) {
    const list = value.map((each) => mapTexts(each, change))
    return list.some((each, index) => each !== value[index]) ? list : value
  }
  if (!isRecord(value)) return value
  const entries = Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)] as const)
  return entries.some(([key, each]) => each !== value[key]) ? Object.fromEntries(entries) : value
}

/**
 * A key in camel case out of words in any language, unlike those taken. Keys of papers and cases are made of letters alone
 * (`lettersOnly`).
 */
export const keyFrom = (
  words: string,
  taken: readonly string[],
  fallback: string,
  lettersOnly = false,
): string => {
  const parts = words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
    .split(lettersOnly ? /[^a-z]+/ : /[^a-z0-9]+/)
    .filter(Boolean)
    .slice(0, 5)
  const joined = parts.map((part, n) => (n === 0 ? part : part[0]!.toUpperCase() + part.slice(1))).join('')
  const base = /^[a-z]/.test(joined) ? joined : fallback
  let key = base
  for (let n = 2; taken.includes(key); n += 1) key = base + (lettersOnly ? 'X'.repeat(n - 1) : String(n))
  return key
}
