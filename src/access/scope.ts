import { rulesToCondition } from '@casl/ability/extra'
import type { Action, AppAbility } from './ability.ts'
import { columnName, columnType, type SubjectName } from './subjects.ts'

/** SQL with a `?` for each value, in order; numbered only when it is known which parts are used. */
type Fragment = { text: string; values: unknown[] }

const always: Fragment = { text: 'true', values: [] }

const join = (fragments: Fragment[], word: 'and' | 'or'): Fragment => ({
  text: `(${fragments.map(({ text }) => text).join(` ${word} `)})`,
  values: fragments.flatMap(({ values }) => values),
})

function comparison(subject: SubjectName, alias: string, property: string, value: unknown): Fragment {
  const type = columnType(subject, property)
  if (!type) throw new Error(`${subject} rules may not ask about "${property}"`)
  const column = `${alias}.${columnName(property)}`
  if (value === null) return { text: `${column} is null`, values: [] }
  if (typeof value === 'string' && type !== 'uuid[]')
    return { text: `${column} = ?::${type}`, values: [value] }
  if (type === 'timestamptz') return range(column, subject, property, value)
  const { $in: list, ...others } = value as { $in?: unknown }
  if (!Array.isArray(list) || Object.keys(others).length > 0)
    throw new Error(`${subject}.${property}: only a value, null or $in can be both a rule and SQL`)
  // An array column holds any of the values, as casl reads $in on an array.
  const text = type === 'uuid[]' ? `${column} && ?::uuid[]` : `${column} = any(?::${type}[])`
  return { text, values: [list] }
}

/** From an instant on, until before another. */
function range(column: string, subject: SubjectName, property: string, value: unknown): Fragment {
  const { $gte: from, $lt: before, ...others } = value as { $gte?: unknown; $lt?: unknown }
  if (!(from instanceof Date) || !(before instanceof Date) || Object.keys(others).length > 0)
    throw new Error(`${subject}.${property}: only $gte and $lt together can be both a rule and SQL`)
  return { text: `(${column} >= ?::timestamptz and ${column} < ?::timestamptz)`, values: [from, before] }
}

function fragmentOf(ability: AppAbility, action: Action, subject: SubjectName, alias: string): Fragment {
  const condition = rulesToCondition<AppAbility, Fragment, Fragment>(
    ability.rulesFor(action, subject),
    ({ conditions, inverted }) => {
      const parts = Object.entries(conditions ?? {}).map(([property, value]) =>
        comparison(subject, alias, property, value),
      )
      const all = parts.length > 0 ? join(parts, 'and') : always
      // SQL's third truth value: `not null` must be true, as `cannot` on a null does not match.
      return inverted ? { ...all, text: `not coalesce(${all.text}, false)` } : all
    },
    { and: (parts) => join(parts, 'and'), or: (parts) => join(parts, 'or'), empty: () => always },
  )
  return condition ?? { text: 'false', values: [] }
}

/**
 * The WHERE of a read model: the rows of `subject` on which `ability` allows `action`, for the table under `alias`.
 * Pushes its values onto `params`, which the query shares, and returns the text with their $n.
 */
export function scope(
  ability: AppAbility,
  action: Action,
  subject: SubjectName,
  alias: string,
  params: unknown[],
): string {
  const { text, values } = fragmentOf(ability, action, subject, alias)
  let next = params.length
  params.push(...values)
  return text.replaceAll('?', () => `$${++next}`)
}

/** scope() in the ORM's form: `?` for values, arrays as PostgreSQL's text because the ORM would spread them. */
export function ormScope(
  ability: AppAbility,
  action: Action,
  subject: SubjectName,
): { sql: (alias: string) => string; values: unknown[] } {
  const { values } = fragmentOf(ability, action, subject, '')
  return {
    sql: (alias) => fragmentOf(ability, action, subject, alias).text,
    values: values.map((value) =>
      Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join()}}` : value,
    ),
  }
}
