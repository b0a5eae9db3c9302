import express from 'express'
import { pino } from 'pino'
import type { Actor } from '../../../src/access/actor.ts'
import type { Database } from '../../../src/database/transaction.ts'
import { errorHandler } from '../../../src/http/errors.ts'
import { handle } from '../../../src/http/handle.ts'
import type { Route } from '../../../src/http/route.ts'

/** An application of these routes alone; the header `as` names who asks. */
export const serverOf = (db: Database, routes: Route[], actors: Record<string, Actor>) => {
  const app = express()
  app.use(express.json())
  for (const route of routes)
    app[route.method](route.path, handle(route, { db, actorOf: async (req) => actors[req.get('as') ?? '']! }))
  app.use(errorHandler(pino({ level: 'silent' }), () => undefined))
  return app
}
