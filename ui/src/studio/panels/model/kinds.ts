import { isRecord, type Loose, recordAt, textAt } from './loose.ts'

/** What a question asks for, as an analyst says it; `other`: a shape that this editor does not know and leaves alone. */
export const KINDS = [
  'text',
  'longText',
  'number',
  'integer',
  'date',
  'choice',
  'yesNo',
  'undertaking',
  'address',
  'phone',
  'email',
  'identity',
  'identityOrEnterprise',
  'year',
] as const
export type Kind = (typeof KINDS)[number]

type Shape = { schema: Loose; ui?: Loose }
const SHAPES: Record<Kind, Shape> = {
  text: { schema: { type: 'string', maxLength: 200 } },
  longText: { schema: { type: 'string', maxLength: 1000 }, ui: { 'ui:widget': 'textarea' } },
  number: { schema: { type: 'number' } },
  integer: { schema: { type: 'integer' } },
  date: { schema: { type: 'string', format: 'date' } },
  choice: { schema: { type: 'string', oneOf: [] }, ui: { 'ui:widget': 'radio' } },
  yesNo: { schema: { type: 'boolean' } },
  undertaking: { schema: { type: 'boolean', const: true } },
  address: { schema: { type: 'string', 'x-personal': 'address', minLength: 5, maxLength: 300 } },
  phone: { schema: { type: 'string', pattern: '^0\\d{9}$' }, ui: { 'ui:placeholder': '0912345678' } },
  email: { schema: { type: 'string', format: 'email', maxLength: 254 } },
  identity: { schema: { type: 'string', pattern: '^\\d{12}$' } },
  identityOrEnterprise: { schema: { type: 'string', pattern: '^(\\d{12}|\\d{10}(-\\d{3})?)$' } },
  year: { schema: { type: 'string', pattern: '^(19|20)\\d{2}$' } },
}

/** Keywords that belong to a kind of question; everything else of a question stays when its kind changes. */
const OWN = [
  'type',
  'format',
  'pattern',
  'oneOf',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'items',
  'properties',
]
const OWN_UI = ['ui:widget', 'ui:placeholder']

const PATTERNS = new Map<unknown, Kind>(
  (['phone', 'identity', 'identityOrEnterprise', 'year'] as const).map((kind) => [
    SHAPES[kind].schema.pattern,
    kind,
  ]),
)

/** The kind that a question of the form has, from its schema and the way it is shown. */
export function kindOf(schema: unknown, ui: unknown): Kind | 'other' {
  if (!isRecord(schema)) return 'other'
  if (Array.isArray(schema.oneOf)) return schema.type === 'string' || !schema.type ? 'choice' : 'other'
  if (schema.enum !== undefined || schema.$ref !== undefined) return 'other'
  if (schema.type === 'boolean') return schema.const === true ? 'undertaking' : 'yesNo'
  if (schema.type === 'number' || schema.type === 'integer') return schema.type
  if (schema.type !== 'string') return 'other'
  if (schema.format === 'date' || schema.format === 'email') return schema.format
  if (schema.format !== undefined) return 'other'
  const patterned = PATTERNS.get(schema.pattern)
  if (patterned) return patterned
  if (recordAt(ui)['ui:widget'] === 'textarea') return 'longText'
  return schema['x-personal'] === 'address' ? 'address' : 'text'
}

/** A question and its showing made another kind; title, help, personal mark and unknown words stay. */
export function withKind(schema: unknown, ui: unknown, kind: Kind): Shape {
  const keep = Object.fromEntries(Object.entries(recordAt(schema)).filter(([key]) => !OWN.includes(key)))
  const keepUi = Object.fromEntries(Object.entries(recordAt(ui)).filter(([key]) => !OWN_UI.includes(key)))
  const shape = SHAPES[kind]
  const { type, ...rest } = shape.schema
  return { schema: { type, ...keep, ...rest }, ui: { ...keepUi, ...shape.ui } }
}

/** Which limits a kind of question may have, by their JSON Schema names. */
export const limitsOfKind = (kind: Kind | 'other'): string[] => {
  if (kind === 'text' || kind === 'longText' || kind === 'address' || kind === 'email')
    return ['minLength', 'maxLength']
  if (kind === 'number' || kind === 'integer') return ['minimum', 'exclusiveMinimum', 'maximum']
  return []
}

export type Choice = { value: string; vi: string; en: string }
export const choicesOf = (schema: unknown): Choice[] => {
  const { oneOf } = recordAt(schema)
  return (Array.isArray(oneOf) ? oneOf : []).map((each) => ({
    value: textAt(each, ['const']),
    vi: textAt(each, ['title']),
    en: textAt(each, ['x-en', 'title']),
  }))
}
