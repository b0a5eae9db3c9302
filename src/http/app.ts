import { isUtf8 } from 'node:buffer'
import express, { type Express, type Request } from 'express'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { errorHandler } from './errors.ts'
import { handle } from './handle.ts'
import { live, metrics, type Readiness, ready } from './health.ts'
import { requestLog } from './logging.ts'
import { openApi } from './openapi.ts'
import { pages } from './pages.ts'
import { notFound, Problem } from './problem.ts'
import type { Route } from './route.ts'
import { headers, sameSiteOnly } from './security.ts'
import { sessions } from './session.ts'

export type HttpConfig = {
  db: Database
  routes: readonly Route[]
  actorOf(req: Request): Promise<Actor>
  sessionSecret: string
  /** HTTPS in front of us (production): cookies and headers say so. */
  secure: boolean
  version: string
  /** Where the built user interface lies, or undefined when there is none (API only). */
  pagesFolder?: string
  readiness(): Promise<Readiness>
  /** Errors of features as problems; undefined for what it does not know. */
  translate?(error: unknown): Problem | undefined
}

const wrongMethod = () =>
  new Problem(405, 'method-not-allowed', {
    vi: 'Địa chỉ này không nhận thao tác đó.',
    en: 'This address does not take that method.',
  })

/** Bytes that are no letters would be stored as "�": what somebody wrote would be lost without a word. */
function onlyUtf8(_req: unknown, _res: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8' || !isUtf8(body)) throw new Error('JSON comes in UTF-8')
}

/** The whole HTTP side: health, API, pages. PostgreSQL may be away at any time; then the API answers 503. */
export function httpApp(config: HttpConfig): Express {
  const app = express()
  app.disable('x-powered-by')
  if (config.secure) app.set('trust proxy', 1)
  app.get('/health/live', live)
  app.get('/health/ready', ready(config.readiness))
  app.get('/metrics', metrics)
  app.use(headers(config.secure))

  const api = express.Router()
  const description = openApi(config.routes, config.version)
  api.use(requestLog(config.db.log))
  api.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  api.get('/api/openapi.json', (_req, res) => void res.json(description))
  api.use(sameSiteOnly)
  // Before the body, so that what is wrong with it is said in the person's language.
  api.use(sessions(config.db, config.sessionSecret, config.secure))
  for (const { method, path, mostBytes } of config.routes) {
    if (!mostBytes) continue
    const large = express.json({ limit: mostBytes, verify: onlyUtf8 })
    // A stranger's large body is not read, whatever the route.
    api[method](path, (req, res, next) => (req.session.personId ? large(req, res, next) : next()))
  }
  // Whose body has been read above is not read again.
  api.use(express.json({ limit: '1mb', verify: onlyUtf8 }))
  for (const route of config.routes) api[route.method](route.path, handle(route, config))
  for (const path of new Set(config.routes.map((route) => route.path)))
    api.all(path, (_req, _res, next) => next(wrongMethod()))
  api.use((_req, _res, next) => next(notFound()))
  app.use((req, res, next) => (req.path.startsWith('/api/') ? api(req, res, next) : next()))

  if (config.pagesFolder) app.use(pages(config.pagesFolder))
  app.use((_req, _res, next) => next(notFound()))
  app.use(errorHandler(config.db.log, config.translate ?? (() => undefined)))
  return app
}
