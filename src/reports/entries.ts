import type { z } from 'zod'
import { checkEntry, type StoredEntry } from '../audit/chain.ts'
import type { Tx } from '../database/transaction.ts'
import type { IntervalAudit } from './schemas.ts'

type Row = StoredEntry & { recorded_at: Date; previous: string | null; actor: string | null }

/**
 * A dossier's audit entries of a time (both ends counted: the acts that made the boundaries are among them), each held
 * against its own hash and the entry before it; of one that does not hold no detail is shown. Empty for whoever may not read the trail.
 */
export async function entriesBetween(
  tx: Tx,
  dossierId: string,
  from: Date,
  to: Date,
): Promise<z.input<typeof IntervalAudit>['entries']> {
  if (!tx.actor.ability.can('read', 'AuditEntry')) return []
  const rows = await tx.sql<Row>(
    `select e.index, e.recorded_at, e.line, e.hash, e.dossier_id, e.actor_id, e.act, e.at, b.hash as previous,
            p.full_name as actor
       from audit_entry e left join audit_entry b on b.index = e.index - 1 left join person p on p.id = e.actor_id
      where e.dossier_id = $1 and e.at between $2 and $3 order by e.index`,
    [dossierId, from, to],
  )
  return rows.map((row) => {
    const broken = checkEntry({ index: Number(row.index) - 1, hash: row.previous ?? '' }, row)
    return {
      index: row.index,
      at: row.at.toISOString(),
      recordedAt: row.recorded_at.toISOString(),
      act: row.act,
      actor: row.actor,
      hash: row.hash,
      intact: broken === undefined,
      detail: broken ? null : (JSON.parse(row.line) as { detail: unknown }).detail,
    }
  })
}
