import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import type { FileStore } from './store.ts'

const unused = `not exists (select from upload u where u.sha256 = f.sha256)
  and not exists (select from document d where d.sha256 = f.sha256)
  and not exists (select from letter l where f.sha256 in (l.file_sha256, l.source_sha256, l.signed_file_sha256))
  and not exists (select from letter_signature s where s.file_sha256 = f.sha256)
  and not exists (select from urging g where g.file_sha256 = f.sha256)
  and not exists (select from payment p where f.sha256 in (p.receipt_sha256, p.void_sha256))
  and not exists (select from handover h where h.file_sha256 = f.sha256)
  and not exists (select from explanation_document e where e.sha256 = f.sha256)
  and not exists (select from audit_report a where f.sha256 in (a.pdf_sha256, a.docx_sha256))
  and not exists (select from publication p where f.sha256 = p.scan_sha256)
  and not exists (select from collection c where f.sha256 in (c.file_sha256, c.signature_sha256))`

/**
 * Removes what nobody refers to and is older than so many hours of machine time: uploads never submitted, files left
 * by them, files of transactions that rolled back, and half-written ones. Safe beside running uploads.
 */
export const sweepOrphans = async (
  db: Database,
  store: FileStore,
  olderThanHours: number,
): Promise<{ uploads: number; files: number; temporary: number }> => {
  const act = <T>(work: Parameters<typeof db.transact<T>>[1]) =>
    db.transact(systemActor('sweep of orphaned files'), work)
  const { before, uploads, orphans } = await act(async (tx) => {
    const [{ before } = { before: tx.at }] = await tx.sql<{ before: Date }>(
      'select now() - make_interval(hours => $1) as before',
      [olderThanHours],
    )
    const gone = await tx.sql('delete from upload where used_at is null and created_at < $1 returning id', [
      before,
    ])
    const rows = await tx.sql<{ sha256: string }>(
      `select f.sha256 from stored_file f where f.created_at < $1 and ${unused}`,
      [before],
    )
    return { before, uploads: gone.length, orphans: rows.map((row) => row.sha256) }
  })

  let files = 0
  for (const sha256 of orphans) {
    const removed = await act(async (tx) => {
      // First the row's lock, then the question, so that an upload of the same bytes is either seen or waits.
      const [held] = await tx.sql(
        'select from stored_file where sha256 = $1 and created_at < $2 for update',
        [sha256, before],
      )
      if (held === undefined) return 0
      const deleted = await tx.sql(
        `delete from stored_file f where f.sha256 = $1 and ${unused} returning sha256`,
        [sha256],
      )
      if (deleted.length > 0) await store.remove(sha256)
      return deleted.length
    })
    files += removed
  }

  for await (const sha256 of store.list(before)) {
    files += await act(async (tx) => {
      // Holding the place of the row keeps an upload of the same bytes waiting until the file is gone.
      const [free] = await tx.sql(
        `insert into stored_file (sha256, size, media_type) values ($1, 0, '') on conflict do nothing returning sha256`,
        [sha256],
      )
      if (free === undefined) return 0
      await store.remove(sha256)
      await tx.sql('delete from stored_file where sha256 = $1', [sha256])
      return 1
    })
  }
  return { uploads, files, temporary: await store.clearTemporary(before) }
}
