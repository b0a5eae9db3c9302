import { z } from 'zod'
import { dossierRow } from '../dossiers/read-model.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { closePersonal, openPersonal } from './open.ts'
import { openingRows } from './read-model.ts'
import { Opened, OpeningList, OpeningQuery, OpenPersonal } from './schemas.ts'

export const personalRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/dossiers/:id/openings',
    summary: 'Open the personal data of a dossier with a reason, for some minutes',
    permission: { action: 'open', subject: 'Task' },
    params: idParams,
    body: OpenPersonal,
    answer: Opened,
    status: 201,
    async handler({ tx, params, body }) {
      if (!(await dossierRow(tx, params.id))) throw notFound()
      return openPersonal(tx, params.id, body)
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/openings/close',
    summary: 'Mask again what I have opened',
    permission: { action: 'open', subject: 'Task' },
    params: idParams,
    body: z.strictObject({}),
    answer: z.void(),
    async handler({ tx, params }) {
      if (!(await dossierRow(tx, params.id))) throw notFound()
      await closePersonal(tx, params.id)
    },
  }),
  route({
    method: 'get',
    path: '/api/audit/openings',
    summary: 'Who opened whose personal data, when and why',
    permission: { action: 'read', subject: 'Opening' },
    query: OpeningQuery,
    answer: OpeningList,
    handler: ({ tx, query }) => openingRows(tx, query),
  }),
]
