import { z } from 'zod'
import { type Actor, publicActor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { notLoggedIn, Problem } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { saveSession } from '../http/session.ts'
import { qrMatrix } from '../letters/qr.ts'
import { keyOf, limiter } from './limiter.ts'
import {
  acceptCode,
  beginEnrolment,
  codeNeeded,
  confirmEnrolment,
  deleteFactor,
  hasSecondFactor,
  recoveryCodesLeft,
  type Way,
} from './second-factor.ts'
import { tellOfFactor } from './second-factor-reset.ts'
import { otpauth } from './totp.ts'

const Code = z.string().trim().min(6).max(24)
const WithCode = z.strictObject({ code: Code })
const permission = { action: 'update', subject: 'Person' } as const
const MINUTE = 60

/** Tries at a code, of one person: 10 in 15 minutes, on machine time; each wrong one stands in the trail. */
function tries(db: Database) {
  const limit = limiter(db, 'second-factor', 10, 15 * MINUTE)
  const refused = (personId: string) =>
    db.transact(publicActor('vi'), async (tx) =>
      tx.audit({ act: 'second-factor.refused', actorId: personId }),
    )
  return async <T>(personId: string, attempt: () => Promise<T>): Promise<T> => {
    const seconds = await limit.take(keyOf(personId))
    if (seconds !== undefined)
      throw new Problem(
        429,
        'too-many-codes',
        {
          vi: `Đã nhập sai mã quá nhiều lần. Hãy thử lại sau ${Math.ceil(seconds / 60)} phút.`,
          en: `Too many wrong codes. Try again in ${Math.ceil(seconds / 60)} minutes.`,
        },
        { retryAfterSeconds: seconds },
      )
    try {
      const result = await attempt()
      await limit.forget(keyOf(personId))
      return result
    } catch (error) {
      if (error instanceof Problem && error.status === 401) await refused(personId)
      throw error
    }
  }
}

/**
 * What comes after the password: nothing, for whoever has no second factor; otherwise its code. Answers how it was given.
 * @throws Problem 401 without a code or with a wrong one, 429 after too many
 */
export function secondStep(db: Database) {
  const counted = tries(db)
  return async (personId: string, code: string | undefined): Promise<Way | undefined> => {
    const enrolled = await db.transact(publicActor('vi'), (tx) => hasSecondFactor(tx, personId))
    if (!enrolled) return undefined
    if (code === undefined) throw codeNeeded()
    return counted(personId, () => db.transact(publicActor('vi'), (tx) => acceptCode(tx, personId, code)))
  }
}

const who = ({ personId }: Actor): string => {
  if (!personId) throw notLoggedIn()
  return personId
}

async function passed(req: Parameters<typeof saveSession>[0]): Promise<void> {
  req.session.secondFactor = true
  await saveSession(req)
}

/** Everybody may have a second factor; an inspector sees nothing without it. */
export function secondFactorRoutes(db: Database): Route[] {
  const counted = tries(db)
  return [
    route({
      method: 'get',
      path: '/api/session/second-factor',
      summary: 'Whether I have a second factor, and whether it was asked for in this session',
      permission,
      answer: z.object({ enrolled: z.boolean(), passed: z.boolean(), recoveryCodes: z.int() }),
      serve: ({ actor, req }) =>
        db.transact(actor, async (tx) => ({
          enrolled: await hasSecondFactor(tx, who(actor)),
          passed: req.session.secondFactor === true,
          recoveryCodes: await recoveryCodesLeft(tx, who(actor)),
        })),
    }),
    route({
      method: 'post',
      path: '/api/session/second-factor',
      summary: 'Begin with a second factor: the secret for the authenticator app, as text and as QR code',
      permission,
      body: z.strictObject({}),
      answer: z.object({ secret: z.string(), uri: z.string(), qr: z.array(z.array(z.boolean())) }),
      status: 201,
      serve: async ({ actor }) => {
        const secret = await db.transact(actor, (tx) => beginEnrolment(tx, who(actor)))
        const { rows } = await db.pool.query<{ login: string }>(
          'select login from account where person_id = $1 order by login limit 1',
          [who(actor)],
        )
        const uri = otpauth(secret, rows[0]?.login ?? actor.name)
        return { secret, uri, qr: qrMatrix(uri) }
      },
    }),
    route({
      method: 'post',
      path: '/api/session/second-factor/confirm',
      summary:
        'The first code of the app: from now on it is asked for; answers the recovery codes, this once',
      permission,
      body: WithCode,
      answer: z.object({ recoveryCodes: z.array(z.string()) }),
      serve: async ({ actor, req, body }) => {
        const recoveryCodes = await counted(who(actor), () =>
          db.transact(actor, async (tx) => {
            const codes = await confirmEnrolment(tx, who(actor), body.code)
            tx.audit({ act: 'second-factor.added' })
            await tellOfFactor(tx, who(actor), 'second-factor-added')
            return codes
          }),
        )
        await passed(req)
        return { recoveryCodes }
      },
    }),
    route({
      method: 'post',
      path: '/api/session/second-factor/pass',
      summary: 'Give the code within a session that began without it (single sign-on)',
      permission,
      body: WithCode,
      answer: z.void(),
      serve: async ({ actor, req, body }) => {
        await counted(who(actor), () =>
          db.transact(actor, async (tx) => {
            const by = await acceptCode(tx, who(actor), body.code)
            tx.audit({ act: 'second-factor.passed', detail: { by } })
          }),
        )
        await passed(req)
        return undefined
      },
    }),
    route({
      method: 'post',
      path: '/api/session/second-factor/remove',
      summary: 'Give up the second factor, with a code of it',
      permission,
      body: WithCode,
      answer: z.void(),
      serve: async ({ actor, req, body }) => {
        await counted(who(actor), () =>
          db.transact(actor, async (tx) => {
            const by = await acceptCode(tx, who(actor), body.code)
            await deleteFactor(tx, who(actor))
            // What the factor has opened elsewhere ends with it.
            await tx.sql(
              `delete from session where sess->>'personId' = $1 and sess->>'secondFactor' = 'true' and sid <> $2`,
              [who(actor), req.sessionID],
            )
            tx.audit({ act: 'second-factor.removed', detail: { by } })
            await tellOfFactor(tx, who(actor), 'second-factor-removed')
          }),
        )
        req.session.secondFactor = false
        await saveSession(req)
        return undefined
      },
    }),
  ]
}
