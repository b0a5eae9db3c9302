import { type EntityManager, type FilterDef, raw } from '@mikro-orm/postgresql'
import { type AppAbility, everything } from './ability.ts'
import { ormScope } from './scope.ts'
import { SUBJECTS, type SubjectName } from './subjects.ts'

/** Which subject's rules guard an entity, where the names differ. Account and post are part of their person. */
const SUBJECT_OF: Record<string, SubjectName> = {
  ProcedureVersion: 'Procedure',
  CalendarDay: 'Calendar',
  Notification: 'Mail',
  Unit: 'Agency',
}

const subjectOf = (entity: string): SubjectName => {
  const name = SUBJECT_OF[entity] ?? entity
  if (!(name in SUBJECTS)) throw new Error(`no access rules for ${entity}: read it with asSystem(em, reason)`)
  return name as SubjectName
}

const ACTION = { read: 'read', update: 'update', delete: 'manage' } as const

/**
 * Adds the ability's WHERE to every query of every entity. Without an ability it throws: a query nobody asked for
 * a permission must not answer. Raw SQL goes past it and takes `scope()` instead.
 */
export const abilityFilter = {
  name: 'ability',
  default: true,
  args: false,
  cond: (args, type, _em, _options, entityName) => {
    const ability = (args as { ability?: AppAbility } | undefined)?.ability
    if (!ability) throw new Error(`query on ${entityName} without an ability: use transact() or asSystem()`)
    if (ability.can('manage', 'all')) return {}
    const subject = subjectOf(entityName ?? '')
    const { sql, values } = ormScope(ability, ACTION[type], subject)
    return { [raw(sql, values)]: [] }
  },
} satisfies FilterDef

/**
 * The same transaction with the product's own eyes: for what a rule of law makes the system look at although the actor
 * may not. The reason is for the reader. Changes made through it need its own flush().
 */
export function asSystem(em: EntityManager, reason: string): EntityManager {
  const fork = em.fork({ keepTransactionContext: true })
  fork.setFilterParams('ability', { ability: everything() })
  fork.setLoggerContext({ reason })
  return fork
}
