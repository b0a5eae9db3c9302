import type { z } from 'zod'
import { ENTRY_COLUMNS, type EntryRow, entryView } from '../audit/entry-view.ts'
import type { Tx } from '../database/transaction.ts'
import type { IntervalAudit } from './schemas.ts'

/**
 * A dossier's audit entries of a time (both ends counted: the acts that made the boundaries are among them), oldest first. Empty for
 * whoever may not read the trail.
 */
export async function entriesBetween(
  tx: Tx,
  dossierId: string,
  from: Date,
  to: Date,
): Promise<z.input<typeof IntervalAudit>['entries']> {
  if (!tx.actor.ability.can('read', 'AuditEntry')) return []
  const rows = await tx.sql<EntryRow>(
    `select ${ENTRY_COLUMNS} from audit_entry e
      where e.dossier_id = $1 and e.at between $2 and $3 order by e.index`,
    [dossierId, from, to],
  )
  return rows.map(entryView)
}
