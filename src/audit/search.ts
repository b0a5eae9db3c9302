import { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { AuditEntryView, ENTRY_COLUMNS, type EntryRow, entryView } from './entry-view.ts'

export const TrailQuery = z.strictObject({
  /** A dossier's code, or its last digits. */
  code: z.string().trim().min(1).max(60).optional(),
  dossierId: z.uuid().optional(),
  /** Part of the name of whoever acted, with or without accents. */
  who: z.string().trim().min(1).max(100).optional(),
  /** A kind of act, or the first part of its name: "task", "session.login". */
  act: z
    .string()
    .regex(/^[a-z0-9.-]{1,60}$/)
    .optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** The chain index of the last entry of the page before. */
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
})

export const TrailPage = z.object({
  entries: z.array(
    AuditEntryView.extend({
      dossier: z.object({ id: z.uuid(), code: z.string() }).nullable(),
      /** Under the signed head of a day that is over. */
      sealed: z.boolean(),
    }),
  ),
  next: z.string().nullable(),
  /** Every kind of act there is in the trail. */
  acts: z.array(z.string()),
})

type Row = EntryRow & { dossier_code: string | null; sealed: boolean }
const PAGE = 50

/**
 * Which entries may be read: of dossiers within reach but one's own, and of no dossier (logins, administration) by
 * whoever may verify the whole chain.
 */
function readable(tx: Tx, params: unknown[]): string {
  const { ability, personId } = tx.actor
  const entries = scope(ability, 'read', 'AuditEntry', 'e', params)
  const dossiers = scope(ability, 'read', 'Dossier', 'd', params)
  params.push(personId)
  const own = `d.applicant_id = $${params.length}::uuid`
  const whole = allows(ability, 'verify', 'AuditEntry', {})
  return `${entries} and case when e.dossier_id is null then ${whole}
            else not exists (select from dossier d where d.id = e.dossier_id and (${own} or not ${dossiers})) end`
}

/** Searches the trail, newest first, a page at a time along the chain. */
export async function searchTrail(
  tx: Tx,
  query: z.output<typeof TrailQuery>,
): Promise<z.input<typeof TrailPage>> {
  const params: unknown[] = [
    query.code?.toUpperCase() ?? null,
    query.dossierId ?? null,
    query.who?.normalize('NFC') ?? null,
    query.act ?? null,
    query.from ? atLegal(query.from, '00:00') : null,
    query.to ? atLegal(addDays(query.to, 1), '00:00') : null,
    query.after ?? null,
    PAGE + 1,
  ]
  const rows = await tx.sql<Row>(
    `select ${ENTRY_COLUMNS}, (select code from dossier where id = e.dossier_id) as dossier_code,
            e.index <= coalesce((select max(index) from audit_head), 0) as sealed
       from audit_entry e
      where ($1::text is null or e.dossier_id in (select id from dossier where right(code, length($1)) = $1))
        and ($2::uuid is null or e.dossier_id = $2)
        and ($3::text is null or e.actor_id in (
              select id from person where strpos(lower(unaccent(full_name)), lower(unaccent($3))) > 0))
        and ($4::text is null or e.act = $4 or e.act like $4 || '.%')
        and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6)
        and ($7::bigint is null or e.index < $7) and ${readable(tx, params)}
      order by e.index desc limit $8`,
    params,
  )
  const page = rows.slice(0, PAGE)
  return {
    entries: page.map((row) => ({
      ...entryView(row),
      dossier: row.dossier_id && row.dossier_code ? { id: row.dossier_id, code: row.dossier_code } : null,
      sealed: row.sealed,
    })),
    next: rows.length > PAGE ? (page.at(-1)?.index ?? null) : null,
    acts: await acts(tx),
  }
}

/** Steps from one kind of act to the next along the index: a hundred kinds among millions of entries are a hundred look-ups. */
async function acts(tx: Tx): Promise<string[]> {
  const rows = await tx.sql<{ act: string }>(
    `with recursive kind as (
       (select act from audit_entry order by act using ~<~ limit 1)
       union all
       select (select e.act from audit_entry e where e.act ~>~ kind.act order by e.act using ~<~ limit 1) from kind
        where kind.act is not null)
     select act from kind where act is not null`,
  )
  return rows.map(({ act }) => act)
}
