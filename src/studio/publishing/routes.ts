import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { serveContent } from '../../documents/serve.ts'
import { once } from '../../http/idempotency.ts'
import { idParams, type Route, route } from '../../http/route.ts'
import type { Services } from '../../services.ts'
import { baseSources, takeBase } from './base.ts'
import { offerVersion, PATIENCE_MS } from './broker.ts'
import { type Broker, bringIntoForce } from './in-force.ts'
import { publishDraft, putVersionInForce, withdrawPublication } from './publish.ts'
import { publication, publicationCheck, scanOf, studioProcedure } from './read-model.ts'
import {
  BaseSources,
  BaseTaken,
  PublicationCheck,
  PublicationView,
  PublishDraft,
  PutInForce,
  StudioProcedure,
  TakeBase,
  WithdrawPublication,
} from './schemas.ts'

const read = { action: 'read', subject: 'Publication' } as const
const create = { action: 'create', subject: 'Publication' } as const
const codeParams = z.strictObject({ code: z.string().min(1).max(40) })

/** Both files of a procedure at their largest. */
const MOST_BYTES = 12_000_000

type Asked = Parameters<NonNullable<Route['serve']>>[0]

/** Versions, the acts that put them in force, and what must hold before. */
export function publishingRoutes({ db, files, log, settings }: Services, broker: Broker): Route[] {
  /** Carries an act out once, then brings what is due into force, and answers how the publication stands. */
  async function acted(
    { actor, req, body }: Pick<Asked, 'actor' | 'req' | 'body'>,
    act: (tx: Tx) => Promise<string>,
  ) {
    const key = req.get('idempotency-key')
    const answer = await db.transact(actor, (tx) => {
      const work = async () => {
        const id = await act(tx)
        await offerVersion(tx, id, { ...broker, log })
        return { status: 201, body: { id } }
      }
      return key === undefined ? work() : once(tx, { key, method: req.method, path: req.path, body }, work)
    })
    const { id } = answer.body as { id: string }
    const bringing = bringIntoForce(db, broker).catch((err: unknown) =>
      log.warn({ err, publication: id }, 'a version is not in force yet; it comes again'),
    )
    await Promise.race([bringing, sleep(PATIENCE_MS, undefined, { ref: false })])
    return db.transact(actor, (tx) => publication(tx, id))
  }

  return [
    route({
      method: 'get',
      path: '/api/studio/procedures/:code',
      summary: 'A procedure in the Studio: its versions, publications and drafts',
      permission: read,
      params: codeParams,
      answer: StudioProcedure,
      handler: ({ tx, params }) => studioProcedure(tx, params.code),
    }),
    route({
      method: 'get',
      path: '/api/studio/drafts/:id/publication',
      summary: 'Whether a draft can be published, and what that would do',
      permission: read,
      params: idParams,
      answer: PublicationCheck,
      handler: ({ tx, params }) => publicationCheck(tx, params.id),
    }),
    route({
      method: 'get',
      path: '/api/studio/drafts/:id/base',
      summary: 'A draft, the version it was made from and the one in force, for a merge of the three',
      permission: { action: 'read', subject: 'Draft' },
      params: idParams,
      query: z.strictObject({ revision: z.coerce.number().int().min(1) }),
      answer: BaseSources,
      handler: ({ tx, params, query }) => baseSources(tx, params.id, query.revision),
    }),
    route({
      method: 'post',
      path: '/api/studio/drafts/:id/base',
      summary: 'Let a draft go on from the version in force, with what that has changed merged into it',
      permission: { action: 'update', subject: 'Draft' },
      params: idParams,
      body: TakeBase,
      answer: BaseTaken,
      mostBytes: MOST_BYTES,
      handler: ({ tx, params, body }) => takeBase(tx, params.id, body),
    }),
    route({
      method: 'post',
      path: '/api/studio/drafts/:id/publish',
      summary: 'Publish an approved draft by a decision, in force from a day',
      permission: create,
      params: idParams,
      body: PublishDraft,
      answer: PublicationView,
      status: 201,
      serve: (input) =>
        acted(input, (tx) => publishDraft(tx, input.params.id, input.body, { sample: settings.demo })),
    }),
    route({
      method: 'post',
      path: '/api/studio/procedures/:code/roll-back',
      summary: 'Put a version that is there already in force again, by a decision',
      permission: create,
      params: codeParams,
      body: PutInForce,
      answer: PublicationView,
      status: 201,
      serve: (input) => acted(input, (tx) => putVersionInForce(tx, input.params.code, input.body)),
    }),
    route({
      method: 'post',
      path: '/api/studio/publications/:id/withdraw',
      summary: 'Withdraw a planned publication before its day',
      permission: { action: 'update', subject: 'Publication' },
      params: idParams,
      body: WithdrawPublication,
      answer: z.void(),
      handler: ({ tx, params, body }) => withdrawPublication(tx, params.id, body),
    }),
    route({
      method: 'get',
      path: '/api/studio/publications/:id/scan',
      summary: 'The scan of the decision',
      permission: read,
      params: idParams,
      answer: z.void(),
      async serve({ actor, params, res }) {
        await serveContent(res, files, await db.transact(actor, (tx) => scanOf(tx, params.id)))
        return undefined
      },
    }),
  ]
}
