import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import type { FileStore, Staged } from './store.ts'
import type { Received } from './upload.ts'

export type UploadView = { id: string; fileName: string; mediaType: string; size: number; sha256: string }

/**
 * Moves a staged file into the store and names it in the transaction. The row is written first and held to the
 * commit: a sweep of the same content waits, or has ended and the file is put back.
 */
const keepFile = async (tx: Tx, store: FileStore, staged: Staged, mediaType: string): Promise<void> => {
  await tx.sql(
    `insert into stored_file (sha256, size, media_type) values ($1, $2, $3)
     on conflict (sha256) do update set created_at = now()`,
    [staged.sha256, staged.size, mediaType],
  )
  await store.keep(staged)
}

/** Stores bytes we made ourselves (a letter's PDF). The caller's row refers to the hash in the same transaction. */
export const putFile = async (
  tx: Tx,
  store: FileStore,
  content: Uint8Array,
  mediaType: string,
): Promise<{ sha256: string; size: number }> => {
  const staged = await store.stageBytes(content)
  await keepFile(tx, store, staged, mediaType)
  return { sha256: staged.sha256, size: staged.size }
}

/** Records a received file as an upload of the actor, to be attached to a dossier later or swept. */
export const recordUpload = async (tx: Tx, store: FileStore, received: Received): Promise<UploadView> => {
  const { staged, fileName, mediaType } = received
  await keepFile(tx, store, staged, mediaType)
  const id = uuid()
  await tx.sql(
    `insert into upload (id, owner_id, sha256, file_name, media_type, size) values ($1, $2, $3, $4, $5, $6)`,
    [id, tx.actor.personId, staged.sha256, fileName, mediaType, staged.size],
  )
  return { id, fileName, mediaType, size: staged.size, sha256: staged.sha256 }
}
