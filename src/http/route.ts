import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Action } from '../access/ability.ts'
import type { Actor } from '../access/actor.ts'
import type { SubjectName } from '../access/subjects.ts'
import type { Database, Tx } from '../database/transaction.ts'
import { assertStrict } from './strict.ts'

/** What a route asks of the actor's role; the rows are guarded by the ability inside. 'public' needs no login. */
export type Permission = 'public' | { action: Action; subject: SubjectName }

export type Method = 'get' | 'post' | 'put' | 'delete'

/** An answer before it is JSON: a Date may stand where its text will. */
export type Draft<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly Draft<Item>[]
    : T extends object
      ? { [K in keyof T]: Draft<T[K]> }
      : T

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  db: Database
  actor: Actor
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
  req: Request
  res: Response
}

type Common<P, Q, B, A> = {
  method: Method
  /** As express writes it: /api/dossiers/:id. */
  path: string
  summary: string
  permission: Permission
  params?: P
  query?: Q
  body?: B
  /** What is answered; whatever else the handler returns is left out. z.void() answers 204. */
  answer: A
  /** 200, or 201 for what creates. */
  status?: 200 | 201
  /** The largest body, where a megabyte is not enough. */
  mostBytes?: number
}

type InTransaction<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> = Common<P, Q, B, A> & {
  /** Runs in one transaction of the actor, perhaps more than once; its return is the answer. */
  handler(input: Input<P, Q, B> & { tx: Tx }): Promise<Draft<z.input<A>>>
}

type OnItsOwn<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = Common<
  P,
  Q,
  B,
  A
> & {
  /** For files, uploads, streams and sessions: no transaction; may answer on `res` itself and return nothing. */
  serve(input: Input<P, Q, B>): Promise<Draft<z.input<A>> | undefined>
}

/** A route with its types worn off: what the frame and the API's description work with. */
export type Route = Common<z.ZodType, z.ZodType, z.ZodType, z.ZodType> & {
  handler?: (input: Input<z.ZodType, z.ZodType, z.ZodType> & { tx: Tx }) => Promise<unknown>
  serve?: (input: Input<z.ZodType, z.ZodType, z.ZodType>) => Promise<unknown>
}

/**
 * One route as one object. A body, query or params schema must refuse unknown fields (z.strictObject), or the route
 * is refused at start.
 */
export function route<
  A extends z.ZodType,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(definition: InTransaction<P, Q, B, A> | OnItsOwn<P, Q, B, A>): Route {
  for (const part of ['params', 'query', 'body'] as const)
    if (definition[part]) assertStrict(definition[part], `${part} of ${definition.method} ${definition.path}`)
  return definition as unknown as Route
}

/** The parameters of most paths. */
export const idParams = z.strictObject({ id: z.uuid() })
