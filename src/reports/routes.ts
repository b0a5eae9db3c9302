import { z } from 'zod'
import { invalidField } from '../http/invalid.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { viewed } from '../inspections/viewed.ts'
import { breaches } from './breaches.ts'
import { dossierAudit } from './dossier-audit.ts'
import { exportBreaches, exportLate } from './export.ts'
import { intervalAudit } from './interval-audit.ts'
import { lateReport, moreLate, NOBODY } from './late.ts'
import { Breaches, DossierAudit, IntervalAudit, LateReport, MoreLate } from './schemas.ts'
import { FILE_TYPES, type FileType } from './sheet.ts'

/** Every late dossier listed is counted with all its intervals. */
const PAGE = 1000

const permission = { action: 'read', subject: 'Report' } as const

const Period = {
  from: z.iso.date(),
  to: z.iso.date(),
  agencyId: z.uuid().optional(),
  procedure: z.string().min(1).max(40).optional(),
}
const Nobody = z.literal(NOBODY)
/** Which of them: the keys of the page of breaches. */
const Picked = {
  ...Period,
  unit: z.union([z.uuid(), Nobody]).optional(),
  person: z.union([z.uuid(), Nobody]).optional(),
  step: z.string().min(1).max(120).optional(),
  state: z.enum(['open', 'finished']).optional(),
  letter: z.enum(['in-time', 'late', 'none']).optional(),
}
const Listed = { ...Picked, limit: z.coerce.number().int().min(1).max(PAGE).default(PAGE) }
const format = z.enum(['csv', 'xlsx'])

export function demandOrder({ from, to }: { from: string; to: string }): void {
  if (from > to)
    throw invalidField(
      'to',
      'Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.',
      'The last day must not be before the first.',
    )
}

/** The auditor's three clicks: late dossiers, one dossier, one interval. */
export const reportRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/audit/late',
    summary: 'Late dossiers of a period, with the largest overrun and the apology of each',
    permission,
    query: z.strictObject(Listed),
    answer: LateReport,
    handler({ tx, query }) {
      demandOrder(query)
      return lateReport(tx, query, query.limit)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/late/file',
    summary: 'The list of late dossiers to take away, with the mark of who took it',
    permission,
    query: z.strictObject({ ...Picked, format }),
    answer: z.void(),
    async serve({ db, actor, query: { format: type, ...query }, res }) {
      demandOrder(query)
      const bytes = await db.transact(actor, (tx) => exportLate(tx, query, type))
      return sendFile(res, bytes, type, `ho-so-tre-${query.from}-${query.to}`)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/breaches',
    summary: 'Breaches of a period by week or month, agency, unit, person, procedure and step',
    permission,
    query: z.strictObject(Period),
    answer: Breaches,
    handler({ tx, query }) {
      demandOrder(query)
      return breaches(tx, query)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/breaches/file',
    summary: 'The page of breaches to take away',
    permission,
    query: z.strictObject({ ...Period, format }),
    answer: z.void(),
    async serve({ db, actor, query: { format: type, ...query }, res }) {
      demandOrder(query)
      const bytes = await db.transact(actor, (tx) => exportBreaches(tx, query, type))
      return sendFile(res, bytes, type, `vi-pham-${query.from}-${query.to}`)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/late/more',
    summary: 'The late dossiers of the same period after those already listed',
    permission,
    query: z.strictObject({ ...Listed, after: z.uuid() }),
    answer: MoreLate,
    handler({ tx, query: { after, limit, ...filter } }) {
      demandOrder(filter)
      return moreLate(tx, filter, { after, limit })
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/dossiers/:id',
    summary: 'Who held a dossier when, and why it was late',
    permission,
    params: idParams,
    answer: DossierAudit,
    async handler({ tx, params }) {
      const audit = await dossierAudit(tx, params.id)
      if (!audit) throw notFound()
      viewed(tx, params.id, 'dossier')
      return audit
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/intervals/:id',
    summary: 'One interval: its days, its letters and its entries of the trail',
    permission,
    params: idParams,
    answer: IntervalAudit,
    async handler({ tx, params }) {
      const audit = await intervalAudit(tx, params.id)
      if (!audit) throw notFound()
      viewed(tx, audit.dossier.id, 'interval')
      return audit
    },
  }),
]

type Sink = { set(headers: Record<string, string>): unknown; send(body: Buffer): unknown }

export function sendFile(res: Sink, bytes: Buffer, type: FileType, name: string): undefined {
  res.set({
    'Content-Type': FILE_TYPES[type],
    'Content-Disposition': `attachment; filename="${name}.${type}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
  res.send(bytes)
  return undefined
}
