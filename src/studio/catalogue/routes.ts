import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../database/transaction.ts'
import { type Route, route } from '../../http/route.ts'
import { fingerprint } from '../../intake/intake.ts'
import { MAX_BYTES, MAX_ROWS } from '../../intake/limits.ts'
import type { Line } from '../../intake/line.ts'
import { receiveCsv } from '../../intake/receive.ts'
import { fileChanged } from '../../intake/refusal.ts'
import { countsOf } from '../../intake/report.ts'
import { Guide } from '../../intake/schemas.ts'
import { makeSkeletons } from './bulk.ts'
import { COLUMNS, type Kind } from './columns.ts'
import { importFile, labelOf, reportCsv, sampleCsv } from './import.ts'
import { dropPlan, plans, setPlan } from './plan.ts'
import { catalogue, catalogueEntry, codesOf } from './read-model.ts'
import {
  CatalogueEntry,
  CatalogueList,
  CatalogueQuery,
  ImportKind,
  ImportReport,
  MadeSkeletons,
  MakeSkeletons,
  MOST_AT_ONCE,
  PlanList,
  SetPlan,
} from './schemas.ts'

const read = { action: 'read', subject: 'Catalogue' } as const
const create = { action: 'create', subject: 'Catalogue' } as const
const update = { action: 'update', subject: 'Catalogue' } as const

const ofCode = z.strictObject({ code: z.string().max(40) })
const ofKind = z.strictObject({ kind: ImportKind })

/** Lines of each verdict that the page shows. */
const SHOWN = 500
const shown = (lines: Line[]): Line[] => {
  const taken: Record<string, number> = {}
  return lines.filter(({ verdict }) => {
    taken[verdict] = (taken[verdict] ?? 0) + 1
    return taken[verdict] <= SHOWN
  })
}

/** The catalogue, its import, drafts made from it, and the re-engineering plan. `sample`: what is imported is made up. */
export function catalogueRoutes({ sample }: { sample: boolean }): Route[] {
  const run = async (
    { db, actor, req }: { db: Database; actor: Actor; req: IncomingMessage },
    kind: Kind,
    expected: string | null,
  ) => {
    const bytes = await receiveCsv(req)
    const sha256 = fingerprint(bytes)
    if (expected !== null && expected !== sha256) throw fileChanged()
    const save = expected !== null
    const lines = await db.transact(actor, (tx) => importFile(tx, kind, bytes, { save, sample }))
    return {
      saved: save,
      sha256,
      counts: countsOf(lines),
      lines: shown(lines).map(({ faults, changes, ...line }) => ({
        ...line,
        faults: faults.map(({ field, message }) => ({
          column: labelOf(kind, field, actor.locale),
          message: message[actor.locale],
        })),
        changes: changes.map((key) => labelOf(kind, key, actor.locale)),
      })),
      csv: reportCsv(kind, lines, actor.locale),
    }
  }
  return [
    route({
      method: 'get',
      path: '/api/studio/catalogue',
      summary: 'The catalogue of procedures, a page at a time',
      permission: read,
      query: CatalogueQuery,
      answer: CatalogueList,
      handler: ({ tx, query }) => catalogue(tx, query),
    }),
    route({
      method: 'get',
      path: '/api/studio/catalogue/codes',
      summary: 'The codes that the filters leave, at most as many as one act takes',
      permission: read,
      query: CatalogueQuery.omit({ after: true }),
      answer: z.object({ codes: z.array(z.string()) }),
      handler: async ({ tx, query }) => ({ codes: await codesOf(tx, query, MOST_AT_ONCE) }),
    }),
    route({
      method: 'get',
      path: '/api/studio/catalogue/import/:kind',
      summary: 'The columns of a CSV file of rows or of step tables',
      permission: create,
      params: ofKind,
      answer: Guide,
      serve: async ({ params: { kind } }) => ({
        columns: [...COLUMNS[kind]],
        maxRows: MAX_ROWS,
        maxBytes: MAX_BYTES,
      }),
    }),
    route({
      method: 'get',
      path: '/api/studio/catalogue/import/:kind/sample',
      summary: 'A CSV file to fill in',
      permission: create,
      params: ofKind,
      answer: z.void(),
      serve: async ({ actor, params: { kind }, res }) => {
        res.set({
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${actor.locale === 'vi' ? 'mau' : 'sample'}-catalogue-${kind}.csv"`,
        })
        res.send(sampleCsv(kind, actor.locale))
        return undefined
      },
    }),
    route({
      method: 'post',
      path: '/api/studio/catalogue/import/:kind/try',
      summary: 'What a CSV file (the body) would add and change, row by row; nothing is saved',
      permission: create,
      params: ofKind,
      answer: ImportReport,
      serve: (input) => run(input, input.params.kind, null),
    }),
    route({
      method: 'post',
      path: '/api/studio/catalogue/import/:kind/take-over',
      summary: 'Save the good rows of the CSV file (the body) that was tried; repeating it changes nothing',
      permission: create,
      params: ofKind,
      query: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      answer: ImportReport,
      serve: (input) => run(input, input.params.kind, input.query.sha256),
    }),
    route({
      method: 'post',
      path: '/api/studio/catalogue/skeletons',
      summary:
        'Make drafts from rows of the catalogue and check each; what cannot be made is named with its reason',
      permission: { action: 'create', subject: 'Draft' },
      body: MakeSkeletons,
      answer: MadeSkeletons,
      serve: async ({ db, actor, body }) => ({ made: await makeSkeletons(db, actor, body.codes) }),
    }),
    route({
      method: 'get',
      path: '/api/studio/plans',
      summary: 'The re-engineering plan, with the progress that drafts and publications show',
      permission: read,
      answer: PlanList,
      handler: ({ tx }) => plans(tx),
    }),
    route({
      method: 'get',
      path: '/api/studio/catalogue/:code',
      summary: 'A row of the catalogue with its step table',
      permission: read,
      params: ofCode,
      answer: CatalogueEntry,
      handler: ({ tx, params }) => catalogueEntry(tx, params.code),
    }),
    route({
      method: 'put',
      path: '/api/studio/catalogue/:code/plan',
      summary: 'Put a procedure on the re-engineering plan, or change its entry',
      permission: update,
      params: ofCode,
      body: SetPlan,
      answer: PlanList,
      handler: async ({ tx, params, body }) => {
        await setPlan(tx, params.code, body)
        return plans(tx)
      },
    }),
    route({
      method: 'delete',
      path: '/api/studio/catalogue/:code/plan',
      summary: 'Take a procedure off the re-engineering plan',
      permission: update,
      params: ofCode,
      answer: PlanList,
      handler: async ({ tx, params }) => {
        await dropPlan(tx, params.code)
        return plans(tx)
      },
    }),
  ]
}
