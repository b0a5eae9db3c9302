import { z } from 'zod'
import { type Route, route } from '../../http/route.ts'
import { knownFields } from './read-model.ts'
import { KnownFieldList } from './schemas.ts'

export const knownFieldsRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/known-fields',
    summary: 'Questions that procedures in force ask already, so that the same one is asked in the same way',
    permission: { action: 'read', subject: 'Draft' },
    query: z.strictObject({ q: z.string().max(200).default('') }),
    answer: KnownFieldList,
    handler: async ({ tx, query }) => ({ fields: await knownFields(tx, query.q) }),
  }),
]
