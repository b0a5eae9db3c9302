import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { type Answer, once } from './idempotency.ts'
import { fieldErrors } from './messages.ts'
import { forbidden, notFound, notLoggedIn, Problem } from './problem.ts'
import type { Route } from './route.ts'
import { assertStorable, isStorable } from './storable.ts'

export type Frame = {
  db: Database
  /** Who is asking, from the session. */
  actorOf(req: Request): Promise<Actor>
}

function permit(route: Route, actor: Actor): void {
  if (route.permission === 'public') return
  if (actor.kind === 'public') throw notLoggedIn()
  if (!actor.ability.can(route.permission.action, route.permission.subject)) throw forbidden()
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  throw new Problem(
    400,
    'invalid-input',
    {
      vi: 'Một số mục chưa đúng. Hãy sửa các mục được nêu.',
      en: 'Some fields are not right. Correct those named.',
    },
    { errors: fieldErrors(result.error.issues) },
  )
}

function parseParams(route: Route, req: Request): unknown {
  // An address that cannot exist is an address where nothing is.
  if (!Object.values(req.params).flat().every(isStorable)) throw notFound()
  const result = route.params?.safeParse(req.params)
  if (result && !result.success) throw notFound()
  return result?.data
}

function wantJson(route: Route, req: Request): void {
  if (route.body && req.body === undefined && Number(req.get('content-length') ?? 0) > 0)
    throw new Problem(415, 'not-json', {
      vi: 'Hãy gửi dữ liệu dạng JSON (Content-Type: application/json).',
      en: 'Send JSON (Content-Type: application/json).',
    })
}

/** JSON as it will be sent: Dates as text, and only what the schema names. */
function answerOf(route: Route, value: unknown): unknown {
  if (value === undefined) return undefined
  const result = route.answer.safeParse(JSON.parse(JSON.stringify(value)))
  if (result.success) return result.data
  const where = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  throw new Error(`answer of ${route.method} ${route.path} is not what it promises: ${where}`)
}

function send(res: Response, { status, body }: Answer): void {
  if (body === undefined || body === null) res.status(204).end()
  else res.status(status).json(body)
}

/** The express handler of a route: permission, input, transaction, answer. Errors go on to the error handler. */
export function handle(route: Route, { db, actorOf }: Frame) {
  return async (req: Request, res: Response): Promise<void> => {
    const actor = await actorOf(req)
    res.locals.locale = actor.locale
    permit(route, actor)
    wantJson(route, req)
    // What a route does not ask for, too: the idempotency key's hash is taken of all that was sent.
    assertStorable(req.body)
    assertStorable(req.query)
    const params = parseParams(route, req)
    const input = {
      db,
      actor,
      req,
      res,
      params,
      query: parse(route.query, req.query),
      body: parse(route.body, req.body),
    }
    const status = route.status ?? 200
    if (route.serve) {
      const body = answerOf(route, await route.serve(input))
      if (!res.headersSent) send(res, { status, body })
      return
    }
    const { handler } = route
    if (!handler) throw new Error(`${route.method} ${route.path} has neither handler nor serve`)
    const key = route.method === 'get' ? undefined : req.get('idempotency-key')
    const answer = await db.transact(actor, (tx) => {
      const work = async () => ({ status, body: answerOf(route, await handler({ ...input, tx })) })
      return key === undefined
        ? work()
        : once(tx, { key, method: route.method, path: req.path, body: req.body }, work)
    })
    send(res, answer)
  }
}
