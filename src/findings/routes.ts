import { z } from 'zod'
import { serveContent, servePdf } from '../documents/serve.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { viewed } from '../inspections/viewed.ts'
import { demandOrder } from '../reports/routes.ts'
import type { Services } from '../services.ts'
import { answer, conclude } from './answer.ts'
import { addFinding, ask, askAgain } from './ask.ts'
import { explanationDocument } from './documents.ts'
import { gamedHits, gamedTally } from './gamed.ts'
import { findingPage, findings } from './read-model.ts'
import { DOCX, makeReport, reportFile, reports, signReport } from './reports.ts'
import { GAMED_RULES } from './rules.ts'
import { newSeed, sample } from './sample.ts'
import {
  AddFinding,
  Answer,
  Ask,
  AskAgain,
  Conclude,
  FindingList,
  FindingPage,
  FindingState,
  GamedHits,
  GamedTally,
  MakeReport,
  ReportList,
  Sample,
} from './schemas.ts'

const Created = z.object({ id: z.uuid() })
const Period = { from: z.iso.date(), to: z.iso.date(), agencyId: z.uuid().optional() }
const audit = { action: 'create', subject: 'Finding' } as const
const explain = { action: 'read', subject: 'Explanation' } as const

/** What is found, asked, answered, concluded and reported. */
export const findingRoutes = (services: Services): Route[] => [
  route({
    method: 'get',
    path: '/api/audit/gamed',
    summary: 'Signs of gaming: each rule with its threshold, its reason and how many dossiers show it',
    permission: audit,
    query: z.strictObject(Period),
    answer: GamedTally,
    handler({ tx, query }) {
      demandOrder(query)
      return gamedTally(tx, query)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/gamed/hits',
    summary: 'The dossiers that show one sign of gaming',
    permission: audit,
    query: z.strictObject({ ...Period, rule: z.enum(GAMED_RULES) }),
    answer: GamedHits,
    handler({ tx, query: { rule, ...filter } }) {
      demandOrder(filter)
      return gamedHits(tx, rule, filter)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/sample',
    summary: 'Dossiers in time, drawn at random by a seed that draws the same again',
    permission: audit,
    query: z.strictObject({
      ...Period,
      seed: z
        .string()
        .regex(/^[0-9a-zA-Z-]{1,40}$/)
        .optional(),
      size: z.coerce.number().int().min(1).max(200).default(20),
    }),
    answer: Sample,
    handler({ tx, query: { seed = newSeed(), size, ...filter } }) {
      demandOrder(filter)
      return sample(tx, filter, { seed, size })
    },
  }),
  route({
    method: 'get',
    path: '/api/findings',
    summary: 'Findings within reach, newest first; `mine`: those that I am asked to explain',
    permission: explain,
    query: z.strictObject({
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      agencyId: z.uuid().optional(),
      kind: z.string().max(60).optional(),
      state: FindingState.optional(),
      dossierId: z.uuid().optional(),
      mine: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
      after: z.uuid().optional(),
    }),
    answer: FindingList,
    handler: ({ tx, query }) => findings(tx, query),
  }),
  route({
    method: 'post',
    path: '/api/findings',
    summary: 'Record what an auditor found in a dossier',
    permission: audit,
    body: AddFinding,
    answer: Created,
    status: 201,
    handler: async ({ tx, body }) => ({ id: await addFinding(tx, body) }),
  }),
  route({
    method: 'get',
    path: '/api/findings/:id',
    summary: 'A finding with its owner, what was asked, answered and concluded',
    permission: explain,
    params: idParams,
    answer: FindingPage,
    async handler({ tx, params }) {
      const page = await findingPage(tx, params.id)
      if (!page) throw notFound()
      viewed(tx, page.dossier.id, 'finding')
      return page
    },
  }),
  route({
    method: 'post',
    path: '/api/findings/:id/explanation',
    summary: 'Ask who held the dossier to explain, within so many working days',
    permission: { action: 'create', subject: 'Explanation' },
    params: idParams,
    body: Ask,
    answer: z.void(),
    handler: ({ tx, params, body }) => ask(tx, params.id, body),
  }),
  route({
    method: 'post',
    path: '/api/explanations/:id/answer',
    summary: 'Explain: an objective or a subjective cause, with papers',
    permission: { action: 'answer', subject: 'Explanation' },
    params: idParams,
    body: Answer,
    answer: z.void(),
    handler: ({ tx, params, body }) => answer(tx, params.id, body),
  }),
  route({
    method: 'post',
    path: '/api/explanations/:id/again',
    summary: 'Ask again: the answer does not do',
    permission: { action: 'decide', subject: 'Explanation' },
    params: idParams,
    body: AskAgain,
    answer: z.void(),
    handler: ({ tx, params, body }) => askAgain(tx, params.id, body),
  }),
  route({
    method: 'post',
    path: '/api/explanations/:id/conclusion',
    summary: 'Conclude: a breach, or none',
    permission: { action: 'decide', subject: 'Explanation' },
    params: idParams,
    body: Conclude,
    answer: z.void(),
    handler: ({ tx, params, body }) => conclude(tx, params.id, body),
  }),
  route({
    method: 'get',
    path: '/api/explanation-documents/:id/content',
    summary: 'A paper of an explanation',
    permission: explain,
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const content = await db.transact(actor, (tx) => explanationDocument(tx, params.id))
      if (!content) throw notFound()
      await serveContent(res, services.files, content)
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/reports',
    summary: 'Reports of audits, newest first',
    permission: { action: 'read', subject: 'AuditReport' },
    answer: ReportList,
    handler: ({ tx }) => reports(tx),
  }),
  route({
    method: 'post',
    path: '/api/audit/reports',
    summary: 'Freeze the figures and findings of a period as a report in the making',
    permission: { action: 'create', subject: 'AuditReport' },
    body: MakeReport,
    answer: Created,
    status: 201,
    async handler({ tx, body }) {
      demandOrder(body)
      return { id: await makeReport(tx, body) }
    },
  }),
  route({
    method: 'post',
    path: '/api/audit/reports/:id/signature',
    summary: 'Sign my report: both prints are made and kept',
    permission: { action: 'sign', subject: 'AuditReport' },
    params: idParams,
    body: z.strictObject({}),
    answer: z.void(),
    handler: ({ tx, params }) => signReport(tx, services, params.id),
  }),
  route({
    method: 'get',
    path: '/api/audit/reports/:id/file',
    summary: 'A report as PDF or DOCX: the signed bytes, or a draft that says so',
    permission: { action: 'read', subject: 'AuditReport' },
    params: idParams,
    query: z.strictObject({ format: z.enum(['pdf', 'docx']) }),
    answer: z.void(),
    async serve({ db, actor, params, query, res }) {
      const file = await db.transact(actor, (tx) => reportFile(tx, services, params.id, query.format))
      if ('kept' in file) {
        await serveContent(res, services.files, file.kept)
        return undefined
      }
      if (query.format === 'pdf') return servePdf(res, file.draft, file.fileName)
      res.set({
        'Content-Type': DOCX,
        'Content-Disposition': `attachment; filename="${file.fileName}"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      res.send(file.draft)
      return undefined
    },
  }),
]
