import { z } from 'zod'
import { route } from '../http/route.ts'
import { places } from './read-model.ts'

export const Place = z.object({
  code: z.string(),
  name: z.object({ vi: z.string(), en: z.string().optional() }),
})
export const PlaceList = z.object({ places: z.array(Place) })

export const agencyRoutes = [
  route({
    method: 'get',
    path: '/api/places',
    summary: 'Communes where a dossier can be filed',
    permission: 'public',
    answer: PlaceList,
    handler: async ({ tx }) => ({ places: await places(tx) }),
  }),
]
