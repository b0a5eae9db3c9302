/**
 * How long a regular expression may take. The engines here and in the broker go back and try again, so the ways in which a
 * text can be read are counted: where one letter says which way to go there is one way, every other choice multiplies.
 */

/** The longest text that a pattern is tried on; longer ones fit no pattern (src/procedures/form.ts). */
const MOST_MATCHED = 1_000
const MOST_WAYS = 10_000
const MOST_PATTERN = 500
const MOST_NESTING = 20
const MOST_COUNT = 999

/** Letters as ranges of code points. */
type Letters = [from: number, to: number][]
type Node =
  | { kind: 'letter'; letters: Letters }
  | { kind: 'nothing'; start: boolean }
  | { kind: 'look'; of: Node }
  | { kind: 'one-of'; options: Node[] }
  | { kind: 'row'; items: Node[] }
  | { kind: 'again'; of: Node; min: number; max: number }

const LAST = 0x10ffff
const ANY: Letters = [[0, LAST]]
const DIGIT: Letters = [[48, 57]]
const WORD: Letters = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]
const SPACE: Letters = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]
const CONTROLS: Record<string, number> = { n: 10, r: 13, t: 9, f: 12, v: 11 }

/** Every letter but these. */
function others(letters: Letters): Letters {
  const found: Letters = []
  let next = 0
  for (const [from, to] of letters.toSorted((a, b) => a[0] - b[0])) {
    if (from > next) found.push([next, from - 1])
    next = Math.max(next, to + 1)
  }
  return next > LAST ? found : [...found, [next, LAST]]
}
const meet = (some: Letters, more: Letters) =>
  some.some(([from, to]) => more.some(([start, end]) => from <= end && start <= to))

/** A pattern that we do not read: it is not let through. */
class Strange extends Error {}

/** Reads what both engines read alike; whatever else there is in either of them is strange. */
function read(pattern: string): Node {
  const letters = [...pattern]
  let at = 0
  const peek = (text: string) => letters.slice(at, at + text.length).join('') === text
  const take = (text: string) => {
    const there = peek(text)
    if (there) at += text.length
    return there
  }
  const number = (digits: RegExp, base: number) => {
    let text = ''
    while (at < letters.length && digits.test(letters[at]!) && text.length < 8) text += letters[at++]
    if (text === '') throw new Strange()
    return Number.parseInt(text, base)
  }
  const hex = (length: number): number => {
    const text = letters.slice(at, at + length).join('')
    if (!/^[0-9a-f]+$/i.test(text) || text.length !== length) throw new Strange()
    at += length
    return Number.parseInt(text, 16)
  }
  /** What stands behind a backslash, as letters. */
  const escaped = (): Letters => {
    const letter = letters[at++]
    if (letter === undefined) throw new Strange()
    const kind = { d: DIGIT, w: WORD, s: SPACE }[letter.toLowerCase()]
    if (kind) return letter === letter.toLowerCase() ? kind : others(kind)
    if (letter === 'p' || letter === 'P') {
      if (!take('{')) throw new Strange()
      while (at < letters.length && letters[at] !== '}') at += 1
      if (!take('}')) throw new Strange()
      return ANY
    }
    const one = (code: number): Letters => [[code, code]]
    if (letter in CONTROLS) return one(CONTROLS[letter]!)
    if (letter === 'x') return one(hex(2))
    if (letter === 'u') {
      if (!take('{')) return one(hex(4))
      const code = number(/[0-9a-f]/i, 16)
      if (!take('}')) throw new Strange()
      return one(code)
    }
    if (/[\p{L}\p{N}]/u.test(letter)) throw new Strange()
    return one(letter.codePointAt(0)!)
  }
  const oneInClass = (): Letters => {
    const letter = letters[at++]
    // A class in a class, or two that are cut: the broker's engine has them, ours has not.
    if (letter === undefined || letter === '[' || (letter === '&' && peek('&'))) throw new Strange()
    return letter === '\\' ? escaped() : [[letter.codePointAt(0)!, letter.codePointAt(0)!]]
  }
  const inClass = (): Letters => {
    const not = take('^')
    const found: Letters = []
    while (!take(']')) {
      const from = oneInClass()
      if (peek('-') && letters[at + 1] !== ']') {
        at += 1
        const to = oneInClass()
        if (from.length !== 1 || to.length !== 1) throw new Strange()
        found.push([from[0]![0], to[0]![1]])
      } else found.push(...from)
    }
    return not ? others(found) : found
  }
  const group = (depth: number): Node => {
    const looks = take('?=') || take('?!') || take('?<=') || take('?<!')
    if (!looks && peek('?') && !take('?:')) throw new Strange()
    const of = oneOf(depth + 1)
    if (!take(')')) throw new Strange()
    return looks ? { kind: 'look', of } : of
  }
  const atom = (depth: number): Node => {
    const letter = letters[at++]!
    if (letter === '(') return group(depth)
    if (letter === '[') return { kind: 'letter', letters: inClass() }
    if (letter === '.') return { kind: 'letter', letters: ANY }
    if (letter === '^' || letter === '$') return { kind: 'nothing', start: letter === '^' }
    if (letter === '\\')
      return take('b') || take('B')
        ? { kind: 'nothing', start: false }
        : { kind: 'letter', letters: escaped() }
    if ('*+?{}])'.includes(letter)) throw new Strange()
    return { kind: 'letter', letters: [[letter.codePointAt(0)!, letter.codePointAt(0)!]] }
  }
  const times = (): [min: number, max: number] | null => {
    if (take('*')) return [0, Infinity]
    if (take('+')) return [1, Infinity]
    if (take('?')) return [0, 1]
    if (!take('{')) return null
    const min = number(/\d/, 10)
    const max = take(',') ? (peek('}') ? Infinity : number(/\d/, 10)) : min
    if (!take('}') || min > MOST_COUNT || (max !== Infinity && max > MOST_COUNT)) throw new Strange()
    return [min, max]
  }
  const row = (depth: number): Node => {
    const items: Node[] = []
    while (at < letters.length && !peek('|') && !peek(')')) {
      const of = atom(depth)
      const count = times()
      if (count) {
        take('?')
        if (peek('*') || peek('+') || peek('?') || peek('{')) throw new Strange()
      }
      items.push(count ? { kind: 'again', of, min: count[0], max: count[1] } : of)
    }
    return { kind: 'row', items }
  }
  const oneOf = (depth: number): Node => {
    if (depth > MOST_NESTING) throw new Strange()
    const options = [row(depth)]
    while (take('|')) options.push(row(depth))
    return options.length === 1 ? options[0]! : { kind: 'one-of', options }
  }
  const whole = oneOf(0)
  if (at < letters.length) throw new Strange()
  return whole
}

/** The letters with which a node can begin, and whether it can be nothing at all. */
function begins(node: Node): { letters: Letters; empty: boolean } {
  switch (node.kind) {
    case 'letter':
      return { letters: node.letters, empty: false }
    case 'nothing':
    case 'look':
      return { letters: [], empty: true }
    case 'one-of': {
      const all = node.options.map(begins)
      return { letters: all.flatMap(({ letters }) => letters), empty: all.some(({ empty }) => empty) }
    }
    case 'row': {
      const found: Letters = []
      for (const item of node.items) {
        const { letters, empty } = begins(item)
        found.push(...letters)
        if (!empty) return { letters: found, empty: false }
      }
      return { letters: found, empty: true }
    }
    case 'again': {
      const { letters, empty } = begins(node.of)
      return { letters, empty: empty || node.min === 0 }
    }
  }
}

/** In how many ways a node can be read at most, when what comes after it begins with `next`. */
function ways(node: Node, next: Letters): number {
  switch (node.kind) {
    case 'letter':
    case 'nothing':
      return 1
    case 'look':
      return ways(node.of, ANY)
    case 'one-of': {
      const options = node.options.map((option) => {
        const { letters, empty } = begins(option)
        return { count: ways(option, next), letters: empty ? [...letters, ...next] : letters }
      })
      const unclear = options.some(({ letters }, n) =>
        options.slice(n + 1).some((other) => meet(letters, other.letters)),
      )
      const counts = options.map(({ count }) => count)
      return unclear ? counts.reduce((sum, count) => sum + count, 0) : Math.max(...counts)
    }
    case 'row': {
      let follows = next
      let product = 1
      for (const item of node.items.toReversed()) {
        product *= ways(item, follows)
        const { letters, empty } = begins(item)
        follows = empty ? [...letters, ...follows] : letters
      }
      return product
    }
    case 'again': {
      const { letters, empty } = begins(node.of)
      if (node.max === 0) return 1
      if (empty && node.max > 1) return Infinity
      const most = Math.min(node.max, MOST_MATCHED)
      const inside = ways(node.of, node.max > 1 ? [...letters, ...next] : next) ** most
      const goesOn = node.min !== node.max && meet(letters, next)
      return goesOn ? inside * (most - node.min + 1) : inside
    }
  }
}

const isEndless = (node: Node): boolean => {
  if (node.kind === 'again') return node.max === Infinity || isEndless(node.of)
  if (node.kind === 'look') return isEndless(node.of)
  if (node.kind === 'one-of') return node.options.some(isEndless)
  return node.kind === 'row' && node.items.some(isEndless)
}
const isAtStart = (node: Node): boolean => {
  if (node.kind === 'one-of') return node.options.every(isAtStart)
  const first = node.kind === 'row' ? node.items[0] : node
  if (first === undefined || first === node) return node.kind === 'nothing' && node.start
  return isAtStart(first)
}

/** Whether a regular expression may take a time that nobody waits for, on a text of a thousand letters. Errs towards yes. */
export function mayRunAway(pattern: string): boolean {
  if (pattern.length > MOST_PATTERN) return true
  try {
    const node = read(pattern)
    // Without ^ it is tried at every letter.
    const starts = isEndless(node) && !isAtStart(node) ? MOST_MATCHED : 1
    return !(ways(node, []) * starts <= MOST_WAYS)
  } catch (error) {
    if (error instanceof Strange) return true
    throw error
  }
}
