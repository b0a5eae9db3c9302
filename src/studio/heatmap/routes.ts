import { z } from 'zod'
import { type Route, route } from '../../http/route.ts'
import { demandOrder } from '../../reports/routes.ts'
import { heatmap, heatmapDossiers, pain, periodOf } from './heatmap.ts'
import { Heatmap, HeatmapDossiers, PainList } from './schemas.ts'

const permission = { action: 'read', subject: 'Flow' } as const
const Period = { from: z.iso.date().optional(), to: z.iso.date().optional() }
export const codeParams = z.strictObject({ code: z.string().min(1).max(40) })
/** Without a version: the dossiers of all of them, on the diagram in force. */
export const FlowQuery = { ...Period, version: z.uuid().optional() }

export function flowPeriod(at: Date, query: { from?: string | undefined; to?: string | undefined }) {
  const period = periodOf(at, query)
  demandOrder(period)
  return period
}

/** Where time goes and what is late: where a redesign begins. */
export const heatmapRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/pain',
    summary: 'Procedures by the share of late dossiers, with the step where most of the overrun lies',
    permission,
    query: z.strictObject(Period),
    answer: PainList,
    handler: ({ tx, query }) => pain(tx, flowPeriod(tx.at, query)),
  }),
  route({
    method: 'get',
    path: '/api/studio/procedures/:code/heatmap',
    summary: 'Count, working and waiting time and overrun of each element, on the diagram of one version',
    permission,
    params: codeParams,
    query: z.strictObject(FlowQuery),
    answer: Heatmap,
    handler: ({ tx, params, query }) =>
      heatmap(tx, { ...flowPeriod(tx.at, query), code: params.code, versionId: query.version }),
  }),
  route({
    method: 'get',
    path: '/api/studio/procedures/:code/heatmap/dossiers',
    summary: 'The dossiers behind one element, with their times; no persons',
    permission,
    params: codeParams,
    query: z.strictObject({ ...FlowQuery, element: z.string().min(1).max(200) }),
    answer: HeatmapDossiers,
    handler: ({ tx, params, query }) =>
      heatmapDossiers(
        tx,
        { ...flowPeriod(tx.at, query), code: params.code, versionId: query.version },
        query.element,
      ),
  }),
]
