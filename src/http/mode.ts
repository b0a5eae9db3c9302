import { z } from 'zod'
import { route } from './route.ts'

export const Mode = z.object({
  mode: z.enum(['demo', 'production', 'test']),
  /** Every page says so. */
  demo: z.boolean(),
  /** The legal now. */
  now: z.iso.datetime({ offset: true }),
  version: z.string(),
})

export const modeRoute = (config: { mode: 'demo' | 'production' | 'test'; demo: boolean; version: string }) =>
  route({
    method: 'get',
    path: '/api/mode',
    summary: 'How the system runs, and its legal now',
    permission: 'public',
    answer: Mode,
    serve: async ({ db }) => ({ ...config, now: db.clock.now() }),
  })
