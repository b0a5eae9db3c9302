import { z } from 'zod'
import { notLoggedIn } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Hub } from './hub.ts'

/** GET /api/events: server-sent events {type, ids} for whoever is logged in. */
export const eventRoutes = (hub: Hub) => [
  route({
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events: what has changed, as ids',
    permission: { action: 'read', subject: 'Procedure' },
    answer: z.void(),
    serve: async ({ actor, res }) => {
      if (!actor.personId) throw notLoggedIn()
      hub.watch(actor, res)
      return undefined
    },
  }),
]
