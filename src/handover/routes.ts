import { z } from 'zod'
import { serveContent } from '../documents/serve.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { answerHandover } from './answer.ts'
import { giveHandover } from './give.ts'
import { renderMinutes } from './minutes.ts'
import { handoverPage, handoverRow, handoverRows, handoverSummary, readyToHandOver } from './read-model.ts'
import { AnswerHandover, GiveHandover, HandoverPage, HandoverSummary, ReadyToHandOver } from './schemas.ts'

export const handoverRoutes = (services: Services): Route[] => [
  route({
    method: 'get',
    path: '/api/handovers/ready',
    summary: 'Dossiers that wait to be handed over, by the unit they go to',
    permission: { action: 'create', subject: 'Handover' },
    answer: ReadyToHandOver,
    handler: ({ tx }) => readyToHandOver(tx),
  }),
  route({
    method: 'get',
    path: '/api/handovers',
    summary: 'Minutes of hand-overs given and received; those that wait come first',
    permission: { action: 'read', subject: 'Handover' },
    answer: z.object({ handovers: z.array(HandoverSummary) }),
    async handler({ tx }) {
      return { handovers: (await handoverRows(tx)).map(handoverSummary) }
    },
  }),
  route({
    method: 'get',
    path: '/api/handovers/:id',
    summary: 'Minutes of a hand-over with their dossiers',
    permission: { action: 'read', subject: 'Handover' },
    params: idParams,
    answer: HandoverPage,
    async handler({ tx, params }) {
      const row = await handoverRow(tx, params.id)
      if (!row) throw notFound()
      return handoverPage(tx, row)
    },
  }),
  route({
    method: 'post',
    path: '/api/handovers',
    summary: 'Sign as giver for a batch of dossiers',
    permission: { action: 'create', subject: 'Handover' },
    body: GiveHandover,
    answer: z.object({ id: z.uuid(), number: z.string() }),
    status: 201,
    handler: ({ tx, body }) => giveHandover(tx, body),
  }),
  route({
    method: 'post',
    path: '/api/handovers/:id/answer',
    summary: 'Sign as receiver: received, or refused once with a reason',
    permission: { action: 'decide', subject: 'Handover' },
    params: idParams,
    body: AnswerHandover,
    answer: z.void(),
    handler: ({ tx, params, body }) => answerHandover(tx, services, params.id, body),
  }),
  route({
    method: 'get',
    path: '/api/handovers/:id/pdf',
    summary: 'The minutes to print: a draft until the receiver has signed, then the file of the record',
    permission: { action: 'read', subject: 'Handover' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const found = await db.transact(actor, async (tx) => {
        const row = await handoverRow(tx, params.id)
        if (!row) throw notFound()
        const [file] = await tx.sql<{ size: string }>('select size from stored_file where sha256 = $1', [
          row.file_sha256,
        ])
        return {
          row,
          size: file?.size ?? '0',
          draft: row.file_sha256 ? null : await renderMinutes(tx, services, row, 'draft'),
        }
      })
      const name = `bien-ban-ban-giao-${found.row.number_text.replace(/[^\w-]/g, '-')}.pdf`
      if (found.row.file_sha256) {
        await serveContent(res, services.files, {
          sha256: found.row.file_sha256,
          file_name: name,
          media_type: 'application/pdf',
          size: found.size,
        })
        return undefined
      }
      res.set({ 'Content-Type': 'application/pdf', 'X-Content-Type-Options': 'nosniff' })
      res.set('Content-Disposition', `inline; filename="${name}"`)
      res.send(found.draft)
      return undefined
    },
  }),
]
