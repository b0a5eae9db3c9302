import { scope } from '../access/scope.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import { ENTRY_COLUMNS, type EntryRow, entryView } from './entry-view.ts'

const PAGE = 50

/** A page of a dossier's trail, oldest first, after the index `cursor`. Nobody audits an application of their own. */
export async function trail(tx: Tx, dossierId: string, cursor = '0') {
  const params: unknown[] = [dossierId, cursor, PAGE + 1, tx.actor.personId]
  const dossiers = scope(tx.actor.ability, 'read', 'Dossier', 'o', params)
  const rows = await tx.sql<EntryRow>(
    `select ${ENTRY_COLUMNS} from audit_entry e
      where e.dossier_id = $1 and e.index > $2
        and not exists (select from dossier o where o.id = e.dossier_id and (o.applicant_id = $4 or not ${dossiers}))
        and ${scope(tx.actor.ability, 'read', 'AuditEntry', 'e', params)}
      order by e.index limit $3`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return { entries: page.map(entryView), next: rows.length > PAGE ? (page.at(-1)?.index ?? null) : null }
}

/** What stands at an index, or next to where it stood. */
export async function entryNear(sql: Sql, index: number) {
  const [entry] = await sql<{ recorded_at: Date; act: string; dossier_id: string | null }>(
    'select recorded_at, act, dossier_id from audit_entry order by abs(index - $1) limit 1',
    [index],
  )
  return entry
}
