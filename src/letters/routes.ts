import { z } from 'zod'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import { serveContent, servePdf } from '../documents/serve.ts'
import { Dossier } from '../dossiers/entity.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { conflict, notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { readInFull } from '../personal/reading.ts'
import type { Services } from '../services.ts'
import { Letter } from './entity.ts'
import { letterForms } from './forms/index.ts'
import { isReady } from './issue.ts'
import { askPreview, drawPreview } from './preview.ts'
import { renderLetter } from './render.ts'

/** A draft whose text is not there yet (sent back, or begun by the clock) is no fault: 409 says who has to write it. */
async function drawDraft(services: Services, letter: Letter, dossier: Dossier): Promise<Buffer> {
  const drawn = letterForms[letter.template].schema.safeParse(letter.data)
  if (!drawn.success)
    throw conflict('letter-unfinished', {
      vi: 'Văn bản chưa soạn xong nên chưa xem được. Hãy mở lại sau khi người soạn trình.',
      en: 'The letter is not drafted yet and cannot be shown. Open it again when it has been submitted.',
    })
  return renderLetter(services, letter, dossier, 'draft')
}

export const letterRoutes = (services: Services): Route[] => [
  route({
    method: 'post',
    path: '/api/tasks/:id/preview',
    summary: 'Look at the letter that a decision would write, before deciding',
    permission: { action: 'decide', subject: 'Task' },
    params: idParams,
    body: z.strictObject({
      outcome: z.string().max(40),
      data: z.record(z.string(), z.unknown()).default({}),
    }),
    answer: z.object({ id: z.uuid() }),
    status: 201,
    async handler({ tx, params, body }) {
      return { id: await askPreview(tx, services, params.id, body) }
    },
  }),
  route({
    method: 'get',
    path: '/api/previews/:id/pdf',
    summary: 'A preview that I asked for, as a watermarked PDF',
    permission: { action: 'decide', subject: 'Task' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const bytes = await db.transact(actor, async (tx) => {
        const { bytes, dossier } = await drawPreview(tx, services, params.id)
        await readInFull(tx, dossier, { field: 'letters', agencyId: dossier.agencyId })
        tx.audit({ act: 'letter.previewed', dossierId: dossier.id, detail: { preview: params.id } })
        return bytes
      })
      return servePdf(res, bytes, 'ban-xem-truoc.pdf')
    },
  }),
  route({
    method: 'get',
    path: '/api/letters/:id/pdf',
    summary: 'A letter: the issued file, or a watermarked draft',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const found = await db.transact(actor, async (tx) => {
        const em = asSystem(tx.em, 'letter file')
        const letter = await em.findOne(Letter, { id: params.id })
        const dossier = letter && (await dossierRow(tx, letter.dossierId))
        if (!letter || !dossier) throw notFound()
        // The applicant reads what has left the building or lies ready for them; drafts are for the agency that issues it or prepares it.
        const mayDraft =
          dossier.applicant_id !== actor.personId &&
          [letter.agencyId, dossier.agency_id].some((agencyId) =>
            allows(actor.ability, 'read', 'Letter', { agencyId }),
          )
        const theirs = letter.state === 'delivered' || isReady(letter, dossier.finished_at)
        if (!theirs && !mayDraft) throw notFound()
        await readInFull(
          tx,
          { id: dossier.id, applicantId: dossier.applicant_id },
          { field: 'letters', agencyId: letter.agencyId },
        )
        // Proof of delivery when the applicant reads it; and a letter prints what the pages mask.
        tx.audit({
          act: 'letter.read',
          dossierId: letter.dossierId,
          detail: { letter: letter.id, kind: letter.kind, number: letter.numberText },
        })
        const [file] = await tx.sql<{ size: string }>('select size from stored_file where sha256 = $1', [
          letter.fileSha256,
        ])
        return {
          letter,
          size: file?.size ?? '0',
          dossier: await em.findOneOrFail(Dossier, { id: letter.dossierId }),
        }
      })
      const { letter, dossier, size } = found
      const fileName = `${dossier.code}-${letter.kind}.pdf`
      if (letter.fileSha256) {
        await serveContent(res, services.files, {
          sha256: letter.fileSha256,
          file_name: fileName,
          media_type: 'application/pdf',
          size,
        })
        return undefined
      }
      // Numbered, and its seal lies elsewhere: neither a draft nor a letter yet.
      if (letter.number !== null)
        throw conflict('signature-waiting', {
          vi: 'Văn bản đã có số, đang chờ chữ ký số của cơ quan. Hãy mở lại sau.',
          en: 'The letter has its number and waits for the agency’s digital signature. Open it again later.',
        })
      const bytes = await drawDraft(services, letter, dossier)
      return servePdf(res, bytes, fileName)
    },
  }),
]
