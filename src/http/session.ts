import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler } from 'express'
import session from 'express-session'
import type { Database } from '../database/transaction.ts'

declare module 'express-session' {
  interface SessionData {
    personId: string
    locale: 'vi' | 'en'
    /** While the person is at the single sign-on: what its answer is held against. */
    sso: { state: string; nonce: string; verifier: string; back: string }
    /** Who came in by single sign-on: the provider asks for it when they log out. */
    idToken: string
    /** The second factor was given in this session. */
    secondFactor: boolean
  }
}

const WORKING_DAY_MS = 12 * 3_600_000

/**
 * Sessions in PostgreSQL, on machine time: whoever moves the legal clock logs nobody out. `secure` sends the cookie
 * over HTTPS only (production, behind a proxy that ends TLS).
 */
export function sessions(db: Database, secret: string, secure: boolean): RequestHandler {
  const Store = connectPgSimple(session)
  return session({
    store: new Store({
      pool: db.pool,
      tableName: 'session',
      pruneSessionInterval: 15 * 60,
      errorLog: (...what: unknown[]) => db.log.warn({ component: 'session' }, String(what[0])),
    }),
    name: 'motcua.sid',
    secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure, maxAge: WORKING_DAY_MS, path: '/' },
  })
}

const settled = (act: (done: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())))

/** A new session id for whoever has just logged in: an id planted before is worth nothing. */
export async function startSession(
  req: Request,
  personId: string,
  locale: 'vi' | 'en',
  idToken?: string,
): Promise<void> {
  await settled((done) => req.session.regenerate(done))
  req.session.personId = personId
  req.session.locale = locale
  if (idToken !== undefined) req.session.idToken = idToken
  await saveSession(req)
}

/** What was put into the session is there for the next request: a browser that is sent on comes before the end of this one. */
export const saveSession = (req: Request): Promise<void> => settled((done) => req.session.save(done))

export const endSession = (req: Request): Promise<void> => settled((done) => req.session.destroy(done))
