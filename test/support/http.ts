import type { Express } from 'express'
import supertest from 'supertest'
import { agencyRoutes } from '../../src/agencies/routes.ts'
import type { Database } from '../../src/database/orm.ts'
import { type HttpConfig, httpApp } from '../../src/http/app.ts'
import { modeRoute } from '../../src/http/mode.ts'
import type { Route } from '../../src/http/route.ts'
import { actorOf } from '../../src/people/actor.ts'
import { DEMO_PASSWORD } from '../../src/people/demo-accounts.ts'
import { sessionRoutes } from '../../src/people/routes.ts'

/** The HTTP side on a test database: login and the given routes, without engine or pages. */
export const testApp = (
  db: Database,
  routes: readonly Route[] = [],
  { demo = true, ...config }: Partial<HttpConfig> & { demo?: boolean } = {},
): Express =>
  httpApp({
    db,
    routes: [
      modeRoute({ mode: 'test', demo, version: '0.0.0' }),
      ...sessionRoutes(db, { demo }),
      ...agencyRoutes,
      ...routes,
    ],
    actorOf: actorOf(db),
    sessionSecret: 'a secret of tests only, long enough for it',
    secure: false,
    version: '0.0.0',
    readiness: async () => ({}),
    ...config,
  })

/** A browser with its cookie, sending the header our own pages send. */
export const browser = (app: Express) => supertest.agent(app).set('X-Requested-With', 'mot-cua')

/** A browser in which a demo account is logged in. */
export async function loggedIn(app: Express, login: string) {
  const agent = browser(app)
  await agent.post('/api/session').send({ login, password: DEMO_PASSWORD }).expect(200)
  return agent
}

/** An answer of bytes (a PDF, a CSV): its body is a Buffer instead of something parsed. */
export const whole = <R extends supertest.Test>(request: R): R =>
  request.buffer(true).parse((res, done) => {
    const parts: Buffer[] = []
    res.on('data', (part: Buffer) => parts.push(part))
    res.on('end', () => done(null, Buffer.concat(parts)))
  })
