import type { Logger } from 'pino'
import { savepoint } from '../database/savepoint.ts'
import type { Sql } from '../database/sql.ts'
import type { ElementVisit, ProjectionHooks } from './announce.ts'
import { messageOf } from './errors.ts'

type Opened = ElementVisit & { form?: string; type?: string }

/** A task or wait that the engine opened and the product could not take up; it waits for an administrator. */
export type Unplaced = Pick<ElementVisit, 'epoch' | 'elementId' | 'subjectId' | 'dossierId'> & {
  key: string
  message: string
  createdAt: Date
}

/**
 * Hooks for a bulk that failed once: each opened task or wait in a savepoint. One that cannot be taken up (its agency has
 * no such unit) becomes a row that administrators see and try again; the stream of all other dossiers goes on.
 */
export function carefully(hooks: ProjectionHooks, log: Logger): ProjectionHooks {
  const guarded = async (sql: Sql, opened: Opened, hook: () => Promise<void>): Promise<void> => {
    const error = await savepoint(sql, hook)
    if (error === undefined) return
    log.error({ err: error, subject: opened.subjectId, element: opened.elementId }, 'could not be taken up')
    await sql(
      `insert into unplaced (epoch, element_key, opened, message) values ($1, $2, $3, $4)
       on conflict (epoch, element_key) do update set message = excluded.message`,
      [opened.epoch, opened.elementKey, JSON.stringify(opened), messageOf(error)],
    )
  }
  return {
    ...hooks,
    userTaskCreated: (sql, task) => guarded(sql, task, () => hooks.userTaskCreated(sql, task)),
    waitOpened: (sql, wait) => guarded(sql, wait, async () => hooks.waitOpened?.(sql, wait)),
  }
}

/** Oldest first. Not filtered by ability: for administrators. */
export const unplaced = (sql: Sql): Promise<Unplaced[]> =>
  sql<Unplaced>(
    `select epoch, element_key as key, opened->>'elementId' as "elementId", opened->>'subjectId' as "subjectId",
            opened->>'dossierId' as "dossierId", message, created_at as "createdAt"
       from unplaced order by created_at, element_key`,
  )

/** Takes it up after all. Throws what the feature throws when it still cannot; false when there is nothing of that key. */
export async function placeAgain(
  sql: Sql,
  hooks: ProjectionHooks,
  { epoch, key }: { epoch: number; key: string },
): Promise<boolean> {
  const [row] = await sql<{ opened: Omit<Opened, 'at'> & { at: string } }>(
    'delete from unplaced where epoch = $1 and element_key = $2 returning opened',
    [epoch, key],
  )
  if (!row) return false
  const opened = { ...row.opened, at: new Date(row.opened.at) }
  if (opened.form === undefined) await hooks.waitOpened?.(sql, { ...opened, type: opened.type ?? '' })
  else await hooks.userTaskCreated(sql, { ...opened, form: opened.form })
  return true
}
