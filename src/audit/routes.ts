import { z } from 'zod'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { route } from '../http/route.ts'
import { listed, viewed } from '../inspections/viewed.ts'
import { AuditEntryView } from './entry-view.ts'
import { entryNear, trail } from './read-model.ts'
import { searchTrail, TrailPage, TrailQuery } from './search.ts'
import { type Verdict, verify } from './verify.ts'

const Instant = z.iso.datetime({ offset: true })

export const Verification = z.object({
  ok: z.boolean(),
  entries: z.int(),
  heads: z.int(),
  lastIndex: z.string().nullable(),
  lastHash: z.string().nullable(),
  verifiedAt: Instant,
  firstBroken: z
    .object({
      index: z.string(),
      recordedAt: Instant,
      act: z.string(),
      dossierId: z.uuid().nullable(),
      problem: z.object({ vi: z.string(), en: z.string() }),
    })
    .nullable(),
})

async function firstBroken(db: Database, { broken }: Verdict) {
  if (!broken) return null
  const near = await db.transact(systemActor('audit.verify'), (tx) => entryNear(tx.sql, broken.index))
  return {
    index: String(broken.index),
    recordedAt: near?.recorded_at ?? db.clock.now(),
    act: near?.act ?? '',
    dossierId: near?.dossier_id ?? null,
    problem: broken.text,
  }
}

/** The trail and its proof, for auditors. `dataDir` holds the signing key and the exported heads. */
export function auditRoutes(db: Database, dataDir: string) {
  // The whole chain is read: those who ask meanwhile get the same answer.
  let running: Promise<Verdict> | undefined
  const verdict = () => {
    running ??= verify(db, dataDir).finally(() => {
      running = undefined
    })
    return running
  }
  return [
    route({
      method: 'get',
      path: '/api/audit/entries',
      summary: "A dossier's entries in the audit trail",
      permission: { action: 'read', subject: 'AuditEntry' },
      query: z.strictObject({
        dossierId: z.uuid(),
        cursor: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
      answer: z.object({ entries: z.array(AuditEntryView), next: z.string().nullable() }),
      async handler({ tx, query }) {
        const page = await trail(tx, query.dossierId, query.cursor)
        if (page.entries.length > 0) viewed(tx, query.dossierId, 'trail')
        return page
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/trail',
      summary: 'Search the audit trail: who, what, which dossier, when',
      permission: { action: 'read', subject: 'AuditEntry' },
      query: TrailQuery,
      answer: TrailPage,
      async handler({ tx, query }) {
        const page = await searchTrail(tx, query)
        listed(
          tx,
          'trail',
          page.entries.flatMap(({ dossier }) => (dossier ? [dossier.id] : [])),
        )
        return page
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/verify',
      summary: 'Walk the whole audit trail and name the first broken entry',
      permission: { action: 'verify', subject: 'AuditEntry' },
      answer: Verification,
      serve: async () => {
        const found = await verdict()
        return {
          ok: found.ok,
          entries: found.entries,
          heads: found.heads,
          lastIndex: found.entries > 0 ? String(found.entries) : null,
          lastHash: found.lastHash || null,
          verifiedAt: db.clock.now(),
          firstBroken: await firstBroken(db, found),
        }
      },
    }),
  ]
}
