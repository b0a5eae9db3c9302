import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import type { Draft } from '../../http/route.ts'
import type { DraftState } from '../drafts/schemas.ts'
import type { CatalogueRow } from './entry.ts'
import { rowsFor } from './read.ts'
import type { CatalogueEntry, CatalogueItem, CatalogueList, CatalogueQuery } from './schemas.ts'
import { skeletonFaults } from './skeleton.ts'
import { ENTRY_COLUMNS, type EntryRow, searchable } from './store.ts'

const PAGE = 50

type Row = EntryRow & {
  last_on: string | null
  dormant: boolean
  steps: number
  version: { id: string; version: number } | null
  draft: { id: string; state: z.infer<typeof DraftState> } | null
  planned: boolean
}

/**
 * Rows with what the installation knows of them. `$1` is the instant of the legal clock: dormant is what had no dossier for
 * three years before it, here or, as far as the file said, in an older system. Counting dossiers asks nobody's leave: it
 * says nothing of any of them.
 */
const itemSql = `
  select ${ENTRY_COLUMNS}, l.last_on, coalesce(l.last_on < ($1::timestamptz - interval '3 years')::date, true) as dormant,
         (select count(*)::int from catalogue_step s where s.code = e.code) as steps,
         (select jsonb_build_object('id', v.id, 'version', v.version) from procedure_version v
           where v.code = e.code and v.current) as version,
         (select jsonb_build_object('id', d.id, 'state', d.state) from procedure_draft d
           where d.code = e.code and d.state in ('draft', 'review', 'approved') order by d.updated_at desc limit 1) as draft,
         exists (select from reengineering_plan p where p.code = e.code) as planned
    from catalogue_entry e
    cross join lateral (select greatest(e.last_dossier_on,
      (select (d.filed_at at time zone 'Asia/Ho_Chi_Minh')::date from dossier d
        where d.procedure_code = e.code order by d.filed_at desc limit 1)) as last_on) l`

const itemOf = (row: Row): Draft<z.input<typeof CatalogueItem>> => ({
  code: row.code,
  name: row.name,
  field: row.field,
  level: row.level,
  onlineLevel: row.online_level,
  eligible: row.eligible,
  dormant: row.dormant,
  lastDossierOn: row.last_on,
  steps: row.steps,
  sample: row.sample,
  version: row.version,
  draft: row.draft,
  planned: row.planned,
})

const STATES = {
  'in-force': 'version is not null',
  drafted: 'draft is not null',
  planned: 'planned',
  bare: 'version is null and draft is null',
}

type Filters = Omit<z.output<typeof CatalogueQuery>, 'after'>

/** The rows that the filters leave, as SQL with its parameters. */
function filtered(tx: Tx, query: Filters): { sql: string; params: unknown[] } {
  const words = searchable(query.q?.normalize('NFC').trim() ?? '')
  const params: unknown[] = [
    tx.at,
    words && `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`,
    query.field ?? null,
    query.level ?? null,
    query.online ?? null,
    query.eligible === undefined ? null : query.eligible === 'yes',
    query.dormant === undefined ? null : query.dormant === 'yes',
  ]
  const readable = scope(tx.actor.ability, 'read', 'Catalogue', 'e', params)
  const sql = `select * from (${itemSql}
     where ${readable} and ($2 = '' or e.searched like $2) and ($3::text is null or e.field = $3)
       and ($4::text is null or e.level = $4) and ($5::text is null or e.online_level = $5)
       and ($6::boolean is null or e.eligible = $6)) t
    where ($7::boolean is null or t.dormant = $7) and ${query.state ? STATES[query.state] : 'true'}`
  return { sql, params }
}

/** A page of the catalogue by code, and how many rows the filters leave. */
export async function catalogue(
  tx: Tx,
  query: z.output<typeof CatalogueQuery>,
): Promise<Draft<z.input<typeof CatalogueList>>> {
  const { sql, params } = filtered(tx, query)
  const [counted] = await tx.sql<{ total: number }>(`select count(*)::int as total from (${sql}) c`, params)
  const own = [...params, query.after ?? '']
  const rows = await tx.sql<Row>(
    `select * from (${sql}) p where p.code > $${own.length} order by p.code limit ${PAGE + 1}`,
    own,
  )
  const allParams: unknown[] = []
  const all = scope(tx.actor.ability, 'read', 'Catalogue', 'e', allParams)
  const fields = await tx.sql<{ field: string; n: number }>(
    `select e.field, count(*)::int as n from catalogue_entry e where ${all} group by e.field order by e.field collate "und-x-icu"`,
    allParams,
  )
  const entries = rows.slice(0, PAGE)
  return {
    entries: entries.map(itemOf),
    total: counted!.total,
    all: fields.reduce((sum, { n }) => sum + n, 0),
    next: rows.length > PAGE ? entries.at(-1)!.code : null,
    fields: fields.map(({ field }) => field),
  }
}

/** The codes that the filters leave, the first so many: for an act on all of them. */
export async function codesOf(tx: Tx, query: Filters, most: number): Promise<string[]> {
  const { sql, params } = filtered(tx, query)
  const rows = await tx.sql<{ code: string }>(
    `select code from (${sql}) p order by code limit ${most}`,
    params,
  )
  return rows.map(({ code }) => code)
}

/** One row with its step table, and why no skeleton can be made of it. */
export async function catalogueEntry(tx: Tx, code: string): Promise<Draft<z.input<typeof CatalogueEntry>>> {
  const params: unknown[] = [tx.at, code]
  const readable = scope(tx.actor.ability, 'read', 'Catalogue', 'e', params)
  const [item] = await tx.sql<Row>(`${itemSql} where e.code = $2 and ${readable}`, params)
  const found = (await rowsFor(tx, [code])).get(code)
  if (!item || !found) throw notFound()
  const { row, steps } = found
  const { steps: _, ...known } = itemOf(item)
  return { ...known, ...facts(row), table: steps, lacks: skeletonFaults(row, steps) }
}

const facts = ({
  agency,
  unit,
  decision,
  source,
  verified,
  limit,
  limitText,
  papers,
  fees,
  feeText,
  results,
}: CatalogueRow) => ({
  agency,
  unit,
  decision,
  source,
  verified,
  limit,
  limitText,
  papers,
  fees,
  feeText,
  results,
})
