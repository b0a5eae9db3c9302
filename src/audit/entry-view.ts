import { z } from 'zod'
import { checkEntry, type StoredEntry } from './chain.ts'

const Instant = z.iso.datetime({ offset: true })

export const AuditEntryView = z.object({
  index: z.string(),
  at: Instant,
  recordedAt: Instant,
  act: z.string(),
  actor: z.string().nullable(),
  hash: z.string(),
  intact: z.boolean(),
  detail: z.unknown(),
})

/** A stored entry with the hash of the one before it and the name of whoever acted. */
export type EntryRow = StoredEntry & { recorded_at: Date; actor: string | null; previous: string | null }

/** Columns of an `EntryRow`; the entry is `e`. */
export const ENTRY_COLUMNS = `e.*, (select full_name from person where id = e.actor_id) as actor,
  (select hash from audit_entry b where b.index = e.index - 1) as previous`

/**
 * An entry as people read it. Intact: its text fits its hash, its columns fit its text, and it is linked to the entry
 * before it. What a broken one says is no evidence and is not shown.
 */
export function entryView(row: EntryRow): z.input<typeof AuditEntryView> {
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
}
