import { z } from 'zod'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { serveContent, servePdf } from '../documents/serve.ts'
import { Dossier } from '../dossiers/entity.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { FilePaper } from '../dossiers/schemas.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { slipToSign } from './collection.ts'
import { coverPdf } from './cover.ts'
import { addCounterPapers, guideApplicant } from './guidance.ts'
import { compareIdentity } from './identity.ts'
import { lookUpPerson } from './person.ts'
import { counterPage } from './read-model.ts'
import { scan } from './scan.ts'
import { CounterPage, KnownPerson, PaperCheck, Scanned } from './schemas.ts'

/** A dossier of the actor's own counter, seen with the product's eyes. */
async function atMyCounter(tx: Tx, id: string): Promise<{ system: Tx; dossier: Dossier; by: string }> {
  const system = { ...tx, em: asSystem(tx.em, 'counter') }
  const dossier = await system.em.findOne(Dossier, { id })
  if (!dossier || !(await dossierRow(tx, id))) throw notFound()
  if (!tx.actor.personId || !allows(tx.actor.ability, 'create', 'Counter', { unitId: dossier.oneStopUnitId }))
    throw forbidden()
  return { system, dossier, by: tx.actor.personId }
}

export const counterRoutes = (services: Services): Route[] => [
  route({
    method: 'get',
    path: '/api/counter',
    summary: 'The day at my counter: to receive, waiting for papers, for collection, returned',
    permission: { action: 'read', subject: 'Counter' },
    answer: CounterPage,
    handler: ({ tx }) => counterPage(tx),
  }),
  route({
    method: 'get',
    path: '/api/counter/scan',
    summary: 'What a barcode, a QR code or the last digits lead to',
    permission: { action: 'note', subject: 'Dossier' },
    query: z.strictObject({ code: z.string().trim().min(1).max(300) }),
    answer: Scanned,
    handler: ({ tx, query }) => scan(tx, query.code, services.settings.publicUrl),
  }),
  route({
    method: 'post',
    path: '/api/counter/people',
    summary: 'Look an applicant up by the whole identity number (a POST: numbers stand in no address)',
    permission: { action: 'create', subject: 'Counter' },
    body: z.strictObject({ identityNo: z.string().trim().min(6).max(40) }),
    answer: z.object({ people: z.array(KnownPerson) }),
    async handler({ tx, body }) {
      return { people: await lookUpPerson(tx, body.identityNo) }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/identity-check',
    summary: 'Whether the number on a card is the applicant’s',
    permission: { action: 'create', subject: 'Counter' },
    params: idParams,
    body: z.strictObject({ identityNo: z.string().trim().min(1).max(40) }),
    answer: z.object({ match: z.boolean() }),
    async handler({ tx, params, body }) {
      const { dossier } = await atMyCounter(tx, params.id)
      return { match: await compareIdentity(tx, dossier.id, body.identityNo) }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/guidance',
    summary: 'Form 02 at the counter: every missing paper, once, before reception',
    permission: { action: 'create', subject: 'Counter' },
    params: idParams,
    body: z.strictObject({ note: z.string().trim().max(2000).default('') }),
    answer: z.object({ letterId: z.uuid() }),
    status: 201,
    async handler({ tx, params, body }) {
      const { system, dossier, by } = await atMyCounter(tx, params.id)
      const letter = await guideApplicant(system, services, dossier, by, body.note)
      await system.em.flush()
      return { letterId: letter.id }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/counter-papers',
    summary: 'Papers brought to the counter before reception, with their checklist',
    permission: { action: 'create', subject: 'Counter' },
    params: idParams,
    body: z.strictObject({ papers: z.array(FilePaper).max(60), checks: z.array(PaperCheck).max(60) }),
    answer: z.void(),
    async handler({ tx, params, body }) {
      const { system, dossier, by } = await atMyCounter(tx, params.id)
      await addCounterPapers(system, dossier, by, body)
      await system.em.flush()
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id/cover',
    summary: 'The cover with its barcode, to print',
    permission: { action: 'note', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const { bytes, code } = await db.transact(actor, async (tx) => {
        if (!(await dossierRow(tx, params.id, 'note'))) throw notFound()
        const system = { ...tx, em: asSystem(tx.em, 'cover') }
        const dossier = await system.em.findOneOrFail(Dossier, { id: params.id })
        tx.audit({ act: 'cover.printed', dossierId: dossier.id })
        return { bytes: await coverPdf(system, services, dossier), code: dossier.code }
      })
      return servePdf(res, bytes, `bia-${code}.pdf`)
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id/collection-slip',
    summary: 'The slip that whoever collects the result signs, before it is handed over',
    permission: { action: 'create', subject: 'Counter' },
    params: idParams,
    query: z.strictObject({ collector: z.enum(['applicant', 'authorised']).default('applicant') }),
    answer: z.void(),
    async serve({ db, actor, params, query, res }) {
      const { bytes, code } = await db.transact(actor, async (tx) => {
        const { system, dossier, by } = await atMyCounter(tx, params.id)
        if (dossier.state !== 'done')
          throw conflict('nothing-to-collect', {
            vi: 'Hồ sơ chưa có kết quả để trả nên chưa có phiếu ký nhận. Hãy mở lại khi có kết quả.',
            en: 'There is no result to collect yet, so there is no slip. Open it again when there is one.',
          })
        tx.audit({ act: 'collection.slip-printed', dossierId: dossier.id })
        return {
          bytes: await slipToSign(system, services, dossier, { collector: query.collector, by }),
          code: dossier.code,
        }
      })
      return servePdf(res, bytes, `phieu-ky-nhan-${code}.pdf`)
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id/collection',
    summary: 'The receipt of the collected result',
    permission: { action: 'note', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const file = await db.transact(actor, async (tx) => {
        const row = await dossierRow(tx, params.id, 'note')
        const [found] = await tx.sql<{ sha256: string; size: string }>(
          `select f.sha256, f.size from collection c join stored_file f on f.sha256 = c.file_sha256 where c.dossier_id = $1`,
          [params.id],
        )
        if (!row || !found) throw notFound()
        tx.audit({ act: 'collection.read', dossierId: row.id })
        return { ...found, code: row.code }
      })
      await serveContent(res, services.files, {
        sha256: file.sha256,
        file_name: `ky-nhan-${file.code}.pdf`,
        media_type: 'application/pdf',
        size: file.size,
      })
      return undefined
    },
  }),
]
