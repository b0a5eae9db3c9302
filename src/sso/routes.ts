import { z } from 'zod'
import { systemActor } from '../access/actor.ts'
import { type Route, route } from '../http/route.ts'
import { saveSession, startSession } from '../http/session.ts'
import { keptLocale, loadActor } from '../people/actor.ts'
import { keyOf, limiter } from '../people/limiter.ts'
import { sessionRoutes } from '../people/routes.ts'
import type { Services } from '../services.ts'
import { type Match, personOfClaims } from './match.ts'
import { openProvider, type Provider, type Refusal, SsoRefused } from './provider.ts'
import type { SsoSettings } from './settings.ts'

type Why = Refusal | Exclude<Match, object> | 'often'

/** Only a path of our own pages: "//elsewhere", "/\elsewhere" and addresses of the API lead away. */
export const localPath = (path: string | undefined): string =>
  path && /^\/(?![/\\])[^\s\\]*$/.test(path) && !path.startsWith('/api/') ? path : ''

/** Where the provider sends people back to; it has to be registered there. */
export const returnAddress = (publicUrl: string): string => `${publicUrl}/api/sso/return`

/** Minutes somebody has at the provider; what is kept for them meanwhile ends with it. */
const UNDERWAY_MS = 10 * 60_000
/** Visits in 15 minutes from one address, behind which a whole agency may sit: each keeps a row for a while. */
const VISITS = 200

type Needs = Pick<Services, 'db' | 'log' | 'settings'>

/** Log in and log out, by password and, where it is configured, by single sign-on. */
export function loginRoutes(
  services: Needs,
  { demo, sso }: { demo: boolean; sso: SsoSettings | undefined },
): Route[] {
  if (!sso) return sessionRoutes(services.db, { demo })
  const provider = openProvider(sso)
  const leaveSso = (idToken: string) => provider.end(idToken, `${services.settings.publicUrl}/dang-nhap`)
  return [...sessionRoutes(services.db, { demo, leaveSso }), ...ssoRoutes(services, provider, sso)]
}

/** Going to the provider and coming back. Both are visits of a browser: what goes wrong is said on the login page. */
function ssoRoutes(
  { db, log, settings: product }: Needs,
  provider: Provider,
  settings: SsoSettings,
): Route[] {
  const loginPage = (why: Why, back: string) =>
    `/dang-nhap?${new URLSearchParams({ sso: why, ...(back && { ve: back }) })}`
  const visits = limiter(db, 'sso', VISITS, 15 * 60)
  const refused = (error: unknown): Why => {
    if (!(error instanceof SsoRefused)) throw error
    log.warn({ component: 'sso', why: error.why, err: error.cause }, 'nobody was logged in')
    return error.why
  }
  return [
    route({
      method: 'get',
      path: '/api/sso/login',
      summary: 'Go to the single sign-on',
      permission: 'public',
      query: z.strictObject({
        ve: z.string().max(2000).optional(),
        /** The language chosen before logging in: a browser that follows a link asks for its own. */
        locale: z.enum(['vi', 'en']).optional(),
      }),
      answer: z.void(),
      serve: async ({ req, res, query }) => {
        const back = localPath(query.ve)
        if ((await visits.take(keyOf(req.ip ?? ''))) !== undefined)
          return void res.redirect(loginPage('often', back))
        try {
          const { url, underway } = await provider.begin(returnAddress(product.publicUrl), back)
          req.session.sso = underway
          if (query.locale) req.session.locale = query.locale
          // Whoever is logged in already stays so.
          if (!req.session.personId) req.session.cookie.maxAge = UNDERWAY_MS
          await saveSession(req)
          res.redirect(url.href)
        } catch (error) {
          res.redirect(loginPage(refused(error), back))
        }
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/api/sso/return',
      summary: 'Come back from the single sign-on',
      permission: 'public',
      // Providers add what they like; what counts is checked against the session.
      query: z.looseObject({}),
      answer: z.void(),
      serve: async ({ req, res, actor }) => {
        const underway = req.session.sso
        // Used up whatever comes of it: a second return with the same state finds nothing.
        delete req.session.sso
        if (!underway) return void res.redirect(loginPage('stale', ''))
        await saveSession(req)
        try {
          const here = new URL(req.originalUrl, product.publicUrl)
          if (here.searchParams.get('state') !== underway.state) throw new SsoRefused('stale')
          const { claims, idToken } = await provider.finish(here, underway)
          const match = await db.transact(systemActor('single sign-on'), (tx) =>
            personOfClaims(tx, claims, settings, product.demo),
          )
          if (typeof match === 'string') return void res.redirect(loginPage(match, underway.back))
          const locale = req.session.locale ?? (await keptLocale(db, match.personId)) ?? actor.locale
          const person = await loadActor(db, match.personId, locale)
          if (!person) return void res.redirect(loginPage('inactive', underway.back))
          await startSession(req, person.personId, locale, idToken)
          await db.transact(person, async (tx) => tx.audit({ act: 'session.login', detail: { by: 'sso' } }))
          res.redirect(underway.back || '/dang-nhap')
        } catch (error) {
          res.redirect(loginPage(refused(error), underway.back))
        }
        return undefined
      },
    }),
  ]
}
