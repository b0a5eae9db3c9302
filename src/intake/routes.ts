import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { type Route, route } from '../http/route.ts'
import { COLUMNS, type Kind } from './columns.ts'
import { fingerprint, intake } from './intake.ts'
import { MAX_BYTES, MAX_ROWS } from './limits.ts'
import type { Line } from './line.ts'
import { receiveCsv } from './receive.ts'
import { fileChanged } from './refusal.ts'
import { countsOf, labelOf, reportCsv } from './report.ts'
import { sampleCsv } from './sample.ts'
import { Guide, Kind as KindName, Report } from './schemas.ts'

/** Lines of each verdict that the page shows. */
const SHOWN = 500

// Whoever keeps the organisation keeps its people.
const keep = { action: 'update', subject: 'Agency' } as const
const params = z.strictObject({ kind: KindName })

const shown = (lines: Line[]): Line[] => {
  const taken: Record<string, number> = {}
  return lines.filter(({ verdict }) => {
    taken[verdict] = (taken[verdict] ?? 0) + 1
    return (taken[verdict] ?? 0) <= SHOWN
  })
}

/** `sample`: whatever is imported here is made up (demonstration). */
export function intakeRoutes({ sample }: { sample: boolean }): Route[] {
  const run = async (
    { db, actor, req }: { db: Database; actor: Actor; req: IncomingMessage },
    kind: Kind,
    expected: string | null,
  ): Promise<Report> => {
    const bytes = await receiveCsv(req)
    const sha256 = fingerprint(bytes)
    if (expected !== null && expected !== sha256) throw fileChanged()
    const save = expected !== null
    const { lines, people } = await db.transact(actor, (tx) => intake(tx, kind, bytes, { save, sample }))
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
      csv: reportCsv(kind, lines, save, actor.locale).toString('utf8'),
      people,
    }
  }
  return [
    route({
      method: 'get',
      path: '/api/admin/intake/:kind',
      summary: 'The columns of a CSV file of agencies or people',
      permission: keep,
      params,
      answer: Guide,
      serve: async ({ params: { kind } }) => ({
        columns: [...COLUMNS[kind]],
        maxRows: MAX_ROWS,
        maxBytes: MAX_BYTES,
      }),
    }),
    route({
      method: 'get',
      path: '/api/admin/intake/:kind/sample',
      summary: 'A CSV file to fill in',
      permission: keep,
      params,
      answer: z.void(),
      serve: async ({ actor, params: { kind }, res }) => {
        res.set({
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${actor.locale === 'vi' ? 'mau' : 'sample'}-${kind}.csv"`,
        })
        res.send(sampleCsv(kind, actor.locale))
        return undefined
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/intake/:kind/try',
      summary: 'What a CSV file (the body) would add and change, row by row; nothing is saved',
      permission: keep,
      params,
      answer: Report,
      serve: (input) => run(input, input.params.kind, null),
    }),
    route({
      method: 'post',
      path: '/api/admin/intake/:kind/take-over',
      summary: 'Save the good rows of the CSV file (the body) that was tried; repeating it changes nothing',
      permission: keep,
      params,
      query: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      answer: Report,
      serve: (input) => run(input, input.params.kind, input.query.sha256),
    }),
  ]
}
