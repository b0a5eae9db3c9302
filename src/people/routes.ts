import { packRules } from '@casl/ability/extra'
import { z } from 'zod'
import type { Database } from '../database/transaction.ts'
import { notLoggedIn } from '../http/problem.ts'
import { route } from '../http/route.ts'
import { endSession, saveSession, startSession } from '../http/session.ts'
import { loadActor } from './actor.ts'
import { passwordLogin } from './login.ts'
import { secondStep } from './second-factor-routes.ts'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Ref = z.object({ id: z.uuid(), code: z.string(), name: Text })
const Locale = z.enum(['vi', 'en'])

export const Session = z.object({
  person: z.object({ id: z.uuid(), name: z.string() }),
  kind: z.enum(['staff', 'citizen']),
  posts: z.array(z.object({ id: z.uuid(), agency: Ref, unit: Ref, role: z.string(), title: Text })),
  locale: Locale,
  /** Inspection decisions that hold today; `awaitsSecondFactor`: posts or decisions open with the second factor only, and it was not given. */
  inspections: z.array(
    z.object({ id: z.uuid(), number: z.string(), decidedOn: z.iso.date(), validTo: z.iso.date() }),
  ),
  awaitsSecondFactor: z.boolean(),
  /** casl rules, packed: unpackRules() of @casl/ability/extra makes the same ability in the browser. */
  rules: z.array(z.array(z.unknown())),
})

const Login = z.strictObject({
  login: z.string().min(1).max(100),
  password: z.string().min(1).max(200),
  /** The language chosen before logging in, for this session; without it, the one the person keeps. */
  locale: Locale.optional(),
  /** Of the second factor, for whoever has one. */
  code: z.string().trim().min(6).max(24).optional(),
})

type Known = NonNullable<Awaited<ReturnType<typeof loadActor>>>

function sessionOf(actor: Known | undefined): z.input<typeof Session> {
  if (!actor) throw notLoggedIn()
  return {
    person: { id: actor.personId, name: actor.name },
    kind: actor.kind,
    posts: actor.posts.map((post) => ({
      id: post.id,
      agency: { id: post.agencyId, code: post.agencyCode, name: post.agencyName },
      unit: { id: post.unitId, code: post.unitCode, name: post.unitName },
      role: post.role,
      title: post.title,
    })),
    locale: actor.locale,
    inspections: (actor.inspections ?? []).map(({ id, number, decidedOn, validTo }) => ({
      id,
      number,
      decidedOn,
      validTo,
    })),
    awaitsSecondFactor: actor.awaitsSecondFactor,
    rules: packRules(actor.ability.rules),
  }
}

type Options = {
  /** Whether demo accounts may log in. */
  demo: boolean
  /** Where the single sign-on is left too, by whoever came in through it. */
  leaveSso?: ((idToken: string) => Promise<URL | undefined>) | undefined
}

/** Log in, log out, who am I, which language. */
export function sessionRoutes(db: Database, { demo, leaveSso }: Options) {
  const login = passwordLogin(db, demo)
  const codeAsked = secondStep(db)
  return [
    route({
      method: 'post',
      path: '/api/session',
      summary: 'Log in',
      permission: 'public',
      body: Login,
      answer: Session,
      serve: async ({ req, body }) => {
        const known = await login(body.login, body.password, req.ip ?? '')
        const { personId } = known
        const locale = body.locale ?? known.locale
        const way = await codeAsked(personId, body.code)
        const secondFactor = way !== undefined
        await startSession(req, personId, locale)
        if (secondFactor) {
          req.session.secondFactor = true
          await saveSession(req)
        }
        const actor = await loadActor(db, personId, locale, { secondFactor })
        if (actor)
          await db.transact(actor, async (tx) =>
            tx.audit({ act: 'session.login', detail: { secondFactor: way ?? 'none' } }),
          )
        return sessionOf(actor)
      },
    }),
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Who is logged in',
      permission: 'public',
      answer: Session,
      serve: async ({ actor, req }) =>
        sessionOf(
          actor.personId
            ? await loadActor(db, actor.personId, actor.locale, {
                secondFactor: req.session.secondFactor === true,
              })
            : undefined,
        ),
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Log out; `next` is where to leave the single sign-on, for whoever came in through it',
      permission: 'public',
      answer: z.object({ next: z.url() }),
      serve: async ({ req, res }) => {
        const { idToken } = req.session
        await endSession(req)
        res.clearCookie('motcua.sid', { path: '/' })
        const next = idToken ? await leaveSso?.(idToken) : undefined
        return next && { next: next.href }
      },
    }),
    route({
      method: 'put',
      path: '/api/session/locale',
      summary: 'Choose the language of answers',
      permission: 'public',
      body: z.strictObject({ locale: Locale }),
      answer: z.void(),
      serve: async ({ req, actor, body: { locale } }) => {
        req.session.locale = locale
        if (actor.personId)
          await db.pool.query('update account set locale = $2 where person_id = $1', [actor.personId, locale])
      },
    }),
  ]
}
