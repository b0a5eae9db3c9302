import type { Tx } from '../../database/transaction.ts'
import type { CatalogueLimit, CatalogueRow, CatalogueStep } from './entry.ts'
import type { Entry } from './import-rows.ts'

/** A text as searches compare it: without accents and capitals. */
export const searchable = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()

export type EntryRow = {
  code: string
  name: { vi: string; en?: string }
  field: string
  level: CatalogueRow['level']
  agency: string
  unit_code: string | null
  decision: string
  source: string | null
  verified: boolean
  online_level: CatalogueRow['onlineLevel']
  eligible: boolean | null
  limit_value: string | null
  limit_unit: CatalogueLimit['unit'] | null
  limit_text: string
  papers: CatalogueRow['papers']
  fees: CatalogueRow['fees']
  fee_text: string
  results: string[]
  last_dossier_on: string | null
  sample: boolean
}

export const ENTRY_COLUMNS = `e.code, e.name, e.field, e.level, e.agency, e.unit_code, e.decision, e.source, e.verified, e.online_level,
  e.eligible, e.limit_value, e.limit_unit, e.limit_text, e.papers, e.fees, e.fee_text, e.results, e.last_dossier_on, e.sample`

export const entryFrom = (row: EntryRow): Entry & { sample: boolean } => ({
  code: row.code,
  name: row.name,
  field: row.field,
  level: row.level,
  agency: row.agency,
  unit: row.unit_code,
  decision: row.decision,
  source: row.source,
  verified: row.verified,
  onlineLevel: row.online_level,
  eligible: row.eligible,
  limit: row.limit_value && row.limit_unit ? { value: Number(row.limit_value), unit: row.limit_unit } : null,
  limitText: row.limit_text,
  papers: row.papers,
  fees: row.fees,
  feeText: row.fee_text,
  results: row.results,
  lastDossierOn: row.last_dossier_on,
  sample: row.sample,
})

/** The whole catalogue by code: an import compares with all there is. */
export async function knownEntries(tx: Tx): Promise<Map<string, Entry>> {
  const rows = await tx.sql<EntryRow>(`select ${ENTRY_COLUMNS} from catalogue_entry e`)
  return new Map(
    rows.map((row) => {
      const { sample: _, ...entry } = entryFrom(row)
      return [row.code, entry]
    }),
  )
}

/** The step table of every procedure of the catalogue, or of those named; empty where there is none. */
export async function knownSteps(tx: Tx, codes?: string[]): Promise<Map<string, CatalogueStep[]>> {
  const rows = await tx.sql<{ code: string; steps: CatalogueStep[] | null }>(
    `select e.code, (select jsonb_agg(jsonb_build_object('number', s.number, 'role', s.role, 'action', s.action,
               'hours', s.hours, 'forms', s.forms, 'bodies', s.bodies) order by s.number)
               from catalogue_step s where s.code = e.code) as steps
       from catalogue_entry e where $1::text[] is null or e.code = any($1)`,
    [codes ?? null],
  )
  return new Map(rows.map(({ code, steps }) => [code, steps ?? []]))
}

/** Writes what a file adds and changes, all of it in the caller's transaction. `sample`: made-up data. */
export async function saveEntries(tx: Tx, entries: Entry[], sample: boolean): Promise<void> {
  const rows = entries.map((entry) => ({
    code: entry.code,
    name: entry.name,
    searched: searchable(
      [entry.code, entry.name.vi, entry.name.en ?? '', entry.field, entry.agency].join(' '),
    ),
    field: entry.field,
    level: entry.level,
    agency: entry.agency,
    unit_code: entry.unit,
    decision: entry.decision,
    source: entry.source,
    verified: entry.verified,
    online_level: entry.onlineLevel,
    eligible: entry.eligible,
    limit_value: entry.limit?.value ?? null,
    limit_unit: entry.limit?.unit ?? null,
    limit_text: entry.limitText,
    papers: entry.papers,
    fees: entry.fees,
    fee_text: entry.feeText,
    results: entry.results,
    last_dossier_on: entry.lastDossierOn,
    sample,
    updated_at: tx.at,
  }))
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!)
  await tx.sql(
    `insert into catalogue_entry (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::catalogue_entry, $1)
     on conflict (code) do update set ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [JSON.stringify(rows)],
  )
}

/** Puts whole step tables in the place of those there are. */
export async function saveSteps(tx: Tx, tables: Map<string, CatalogueStep[]>): Promise<void> {
  if (tables.size === 0) return
  await tx.sql('delete from catalogue_step where code = any($1)', [[...tables.keys()]])
  const rows = [...tables].flatMap(([code, steps]) => steps.map((step) => ({ code, ...step })))
  await tx.sql(
    `insert into catalogue_step (code, number, role, action, hours, forms, bodies)
     select code, number, role, action, hours, forms, bodies from jsonb_populate_recordset(null::catalogue_step, $1)`,
    [JSON.stringify(rows)],
  )
}
