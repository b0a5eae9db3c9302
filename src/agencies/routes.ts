import { z } from 'zod'
import { route } from '../http/route.ts'
import { agencies, places } from './read-model.ts'
import { AgencyView, Place } from './schemas.ts'

export const agencyRoutes = [
  route({
    method: 'get',
    path: '/api/places',
    summary: 'Communes where a dossier can be filed',
    permission: 'public',
    answer: z.object({ places: z.array(Place) }),
    handler: async ({ tx }) => ({ places: await places(tx) }),
  }),
  route({
    method: 'get',
    path: '/api/admin/agencies',
    summary: 'Agencies and their units, the dissolved ones too',
    permission: { action: 'read', subject: 'Agency' },
    answer: z.object({ agencies: z.array(AgencyView) }),
    handler: async ({ tx }) => ({ agencies: await agencies(tx) }),
  }),
]
