import type { Text } from '../../text.ts'
import { asJson, type Change } from './change.ts'
import { RULES } from './fact-rules.ts'
import { type Facts, join } from './fact-words.ts'
import { type Difference, type Rec, recOf } from './keyed.ts'
import { limitWords, say, valueWords } from './words.ts'

type Words = Required<Text>

/** The keys that the `*` of a pattern stand for; null where it does not fit. `**` is the rest of the way. */
export function starsOf(pattern: string, path: string[]): string[] | null {
  const parts = pattern.split('.')
  const open = parts.at(-1) === '**'
  if (open) parts.pop()
  if (open ? path.length <= parts.length : path.length !== parts.length) return null
  const keys: string[] = []
  for (const [n, part] of parts.entries()) {
    if (part === '*') keys.push(path[n]!)
    else if (part !== path[n]) return null
  }
  return keys
}

/** One place of procedure.json that differs, in words; a place that no rule knows is named by its path. */
export function factChange(difference: Difference, facts: Facts): Change {
  const { path, before, after } = difference
  const said = RULES.flatMap(([pattern, of]) => {
    const keys = starsOf(pattern, path)
    return keys ? [of({ ...difference, facts, keys })] : []
  })[0] ?? {
    part: 'facts' as const,
    words: join(say(`Dữ liệu “${path.join(' › ')}”`, `Data “${path.join(' › ')}”`), difference),
  }
  return {
    part: said.part,
    elementId: said.elementId ?? null,
    // A key may hold a dot of its own (an agency's code): the path has them between its parts alone.
    field: path.map((key) => key.replaceAll('.', '_')).join('.'),
    kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    before: asJson(before),
    after: asJson(after),
    words: said.words,
    marks: { before: [], after: [] },
  }
}

/** “chuyên viên, 28 giờ LV”: who does a step, and how long, for a step that came or went. */
export function aboutStep(facts: Rec, id: string): Words {
  const step = recOf(recOf(facts.steps)[id])
  const times = Object.values(recOf(facts.allotments)).flatMap((row) => {
    const time = recOf(row)[id]
    return time === undefined ? [] : [limitWords(time)]
  })
  const role = step.role === undefined ? [] : [valueWords(step.role)]
  const unique = times.filter(({ vi }, n) => times.findIndex((other) => other.vi === vi) === n)
  const all = [...role, ...unique]
  if (all.length === 0) return say('', '')
  return say(` (${all.map(({ vi }) => vi).join(', ')})`, ` (${all.map(({ en }) => en).join(', ')})`)
}
