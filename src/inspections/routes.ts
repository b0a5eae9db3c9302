import { z } from 'zod'
import { idParams, type Route, route } from '../http/route.ts'
import { endInspection, makeInspection } from './make.ts'
import { inspections } from './read-model.ts'
import { EndInspection, InspectionList, MakeInspection } from './schemas.ts'

/** Inspection decisions: who may look at what, until when. */
export const inspectionRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/inspections',
    summary: 'Inspection decisions and whom they let in',
    permission: { action: 'read', subject: 'Inspection' },
    answer: InspectionList,
    handler: ({ tx }) => inspections(tx),
  }),
  route({
    method: 'post',
    path: '/api/inspections',
    summary: 'Enter an inspection decision: it opens its dossiers to one person until its last day',
    permission: { action: 'create', subject: 'Inspection' },
    body: MakeInspection,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, body }) => ({ id: await makeInspection(tx, body) }),
  }),
  route({
    method: 'post',
    path: '/api/inspections/:id/end',
    summary: 'End access under a decision before its day',
    permission: { action: 'update', subject: 'Inspection' },
    params: idParams,
    body: EndInspection,
    answer: z.void(),
    handler: ({ tx, params, body }) => endInspection(tx, params.id, body),
  }),
]
