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

/** Every basis in the data with its place. */
function basesIn(value: unknown, path: (string | number)[]): (string | number)[][] {
  if (Array.isArray(value)) return value.flatMap((each, n) => basesIn(each, [...path, n]))
  if (!isObject(value)) return []
  const here = typeof value.source === 'string' && value.verified === false ? [path] : []
  return [...here, ...Object.entries(value).flatMap(([key, each]) => basesIn(each, [...path, key]))]
}

const RESTS_ON_LAW = ['limits', 'clockMode', 'supplement', 'consultation', 'confirmation', 'payment', 'fees']

/** One line for all of them: a page full of the same warning is read by nobody. */
const unverified: Law = ({ source: { definition } }) => {
  const places = RESTS_ON_LAW.flatMap((name) => basesIn(definition[name], [name]))
  const [first] = places
  if (!first) return []
  const named = (language: 'vi' | 'en') => places.map((path) => placeWords(path)[language]).join('; ')
  return [
    faultOf('basis-unverified', {
      field: first.join('.'),
      message: {
        vi: `Có ${places.length} căn cứ chưa đối chiếu văn bản gốc: ${named('vi')}.`,
        en: `${places.length} bases were not checked against their text: ${named('en')}.`,
      },
    }),
  ]
}

export const bases: Law = (facts) => [...supplements(facts), ...unverified(facts)]
