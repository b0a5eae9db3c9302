import { z } from 'zod'
import { serveContent } from '../documents/serve.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { viewed } from '../inspections/viewed.ts'
import type { Services } from '../services.ts'
import { answerUrging } from './answer.ts'
import { holders } from './one-stop.ts'
import { urgingFile, urgings, urgingsOfDossier } from './read-model.ts'
import {
  AnswerUrging,
  Holders,
  Uncollected,
  Urging,
  Urgings,
  WatchedPage,
  WatchedQuery,
  WriteUrging,
} from './schemas.ts'
import { remindToCollect, uncollected } from './uncollected.ts'
import { watched } from './watched.ts'
import { writeUrging } from './write.ts'

const watch = { action: 'read', subject: 'OneStop' } as const

export const urgingRoutes = (services: Services): Route[] => [
  route({
    method: 'get',
    path: '/api/one-stop',
    summary: 'Who holds what of the dossiers that my one-stop has taken in',
    permission: watch,
    answer: Holders,
    handler: ({ tx }) => holders(tx),
  }),
  route({
    method: 'get',
    path: '/api/one-stop/dossiers',
    summary: 'The dossiers that are late, soon due, past their reception limit, or all that are open',
    permission: watch,
    query: WatchedQuery,
    answer: WatchedPage,
    handler: ({ tx, query }) => watched(tx, query.kind, query.unitId, query.after),
  }),
  route({
    method: 'get',
    path: '/api/one-stop/uncollected',
    summary: 'Results that nobody has collected for so many working days',
    permission: watch,
    query: z.strictObject({
      days: z.coerce.number().int().min(0).max(3650).optional(),
      after: z.uuid().optional(),
    }),
    answer: Uncollected,
    handler: ({ tx, query }) => uncollected(tx, query.days, query.after),
  }),
  route({
    method: 'post',
    path: '/api/one-stop/uncollected/:id/remind',
    summary: 'Remind the applicant that the result is at the counter',
    permission: { action: 'update', subject: 'OneStop' },
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => remindToCollect(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/urgings',
    summary: 'Urge a unit in writing about late dossiers',
    permission: { action: 'create', subject: 'Urging' },
    body: WriteUrging,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, body }) => ({ id: await writeUrging(tx, services, body) }),
  }),
  route({
    method: 'get',
    path: '/api/urgings',
    summary: 'Urging slips that I wrote or that are for my unit',
    permission: { action: 'read', subject: 'Urging' },
    query: z.strictObject({ after: z.uuid().optional() }),
    answer: Urgings,
    handler: ({ tx, query }) => urgings(tx, query.after),
  }),
  route({
    method: 'post',
    path: '/api/urgings/:id/answer',
    summary: 'Answer an urging slip',
    permission: { action: 'update', subject: 'Urging' },
    params: idParams,
    body: AnswerUrging,
    answer: z.void(),
    handler: ({ tx, params, body }) => answerUrging(tx, params.id, body.answer),
  }),
  route({
    method: 'get',
    path: '/api/urgings/:id/pdf',
    summary: 'The slip as it was issued',
    permission: { action: 'read', subject: 'Urging' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const file = await db.transact(actor, (tx) => urgingFile(tx, params.id))
      if (!file) throw notFound()
      await serveContent(res, services.files, {
        sha256: file.sha256,
        size: file.size,
        media_type: 'application/pdf',
        file_name: `phieu-don-doc-${file.number_text.replaceAll('/', '-')}.pdf`,
      })
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/api/dossiers/:id/urgings',
    summary: 'Urging slips about a dossier, for those who work on it',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: z.object({ urgings: z.array(Urging) }),
    async handler({ tx, params }) {
      const row = await dossierRow(tx, params.id)
      if (!row) throw notFound()
      const [own] = await tx.sql('select from dossier where id = $1 and applicant_id = $2', [
        params.id,
        tx.actor.personId,
      ])
      viewed(tx, params.id, 'urgings')
      const inside = tx.actor.kind === 'staff' && !own
      return { urgings: inside ? await urgingsOfDossier(tx, params.id) : [] }
    },
  }),
]
