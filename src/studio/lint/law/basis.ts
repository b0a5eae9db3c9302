import type { Law } from '../facts.ts'
import type { StudioFault } from '../fault.ts'
import { placeWords } from '../place.ts'
import { faultOf } from '../rules.ts'

type Loose = Record<string, unknown>
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null
const saysSomething = (value: unknown) => typeof value === 'string' && /\p{L}/u.test(value)
/** Words that hold the place of a source nobody has found. */
const PLACEHOLDER = /^(\W*|todo|tbd|chưa có|chưa rõ|không có|không|none|\?+)$/i

/** Rounds of supplement that name no text: looked for in the data as typed, so that a missing basis is called by its name. */
const supplements: Law = ({ source: { definition } }) => {
  const supplement = definition.supplement
  const rounds = isObject(supplement) && Array.isArray(supplement.rounds) ? supplement.rounds : []
  return rounds.flatMap((round: unknown, n): StudioFault[] => {
    const basis = isObject(round) && isObject(round.basis) ? round.basis : {}
    const given = [basis.text, basis.source]
    if (given.every((each) => saysSomething(each) && !PLACEHOLDER.test(String(each).trim()))) return []
    return [
      faultOf('supplement-basis', {
        field: `supplement.rounds.${n}.basis`,
        message: {
          vi: `Lượt bổ sung ${n + 1} chưa ghi căn cứ pháp lý.`,
          en: `Supplement round ${n + 1} names no legal basis.`,
        },
      }),
    ]
  })
}

type Path = (string | number)[]
type Unread = { path: Path; name: string; text: string; source: string }

/** A row by what it is about, so that a row put before it does not make it another one. */
const nameOf = (row: unknown, n: number): string =>
  isObject(row) ? String(row.key ?? row.case ?? row.stage ?? n) : String(n)

/** Every basis in the data that nobody has checked, with its place. */
function unreadIn(value: unknown, path: Path, name: string): Unread[] {
  if (Array.isArray(value))
    return value.flatMap((each, n) => unreadIn(each, [...path, n], `${name}.${nameOf(each, n)}`))
  if (!isObject(value)) return []
  const { text, source, verified } = value
  const here =
    typeof source === 'string' && verified === false ? [{ path, name, text: String(text), source }] : []
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, each]) => unreadIn(each, [...path, key], `${name}.${key}`)),
  ]
}

const RESTS_ON_LAW = [
  'limits',
  'clockMode',
  'supplement',
  'consultation',
  'confirmation',
  'payment',
  'fees',
  'papers',
]

/** One line for each text that was not looked up, with every place that rests on it. */
const unverified: Law = ({ source: { definition } }) => {
  const all = RESTS_ON_LAW.flatMap((name) => unreadIn(definition[name], [name], name))
  const byText = Map.groupBy(all, ({ text, source }) => JSON.stringify([text, source]))
  return [...byText.values()].map((places) => {
    const { path, text, source } = places[0]!
    const said = source.length > 160 ? `${source.slice(0, 160)}…` : source
    const named = (language: 'vi' | 'en') => places.map((each) => placeWords(each.path)[language]).join('; ')
    return faultOf('basis-unverified', {
      field: path.join('.'),
      facts: [text, source, places.map(({ name }) => name).sort()],
      message: {
        vi: `Chưa đối chiếu văn bản gốc: “${said}” (${named('vi')}).`,
        en: `Not checked against its text: “${said}” (${named('en')}).`,
      },
    })
  })
}

export const bases: Law = (facts) => [...supplements(facts), ...unverified(facts)]
