import { z } from 'zod'
import { addDays } from '../calendar/day.ts'
import { invalidField } from '../http/invalid.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { dossierAudit } from './dossier-audit.ts'
import { intervalAudit } from './interval-audit.ts'
import { lateReport } from './late.ts'
import { DossierAudit, IntervalAudit, LateReport } from './schemas.ts'

/** Every late dossier of a period is counted with all its intervals: a year and its days off are enough at once. */
const MOST_DAYS = 366

const permission = { action: 'read', subject: 'Report' } as const

/** The auditor's three clicks: late dossiers, one dossier, one interval. */
export const reportRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/audit/late',
    summary: 'Late dossiers of a period, with the largest overrun and the apology of each',
    permission,
    query: z.strictObject({ from: z.iso.date(), to: z.iso.date(), agencyId: z.uuid().optional() }),
    answer: LateReport,
    handler({ tx, query }) {
      if (query.from > query.to)
        throw invalidField(
          'to',
          'Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.',
          'The last day must not be before the first.',
        )
      if (addDays(query.from, MOST_DAYS) <= query.to)
        throw invalidField(
          'to',
          `Một kỳ xem không quá ${MOST_DAYS} ngày; hãy chọn kỳ ngắn hơn.`,
          `A period has at most ${MOST_DAYS} days; choose a shorter one.`,
        )
      return lateReport(tx, query)
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
