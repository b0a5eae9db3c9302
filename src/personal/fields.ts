import { isMasked, mask, type PersonalKind } from './mask.ts'

/** A question of a form as far as it matters here; `x-personal` says the kind, or false where the name misleads. */
type Node = {
  'x-personal'?: PersonalKind | false
  'x-prefill'?: string
  properties?: Record<string, Node>
  items?: Node
  then?: Node
  else?: Node
  allOf?: Node[]
}
type Data = Record<string, unknown>

/** Names that say it themselves, for forms and answers that mark nothing. A place of work or of building is not somebody's address. */
const BY_NAME: [RegExp, PersonalKind][] = [
  [/(identity|passport|personal|insurance)(no|number)$/i, 'number'],
  [/(phone|mobile)(no|number)?$/i, 'phone'],
  [/e-?mail$/i, 'email'],
  [/^address$|(contact|home|owner|person|permanent|current)address$|residence$/i, 'address'],
  [/^born|born(on|year|in)?$|birth(day|date)$|dateofbirth$/i, 'birth'],
  [/(ethnicity|religion|hometown)$/i, 'text'],
]

/** What the record answers is as personal in a form as it is in the record, whatever the question is called. */
const BY_SOURCE = new Map<unknown, PersonalKind>([
  ['identityNo', 'number'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['address', 'address'],
])

/** What kind of personal data a question asks for: by the detail of the record that answers it, else by its mark, else by its name; null: none. */
export function personalKind(name: string, question?: object): PersonalKind | null {
  const fromRecord = BY_SOURCE.get((question as Node | undefined)?.['x-prefill'])
  if (fromRecord) return fromRecord
  const said = (question as Node | undefined)?.['x-personal']
  if (said !== undefined) return said === false ? null : said
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

/** Questions of a form, those behind a condition too. */
const questions = (node: Node): Record<string, Node> =>
  Object.assign(
    {},
    ...[node.then, node.else, ...(node.allOf ?? [])].map((part) => part && questions(part)),
    node.properties,
  )

type Change = (kind: PersonalKind, value: unknown, path: string) => unknown

/** Goes through a form's answers, lists and groups too, and puts another value in the place of each personal one. */
function change(node: Node, data: Data, by: Change, above = ''): Data {
  const known = questions(node)
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      const path = above + name
      const kind = personalKind(name, known[name])
      if (kind) return [name, by(kind, value, path)]
      return [name, changeIn(known[name] ?? {}, value, by, path)]
    }),
  )
}

function changeIn(node: Node, value: unknown, by: Change, path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => changeIn(node.items ?? {}, item, by, path))
  return value && typeof value === 'object' ? change(node, value as Data, by, `${path}.`) : value
}

const maskValue: Change = (kind, value) =>
  value === null || value === undefined ? value : mask(kind, typeof value === 'string' ? value : '?')

/** The answers of a form with every personal one masked. */
export const maskAnswers = (schema: unknown, data: Data): Data => change(schema as Node, data, maskValue)

/** The personal answers that are there, by their names in the form. */
export function personalFields(schema: unknown, data: Data): string[] {
  const found: string[] = []
  change(schema as Node, data, (_kind, value, path) => {
    if (value !== null && value !== undefined && value !== '') found.push(path)
    return value
  })
  return [...new Set(found)]
}

/** Answers as somebody sends them who saw masked ones: what came back as it was shown is what stands in the record. */
export function restored(schema: unknown, kept: Data, given: Data): Data {
  const shown = maskAnswers(schema, kept)
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      JSON.stringify(value) === JSON.stringify(shown[name]) ? kept[name] : value,
    ]),
  )
}

/** Personal answers that are still masked, and so are nothing that may be kept. */
export function stillMasked(schema: unknown, data: Data): string[] {
  const found: string[] = []
  change(schema as Node, data, (_kind, value, path) => {
    if (isMasked(value)) found.push(path)
    return value
  })
  return found
}
