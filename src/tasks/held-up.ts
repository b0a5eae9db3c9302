import type { Sql, Tx } from '../database/transaction.ts'
import type { StuckCommand } from '../engine/index.ts'

/**
 * Decisions that could not be let go and alarms that could not ring, the oldest first: each is tried again by itself, but
 * its cause may need a person. Not filtered by ability: for administrators.
 */
export const heldUp = (sql: Sql): Promise<StuckCommand[]> =>
  sql<StuckCommand>(
    `select id, 'release' as kind, task_id as "subjectId", dossier_id as "dossierId", attempts,
            last_error as "lastError", acted_at as "createdAt"
       from decision where state = 'pending' and attempts > 0
     union all
     select id, 'alarm', clock_id, dossier_id, attempts, last_error, at from alarm where handled_at is null and attempts > 0
      order by "createdAt", id`,
  )

/** The cause is mended: it need not wait for its next try. False when nothing of that id is held up. */
export async function tryNow(tx: Tx, id: string): Promise<boolean> {
  const decision = await tx.sql(
    `update decision set retry_at = null where id = $1 and state = 'pending' and attempts > 0 returning id`,
    [id],
  )
  const alarm = await tx.sql(
    'update alarm set retry_at = null where id = $1 and handled_at is null and attempts > 0 returning id',
    [id],
  )
  return decision.length + alarm.length > 0
}
