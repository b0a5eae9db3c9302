import { rulesToCondition } from '@casl/ability/extra'
import type { Action, AppAbility } from './ability.ts'
import { columnName, columnType, type SubjectName } from './subjects.ts'

type Condition = Record<string, unknown>

function compare(
  subject: SubjectName,
  alias: string,
  property: string,
  value: unknown,
  params: unknown[],
): string {
  const type = columnType(subject, property)
  if (!type) throw new Error(`${subject} rules may not ask about "${property}"`)
  const column = `${alias}.${columnName(property)}`
  const bind = (bound: unknown, as: string) => `$${params.push(bound)}::${as}`
  if (value === null) return `${column} is null`
  if (typeof value === 'string') return `${column} = ${bind(value, type)}`
  const { $in: list, ...others } = value as { $in?: unknown }
  if (!Array.isArray(list) || Object.keys(others).length > 0)
    throw new Error(`${subject}.${property}: only a value, null or $in can be both a rule and SQL`)
  // An array column holds any of the values, as casl reads $in on an array.
  return type === 'uuid[]'
    ? `${column} && ${bind(list, type)}`
    : `${column} = any(${bind(list, `${type}[]`)})`
}

/**
 * The WHERE of a read model: the rows of `subject` on which `ability` allows `action`. Pushes its values onto `params`
 * (shared with the query) and returns the text with their $n. A null column makes it false or null, never true, because
 * there are no `cannot` rules on nullable columns.
 */
export function scope(
  ability: AppAbility,
  action: Action,
  subject: SubjectName,
  alias: string,
  params: unknown[],
): string {
  const condition = rulesToCondition<AppAbility, string, string>(
    ability.rulesFor(action, subject),
    (rule) => {
      const parts = Object.entries((rule.conditions ?? {}) as Condition).map(([property, value]) =>
        compare(subject, alias, property, value, params),
      )
      const text = parts.length > 0 ? parts.join(' and ') : 'true'
      return rule.inverted ? `not coalesce((${text}), false)` : `(${text})`
    },
    {
      and: (parts) => `(${parts.join(' and ')})`,
      or: (parts) => `(${parts.join(' or ')})`,
      empty: () => 'true',
    },
  )
  return condition ?? 'false'
}
