import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
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
  hasSecondFactor,
  recoveryCodesLeft,
  removeSecondFactor,
  wrongCode,
} from './second-factor.ts'
import { otpauth } from './totp.ts'

const Code = z.string().trim().min(6).max(24)
const WithCode = z.strictObject({ code: Code })
const permission = { action: 'update', subject: 'Person' } as const
const MINUTE = 60

/** Tries at a code, of one person: 10 in 15 minutes, on machine time. */
function tries(db: Database) {
  const limit = limiter(db, 'second-factor', 10, 15 * MINUTE)
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
    const result = await attempt()
    await limit.forget(keyOf(personId))
    return result
  }
}

/**
 * What comes after the password: nothing, for whoever has no second factor; otherwise its code. True when one was given.
 * @throws Problem 401 without a code or with a wrong one, 429 after too many
 */
export function secondStep(db: Database) {
  const counted = tries(db)
  return async (personId: string, code: string | undefined): Promise<boolean> => {
    if (!(await hasSecondFactor(db, personId))) return false
    if (code === undefined) throw codeNeeded()
    return counted(personId, async () => {
      if (!(await acceptCode(db, personId, code))) throw wrongCode()
      return true
    })
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
  const written = (actor: Actor, act: string) => db.transact(actor, async (tx) => tx.audit({ act }))
  return [
    route({
      method: 'get',
      path: '/api/session/second-factor',
      summary: 'Whether I have a second factor, and whether it was asked for in this session',
      permission,
      answer: z.object({ enrolled: z.boolean(), passed: z.boolean(), recoveryCodes: z.int() }),
      serve: async ({ actor, req }) => ({
        enrolled: await hasSecondFactor(db, who(actor)),
        passed: req.session.secondFactor === true,
        recoveryCodes: await recoveryCodesLeft(db, who(actor)),
      }),
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
        const secret = await beginEnrolment(db, who(actor))
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
        const recoveryCodes = await counted(who(actor), () => confirmEnrolment(db, who(actor), body.code))
        await written(actor, 'second-factor.added')
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
        await counted(who(actor), async () => {
          if (!(await acceptCode(db, who(actor), body.code))) throw wrongCode()
        })
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
        await counted(who(actor), () => removeSecondFactor(db, who(actor), body.code))
        await written(actor, 'second-factor.removed')
        req.session.secondFactor = false
        await saveSession(req)
        return undefined
      },
    }),
  ]
}
