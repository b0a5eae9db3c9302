import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { notLoggedIn } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'

/**
 * The key with which a browser keeps a person's unfinished forms: whoever logs in there next gets another key and
 * reads none of them. It is derived, not stored, and changes with the secret of the sessions.
 */
export const draftKeyRoute = (secret: string): Route =>
  route({
    method: 'get',
    path: '/api/session/draft-key',
    summary: 'The key of my unfinished forms in this browser',
    permission: 'public',
    answer: z.object({ personId: z.uuid(), key: z.string() }),
    async serve({ actor, res }) {
      if (!actor.personId) throw notLoggedIn()
      res.set('Cache-Control', 'no-store')
      return {
        personId: actor.personId,
        key: createHmac('sha256', secret).update(`draft/${actor.personId}`).digest('base64'),
      }
    },
  })
