import { scope } from '../access/scope.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import { checkEntry, type StoredEntry } from './chain.ts'

export type TrailEntry = {
  index: string
  at: Date
  recordedAt: Date
  act: string
  actor: string | null
  hash: string
  /** Its text fits its hash, its columns fit its text, and it is linked to the entry before it. */
  intact: boolean
  detail: unknown
}

type Row = StoredEntry & { recorded_at: Date; actor: string | null; previous: string | null }

const PAGE = 50

/** A page of a dossier's trail, oldest first, after the index `cursor`. */
export async function trail(tx: Tx, dossierId: string, cursor = '0') {
  const params: unknown[] = [dossierId, cursor, PAGE + 1]
  const rows = await tx.sql<Row>(
    `select e.*, p.full_name as actor,
            coalesce((select hash from audit_entry b where b.index = e.index - 1), '') as previous
       from audit_entry e left join person p on p.id = e.actor_id
      where e.dossier_id = $1 and e.index > $2 and ${scope(tx.actor.ability, 'read', 'AuditEntry', 'e', params)}
      order by e.index limit $3`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return { entries: page.map(entryOf), next: rows.length > PAGE ? (page.at(-1)?.index ?? null) : null }
}

function entryOf(row: Row): TrailEntry {
  const broken = checkEntry({ index: Number(row.index) - 1, hash: row.previous ?? '' }, row)
  return {
    index: row.index,
    at: row.at,
    recordedAt: row.recorded_at,
    act: row.act,
    actor: row.actor,
    hash: row.hash,
    intact: !broken,
    detail: (JSON.parse(row.line) as { detail: unknown }).detail,
  }
}

/** What stands at an index, or next to where it stood. */
export async function entryNear(sql: Sql, index: number) {
  const [entry] = await sql<{ recorded_at: Date; act: string; dossier_id: string | null }>(
    'select recorded_at, act, dossier_id from audit_entry order by abs(index - $1) limit 1',
    [index],
  )
  return entry
}
