import { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import { dossierClock } from '../deadlines/clocks.ts'
import { extendForVerification } from '../groups/verification.ts'
import { conflict, notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { words } from '../http/words.ts'
import { listed, viewed } from '../inspections/viewed.ts'
import { beginApology, ONE_NEW_DATE } from '../letters/apology.ts'
import type { Services } from '../services.ts'
import { acknowledgementOf } from './acknowledgement.ts'
import { answerSupplement } from './answer-supplement.ts'
import { detailsRoutes } from './details.ts'
import { diagramsOf } from './diagrams.ts'
import { Dossier } from './entity.ts'
import { fileDossier } from './file.ts'
import { addNote } from './notes.ts'
import { dossierPage, seesInside } from './page.ts'
import { dossierRow, dossierRows, dossierSummary, trackByCode } from './read-model.ts'
import {
  AnswerSupplement,
  DiagramView,
  DossierPage,
  DossierState,
  DossierSummary,
  FileDossier,
  Filed,
} from './schemas.ts'
import { requestStop } from './stop.ts'

export const DossierList = z.object({ dossiers: z.array(DossierSummary), next: z.string().nullable() })
export const Tracked = z.object({ code: z.string(), completion: z.int() })
const Reason = z.strictObject({ reason: words(2000).min(1) })
const Note = z.strictObject({ text: words(4000).min(1), replacesId: z.uuid().optional() })

export const dossierRoutes = (services: Services): Route[] => [
  ...detailsRoutes,
  route({
    method: 'post',
    path: '/api/dossiers',
    summary: 'File a dossier: a code and an acknowledgement, not yet a receipt',
    permission: { action: 'create', subject: 'Dossier' },
    body: FileDossier,
    answer: Filed,
    status: 201,
    async handler({ tx, body }) {
      const dossier = await fileDossier(tx, body)
      return {
        id: dossier.id,
        code: dossier.code,
        filedAt: dossier.filedAt,
        acknowledgement: await acknowledgementOf(tx, dossier),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/my/dossiers',
    summary: 'What I have filed',
    permission: { action: 'read', subject: 'Dossier' },
    query: z.strictObject({ after: z.uuid().optional() }),
    answer: DossierList,
    async handler({ tx, query }) {
      const { rows, next } = await dossierRows(tx, { mine: true, after: query.after })
      return { dossiers: rows.map((row) => dossierSummary(row, tx.at)), next }
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers',
    summary: 'Dossiers I may see, by code, last digits or name',
    permission: { action: 'read', subject: 'Dossier' },
    query: z.strictObject({
      q: z.string().max(200).optional(),
      state: DossierState.optional(),
      after: z.uuid().optional(),
    }),
    answer: DossierList,
    async handler({ tx, query }) {
      const { rows, next } = await dossierRows(tx, query)
      listed(
        tx,
        'search',
        rows.map(({ id }) => id),
      )
      return { dossiers: rows.map((row) => dossierSummary(row, tx.at)), next }
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id',
    summary: 'A dossier with its clock, papers, letters and history',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: DossierPage,
    async handler({ tx, params }) {
      const row = await dossierRow(tx, params.id)
      if (!row) throw notFound()
      viewed(tx, row.id, 'desk')
      return dossierPage(tx, row)
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id/diagrams',
    summary: 'The live diagrams, with their tokens',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: z.array(DiagramView),
    async handler({ tx, params }) {
      const row = await dossierRow(tx, params.id)
      if (!row) throw notFound()
      viewed(tx, row.id, 'diagrams')
      return diagramsOf(tx, params.id, seesInside(tx.actor, row.applicant_id))
    },
  }),
  route({
    method: 'get',
    path: '/api/track/:code',
    summary: 'How far a dossier is, for whoever holds its code',
    permission: 'public',
    params: z.strictObject({ code: z.string().min(1).max(60) }),
    answer: Tracked,
    async handler({ tx, params }) {
      const found = await trackByCode(tx, params.code)
      if (!found)
        throw notFound({
          vi: 'Không có hồ sơ nào mang mã này. Hãy xem lại mã trên giấy hẹn hoặc thư xác nhận.',
          en: 'No dossier has this code. Check the code on your receipt or confirmation.',
        })
      return found
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/supplement',
    summary: 'Answer a request for supplements',
    permission: { action: 'supplement', subject: 'Dossier' },
    params: idParams,
    body: AnswerSupplement,
    answer: z.object({ submittedAt: z.iso.datetime({ offset: true }) }),
    async handler({ tx, params, body, actor }) {
      const row = await dossierRow(tx, params.id, 'supplement')
      if (!row) throw notFound()
      const system = { ...tx, em: asSystem(tx.em, 'supplement') }
      await answerSupplement(system, services, row.id, body, actor.personId ?? row.applicant_id)
      return { submittedAt: tx.at }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/withdrawal',
    summary: 'Ask to stop and withdraw a dossier',
    permission: { action: 'withdraw', subject: 'Dossier' },
    params: idParams,
    body: Reason,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    async handler({ tx, params, body, actor }) {
      if (!(await dossierRow(tx, params.id, 'withdraw'))) throw notFound()
      const system = { ...tx, em: asSystem(tx.em, 'withdrawal') }
      const dossier = await system.em.findOneOrFail(Dossier, { id: params.id })
      const request = await requestStop(system, dossier, body.reason, actor.personId ?? dossier.applicantId)
      await system.em.flush()
      return { id: request.id }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/verification',
    summary: 'Take the longer limit that the group’s text gives where something has to be verified',
    permission: { action: 'extend', subject: 'Dossier' },
    params: idParams,
    body: Reason,
    answer: z.object({ dueAt: z.iso.datetime({ offset: true }) }),
    status: 201,
    async handler({ tx, params, body, actor }) {
      if (!(await dossierRow(tx, params.id, 'extend'))) throw notFound()
      const system = { ...tx, em: asSystem(tx.em, 'limit for a verification') }
      const dossier = await system.em.findOneOrFail(Dossier, { id: params.id })
      const dueAt = await extendForVerification(system, dossier, body.reason, actor.personId ?? '')
      await system.em.flush()
      return { dueAt: dueAt.toISOString() }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/apology',
    summary: 'Begin the apology with its one new date before an alarm does',
    permission: { action: 'apologise', subject: 'Dossier' },
    params: idParams,
    body: z.strictObject({}),
    answer: z.object({ begun: z.string() }),
    status: 201,
    async handler({ tx, params }) {
      if (!(await dossierRow(tx, params.id, 'apologise'))) throw notFound()
      const system = { ...tx, em: asSystem(tx.em, 'apology by hand') }
      const dossier = await system.em.findOneOrFail(Dossier, { id: params.id })
      if (!dossier.receivedAt)
        throw conflict('not-received', {
          vi: 'Hồ sơ chưa được tiếp nhận nên chưa có hạn để xin lỗi.',
          en: 'The dossier has not been received: there is no due date to apologise for yet.',
        })
      const clock = await dossierClock(system.em, dossier.id)
      if (!clock || clock.endedAt || clock.stoppedAt)
        throw conflict('clock-stands', {
          vi: 'Thời hạn của hồ sơ đang dừng hoặc đã kết thúc: không có ngày nào để hẹn lại.',
          en: 'The dossier’s clock stands still or has ended: there is no date to give anew.',
        })
      if (dossier.reappointedDueAt) throw conflict('one-new-date', ONE_NEW_DATE)
      const begun = await beginApology(system, dossier, 'by-hand')
      await system.em.flush()
      return { begun }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/notes',
    summary: 'Add a note of the staff, or correct one’s own: the earlier wording stays',
    permission: { action: 'note', subject: 'Dossier' },
    params: idParams,
    body: Note,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    async handler({ tx, params, body }) {
      if (!(await dossierRow(tx, params.id, 'note'))) throw notFound()
      return { id: await addNote(tx, params.id, body.text, body.replacesId) }
    },
  }),
]
