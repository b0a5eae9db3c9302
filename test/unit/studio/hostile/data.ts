/** Data that somebody might send to keep the server busy: each is a change to one part of 1.013225. */
import { sourceOf } from '../sources.ts'

const { definition, eform, examples } = sourceOf('1.013225')

type Json = Record<string, unknown>
export type HostileData = {
  name: string
  part: 'definition' | 'eform' | 'examples' | 'results'
  value: unknown
  /** Where it must be said to be, below the name of what carries the parts. */
  at: string
  deep?: true
}

const form = (properties: Json): Json => ({
  ...eform,
  schema: {
    ...(eform.schema as Json),
    properties: { ...((eform.schema as Json).properties as Json), ...properties },
  },
})
const question = (more: Json) => form({ evil: { type: 'string', title: 'Mã số', ...more } })
const many = <T>(length: number, make: (n: number) => T) => Array.from({ length }, (_, n) => make(n))
function nested(depth: number): unknown {
  let value: unknown = 1
  for (let n = 0; n < depth; n += 1) value = { a: value }
  return value
}

export const hostileData: HostileData[] = [
  {
    name: 'a pattern that repeats what repeats',
    part: 'eform',
    value: question({ pattern: '^(a+)+$' }),
    at: 'eform.schema.properties.evil',
  },
  {
    name: 'a pattern of ten repetitions in a row',
    part: 'eform',
    value: question({ pattern: `^${'[a-z]*'.repeat(10)}$` }),
    at: 'eform.schema.properties.evil',
  },
  {
    name: 'a pattern of thirty letters that may be missing',
    part: 'eform',
    value: question({ pattern: `^${'a?'.repeat(30)}a{30}$` }),
    at: 'eform.schema.properties.evil',
  },
  {
    name: 'a pattern as the name of further questions',
    part: 'eform',
    value: question({ type: 'object', patternProperties: { '^(a|a)*$': { type: 'string' } } }),
    at: 'eform.schema.properties.evil.patternProperties',
  },
  {
    name: 'a pattern of the names of further questions',
    part: 'eform',
    value: question({ type: 'object', propertyNames: { pattern: '(a*)*b' } }),
    at: 'eform.schema.properties.evil.propertyNames',
  },
  {
    name: 'ten thousand questions',
    part: 'eform',
    value: form(Object.fromEntries(many(10_000, (n) => [`q${n}`, { type: 'string', title: `Mục ${n}` }]))),
    at: 'eform.schema.properties',
  },
  {
    name: 'a title of a hundred thousand brackets',
    part: 'eform',
    value: question({ title: '('.repeat(100_000) }),
    at: 'eform.schema.properties.evil.title',
  },
  {
    name: 'forty conditions in one another',
    part: 'eform',
    value: question({ if: nested(40) }),
    at: `eform.schema.properties.evil.if${'.a'.repeat(36)}`,
    deep: true,
  },
  {
    name: 'five thousand limits',
    part: 'definition',
    value: { ...definition, limits: many(5_000, () => (definition.limits as unknown[])[0]) },
    at: 'definition.limits',
  },
  {
    name: 'values without end',
    part: 'definition',
    value: { ...definition, notes: many(300, () => many(300, () => 1)) },
    at: 'definition',
  },
  {
    name: 'an example of two thousand steps',
    part: 'examples',
    value: [
      {
        name: 'x.json',
        content: {
          ...examples[0]!.content,
          walk: many(2_000, () => ({ element: 'Receive', outcome: 'received' })),
        },
      },
    ],
    at: 'examples.0.content.walk',
  },
]
