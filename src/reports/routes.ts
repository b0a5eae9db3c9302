import { z } from 'zod'
import { invalidField } from '../http/invalid.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { dossierAudit } from './dossier-audit.ts'
import { intervalAudit } from './interval-audit.ts'
import { lateReport, moreLate } from './late.ts'
import { DossierAudit, IntervalAudit, LateReport, MoreLate } from './schemas.ts'

/** Every late dossier listed is counted with all its intervals. */
const PAGE = 1000

const permission = { action: 'read', subject: 'Report' } as const

const Period = {
  from: z.iso.date(),
  to: z.iso.date(),
  agencyId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(PAGE).default(PAGE),
}

function demandOrder({ from, to }: { from: string; to: string }): void {
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
    query: z.strictObject(Period),
    answer: LateReport,
    handler({ tx, query }) {
      demandOrder(query)
      return lateReport(tx, query, query.limit)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/late/more',
    summary: 'The late dossiers of the same period after those already listed',
    permission,
    query: z.strictObject({ ...Period, after: z.uuid() }),
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
      return audit
    },
  }),
]
