import { z } from 'zod'
import { route } from './route.ts'

export const Mode = z.object({
  mode: z.enum(['demo', 'production', 'test']),
  /** Every page says so. */
  demo: z.boolean(),
  /** The legal now. */
  now: z.iso.datetime({ offset: true }),
  version: z.string(),
  /** The name of the single sign-on, when there is one. */
  sso: z.string().nullable(),
})

type Config = { mode: 'demo' | 'production' | 'test'; demo: boolean; version: string; sso?: string }

export const modeRoute = (config: Config) =>
  route({
    method: 'get',
    path: '/api/mode',
    summary: 'How the system runs, and its legal now',
    permission: 'public',
    answer: Mode,
    serve: async ({ db }) => ({ ...config, sso: config.sso ?? null, now: db.clock.now() }),
  })
