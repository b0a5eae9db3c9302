import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'

export type StoredContent = { sha256: string; file_name: string; media_type: string; size: string }

/** A paper that the actor may read: by itself, or as part of a dossier they may read (an applicant, a consulted body). */
export const findDocument = async (
  tx: Tx,
  id: string,
): Promise<(StoredContent & { dossier_id: string; applicant_id: string }) | undefined> => {
  const params: unknown[] = [id]
  const document = scope(tx.actor.ability, 'read', 'Document', 'd', params)
  const dossier = scope(tx.actor.ability, 'read', 'Dossier', 'o', params)
  const [row] = await tx.sql<StoredContent & { dossier_id: string; applicant_id: string }>(
    `select d.sha256, d.file_name, d.media_type, d.size, d.dossier_id, o.applicant_id from document d join dossier o on o.id = d.dossier_id
      where d.id = $1 and (${document} or ${dossier})`,
    params,
  )
  return row
}

/** An upload, for the person who uploaded it and nobody else. */
export const findUpload = async (tx: Tx, id: string): Promise<StoredContent | undefined> => {
  const [row] = await tx.sql<StoredContent>(
    'select sha256, file_name, media_type, size from upload where id = $1 and owner_id = $2',
    [id, tx.actor.personId],
  )
  return row
}
