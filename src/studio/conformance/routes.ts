import { z } from 'zod'
import { idParams, type Route, route } from '../../http/route.ts'
import { codeParams, FlowQuery, flowPeriod } from '../heatmap/routes.ts'
import { conformance, dossierConformance } from './conformance.ts'
import { ConformanceList, DossierConformance } from './schemas.ts'

const permission = { action: 'read', subject: 'Flow' } as const

/** Whether dossiers went the way that their version draws. */
export const conformanceRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/procedures/:code/conformance',
    summary: 'Dossiers filed in a period whose real way differs from the drawn one',
    permission,
    params: codeParams,
    query: z.strictObject(FlowQuery),
    answer: ConformanceList,
    handler: ({ tx, params, query }) =>
      conformance(tx, { ...flowPeriod(tx.at, query), code: params.code, versionId: query.version }),
  }),
  route({
    method: 'get',
    path: '/api/studio/dossiers/:id/conformance',
    summary: 'One dossier’s real way against the diagram of its version',
    permission,
    params: idParams,
    answer: DossierConformance,
    handler: ({ tx, params }) => dossierConformance(tx, params.id),
  }),
]
