import { formatDay } from '../../calendar/format.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { notifyOfWork } from '../../notifications/notify.ts'
import type { Text } from '../../text.ts'
import { held } from './read-model.ts'

type Held = {
  id: string
  code: string
  made_by: string
  unit_id: string | null
  decision_number: string
  in_force_from: string
  version: number
  name: Text
  held: { kind: string; message: Text } | null
}

/** Plans whose legal day has come, or is past, and of which nobody has been told. */
export const HELD_UNTOLD = `p.state = 'planned' and p.in_force_from <= $1 and p.held_told_at is null`

/**
 * Once a plan, on its day: a line in the trail, and a message to whoever made it, that it does not come into force and why. The
 * Chairman's decision names a day; that nothing happens on it must not wait until somebody opens the page.
 */
export async function tellHeld(tx: Tx): Promise<void> {
  const today = legalDay(tx.at)
  const rows = await tx.sql<Held>(
    `select p.id, p.code, p.made_by, p.decision_number, p.in_force_from, v.version, v.definition->'name' as name, ${held} as held,
            (select post.unit_id from post where post.person_id = p.made_by and valid_on(post.valid_from, post.valid_to, $1)
              order by post.unit_id limit 1) as unit_id
       from publication p join procedure_version v on v.id = p.version_id where ${HELD_UNTOLD} for update of p`,
    [today],
  )
  for (const row of rows) {
    // It waits for the broker alone.
    if (!row.held) continue
    const { id, code, version, name, decision_number: decision, held } = row
    await tx.sql('update publication set held_told_at = $2 where id = $1', [id, tx.at])
    tx.audit({ act: 'publication.held', detail: { publication: id, code, version, kind: held.kind } })
    // Whoever made it may have left: the trail and the page still say it.
    if (!row.unit_id) continue
    const day = row.in_force_from
    await notifyOfWork(tx, {
      key: `plan-held/${id}`,
      personId: row.made_by,
      unitId: row.unit_id,
      template: 'plan-held',
      data: {
        code,
        version: String(version),
        procedure: name,
        decision,
        day: { vi: formatDay(day, 'vi'), en: formatDay(day, 'en') },
        reason: held.message,
      },
    })
  }
}
