import type { Sql } from '../database/sql.ts'
import { type ElementVisit, putCommand } from '../engine/index.ts'

/**
 * A part of a group was received with it, by the clerk who received the group: its own reception asks nobody again. True
 * when that is so; then the step has been answered, once however often its record comes.
 */
export async function receivedWithGroup(
  sql: Sql,
  { subjectId, epoch, key }: Pick<ElementVisit, 'subjectId' | 'epoch' | 'key'>,
): Promise<boolean> {
  const [part] = await sql(
    'select from dossier where id = $1 and parent_id is not null and received_at is not null',
    [subjectId],
  )
  if (!part) return false
  const [known] = await sql(
    `select from outbox where subject_id = $1 and kind = 'complete-task'
        and payload->>'taskKey' = $2 and (payload->>'epoch')::int = $3`,
    [subjectId, key, epoch],
  )
  if (!known)
    await putCommand(sql, {
      subjectId,
      kind: 'complete-task',
      payload: { epoch, taskKey: key, variables: { outcome: 'received' } },
    })
  return true
}
