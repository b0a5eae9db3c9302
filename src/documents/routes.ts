import { z } from 'zod'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { readInFull } from '../personal/reading.ts'
import { recordUpload } from './files.ts'
import { findDocument, findUpload } from './read-model.ts'
import { serveContent } from './serve.ts'
import type { FileStore } from './store.ts'
import { receiveUpload } from './upload.ts'

export const UploadAnswer = z.object({
  id: z.uuid(),
  fileName: z.string(),
  mediaType: z.string(),
  size: z.int(),
  sha256: z.string(),
})

/** `maxBytes` is the largest file anybody may upload; a paper may allow less. */
export const documentRoutes = (store: FileStore, maxBytes: number): Route[] => [
  route({
    method: 'post',
    path: '/api/uploads',
    summary: 'Upload one file, to be attached to a dossier later',
    permission: { action: 'create', subject: 'Dossier' },
    answer: UploadAnswer,
    status: 201,
    async serve({ db, actor, req }) {
      const received = await receiveUpload(req, store, maxBytes)
      try {
        return await db.transact(actor, (tx) => recordUpload(tx, store, received))
      } finally {
        // Already moved when all went well.
        await store.discard(received.staged)
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/uploads/:id/content',
    summary: 'Look at a file one has uploaded oneself',
    permission: { action: 'create', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const content = await db.transact(actor, (tx) => findUpload(tx, params.id))
      if (content === undefined) throw notFound()
      await serveContent(res, store, content)
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/api/documents/:id/content',
    summary: 'Read a paper of a dossier',
    permission: { action: 'read', subject: 'Document' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const content = await db.transact(actor, async (tx) => {
        const found = await findDocument(tx, params.id)
        // A paper shows what the pages mask: whoever reads it in the line of work stands in the trail.
        if (found && found.applicant_id !== actor.personId) {
          await readInFull(tx, { id: found.dossier_id, applicantId: found.applicant_id }, { field: 'papers' })
          tx.audit({ act: 'document.read', dossierId: found.dossier_id, detail: { document: params.id } })
        }
        return found
      })
      if (content === undefined) throw notFound()
      await serveContent(res, store, content)
      return undefined
    },
  }),
]
