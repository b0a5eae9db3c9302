import type { Actor } from '../access/actor.ts'
import type { Sql } from '../database/sql.ts'

/** What is recorded of an act: ids, field names and hashes. Never personal data, never texts people wrote. */
export type AuditEntry = {
  act: string
  dossierId?: string
  detail?: Record<string, unknown>
  /** Whose act it is, where the product carries it out later than the person acted. */
  actorId?: string
}

/**
 * Appends a transaction's entries to the chain, in their order. The only caller is transact(): the chain's lock is
 * taken here and held to the commit. System work has no person; its reason stands in the detail. The hash is computed
 * and the row inserted by the function audit_append (migrations/20261122-4-audit.ts).
 */
export async function appendEntries(
  tx: { sql: Sql; at: Date; actor: Actor },
  entries: AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return
  const { personId, name } = tx.actor
  const rows = entries.map((entry) => ({
    act: entry.act,
    dossier: entry.dossierId ?? null,
    actor: entry.actorId ?? personId,
    detail: personId ? (entry.detail ?? {}) : { ...entry.detail, by: name },
  }))
  await tx.sql(
    `select audit_append(e.act, $1, e.actor, e.dossier, e.detail)
       from (select * from rows from (jsonb_to_recordset($2) as (act text, dossier uuid, actor uuid, detail jsonb))
             with ordinality as r (act, dossier, actor, detail, n) order by n) e`,
    [tx.at, JSON.stringify(rows)],
  )
}
