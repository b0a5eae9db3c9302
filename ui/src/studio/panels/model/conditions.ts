import { getIn, isRecord, type Loose, listAt, type Path, recordAt, setIn, textsAt } from './loose.ts'

/** A question that has to be answered only where another has, or has not, a certain answer. */
export type Condition = { field: string; equals: unknown; is: boolean }
export type Found = Condition & { at: Path }

/** The places of a schema where a condition may stand: the schema itself, and each part of its `allOf`. */
const places = (schema: unknown): Path[] => [[], ...listAt(schema, ['allOf']).map((_, n) => ['allOf', n])]

/** `if` of the one shape that this editor reads and writes: one question has one answer. */
function asked(block: unknown): { field: string; equals: unknown } | undefined {
  const test = getIn(block, ['if'])
  const properties = Object.entries(recordAt(test, ['properties']))
  const [first] = properties
  if (!first || properties.length !== 1 || !isRecord(first[1]) || !('const' in first[1])) return undefined
  if (Object.keys(test as Loose).some((key) => key !== 'properties' && key !== 'required')) return undefined
  return { field: first[0], equals: first[1].const }
}

/** When a question has to be answered, beyond always. */
export const conditionOf = (schema: unknown, key: string): Found | undefined =>
  places(schema)
    .flatMap((at): Found[] => {
      const block = getIn(schema, at)
      const question = asked(block)
      if (!question) return []
      return (['then', 'else'] as const)
        .filter((branch) => textsAt(block, [branch, 'required']).includes(key))
        .map((branch) => ({ ...question, is: branch === 'then', at: [...at, branch] }))
    })
    .at(0)

/** Without the condition of a question; a block that then says nothing goes too. */
export function withoutCondition(schema: unknown, key: string): unknown {
  const found = conditionOf(schema, key)
  if (!found) return schema
  const required = textsAt(schema, [...found.at, 'required']).filter((each) => each !== key)
  const branch = setIn(getIn(schema, found.at), ['required'], required.length > 0 ? required : undefined)
  const left = setIn(schema, found.at, Object.keys(branch as Loose).length > 0 ? branch : undefined)
  const at = found.at.slice(0, -1)
  const block = recordAt(left, at)
  if (block.then !== undefined || block.else !== undefined) return left
  if (at.length === 0) return setIn(left, ['if'], undefined)
  const { if: _test, ...rest } = block
  if (Object.keys(rest).length > 0) return setIn(left, at, rest)
  const others = listAt(left, ['allOf']).filter((_, n) => n !== at[1])
  return setIn(left, ['allOf'], others.length > 0 ? others : undefined)
}

/** With this condition in place of the one that a question had. A block with the same question is used again. */
export function withCondition(schema: unknown, key: string, condition: Condition): unknown {
  const free = withoutCondition(schema, key)
  const branch = condition.is ? 'then' : 'else'
  const same = places(free).find((at) => {
    const question = asked(getIn(free, at))
    return question?.field === condition.field && question.equals === condition.equals
  })
  if (same) {
    const path = [...same, branch, 'required']
    return setIn(free, path, [...textsAt(free, path), key])
  }
  const block = {
    if: { properties: { [condition.field]: { const: condition.equals } }, required: [condition.field] },
    [branch]: { required: [key] },
  }
  if (getIn(free, ['if']) === undefined) return { ...recordAt(free), ...block }
  return setIn(free, ['allOf'], [...listAt(free, ['allOf']), block])
}

/** Names that a schema's conditions ask for or demand, passed through a function; `null` takes the name away. */
export function mapConditionFields(schema: unknown, change: (key: string) => string | null): unknown {
  return places(schema).reduce<unknown>((now, at) => {
    let next = now
    for (const branch of ['if', 'then', 'else'] as const) {
      const required = getIn(next, [...at, branch, 'required'])
      if (Array.isArray(required))
        next = setIn(
          next,
          [...at, branch, 'required'],
          required.flatMap((key) => (typeof key === 'string' ? (change(key) ?? []) : key)),
        )
      const properties = getIn(next, [...at, branch, 'properties'])
      if (isRecord(properties))
        next = setIn(
          next,
          [...at, branch, 'properties'],
          Object.fromEntries(
            Object.entries(properties).flatMap(([key, value]) => {
              const name = change(key)
              return name === null ? [] : [[name, value]]
            }),
          ),
        )
    }
    return next
  }, schema)
}

/** Conditions that ask for a question itself: they lose their sense when it goes. */
export const conditionsOn = (schema: unknown, key: string): Path[] =>
  places(schema).filter((at) => asked(getIn(schema, at))?.field === key)

export function withoutConditionsOn(schema: unknown, key: string): unknown {
  const at = conditionsOn(schema, key)
  let next = schema
  if (at.some((path) => path.length === 0))
    for (const word of ['if', 'then', 'else']) next = setIn(next, [word], undefined)
  const gone = at.filter((path) => path.length > 0).map((path) => path[1])
  if (gone.length === 0) return next
  const others = listAt(next, ['allOf']).filter((_, n) => !gone.includes(n))
  return setIn(next, ['allOf'], others.length > 0 ? others : undefined)
}
