import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, forbidden } from '../http/problem.ts'
import { DossierNote } from './entity.ts'
import type { NoteView } from './schemas.ts'

type Row = {
  id: string
  at: Date
  author_id: string
  author: string
  text: string
  replaces_id: string | null
}

/** The notes of the staff, each where it was first written, with the wordings it has corrected. Nothing is ever taken away. */
export async function notesOf(tx: Tx, dossierId: string): Promise<z.input<typeof NoteView>[]> {
  const rows = await tx.sql<Row>(
    `select n.id, n.at, n.author_id, p.full_name as author, n.text, n.replaces_id
       from dossier_note n join person p on p.id = n.author_id where n.dossier_id = $1 order by n.at, n.id`,
    [dossierId],
  )
  const corrections = new Map(rows.flatMap((row) => (row.replaces_id ? [[row.replaces_id, row]] : [])))
  return rows
    .filter(({ replaces_id }) => replaces_id === null)
    .map((first) => {
      const wordings = [first]
      for (let next = corrections.get(first.id); next; next = corrections.get(next.id)) wordings.push(next)
      const { id, at, author, author_id, text } = wordings.at(-1) ?? first
      return {
        id,
        at: at.toISOString(),
        author,
        text,
        mine: author_id === tx.actor.personId,
        earlier: wordings
          .slice(0, -1)
          .map((one) => ({ id: one.id, at: one.at.toISOString(), text: one.text })),
      }
    })
}

/**
 * Adds a note, or corrects one's own: the earlier wording stays in the record. Throws 422 for a note of another dossier,
 * 403 for somebody else's, 409 when it has been corrected already.
 */
export async function addNote(tx: Tx, dossierId: string, text: string, replacesId?: string): Promise<string> {
  if (replacesId) await checkCorrection(tx, dossierId, replacesId)
  const note = tx.em.create(DossierNote, {
    id: uuid(),
    dossierId,
    authorId: tx.actor.personId ?? '',
    text: text.normalize('NFC'),
    at: tx.at,
    replacesId: replacesId ?? null,
  })
  tx.audit({
    act: replacesId ? 'note.corrected' : 'note.added',
    dossierId,
    detail: { note: note.id, ...(replacesId && { corrects: replacesId }) },
  })
  return note.id
}

async function checkCorrection(tx: Tx, dossierId: string, id: string): Promise<void> {
  // Locked: of two corrections at once the second is told of the first.
  const [note] = await tx.sql<{ author_id: string }>(
    'select author_id from dossier_note where id = $1 and dossier_id = $2 for update',
    [id, dossierId],
  )
  if (!note)
    throw invalidField(
      'replacesId',
      'Hồ sơ này không có ghi chú ấy; hãy tải lại trang rồi chọn lại.',
      'This dossier has no such note; reload the page and choose again.',
    )
  if (note.author_id !== tx.actor.personId)
    throw forbidden({
      vi: 'Chỉ người viết được sửa ghi chú của mình. Hãy thêm ghi chú mới để nói lại.',
      en: 'Only its author corrects a note. Add a note of your own to say otherwise.',
    })
  const [later] = await tx.sql<{ id: string }>('select id from dossier_note where replaces_id = $1', [id])
  if (later)
    throw conflict('note-corrected', {
      vi: 'Ghi chú này đã được sửa. Hãy tải lại trang rồi sửa lần viết mới nhất.',
      en: 'This note has been corrected already. Reload the page and correct its latest wording.',
    })
}
