import type { Sql } from '../database/transaction.ts'
import type { Eform, ProcedureDefinition, SharedDefinition } from './definition.ts'

/** A published version: immutable, and what every dossier filed under it renders from. */
export type ProcedureVersion = {
  id: string
  code: string
  version: number
  /** As deployed, e.g. p1013225_v1. */
  processId: string
  /** As deployed, e.g. routing_p1013225_v1. */
  decisionId: string
  definition: ProcedureDefinition
  eform: Eform
}

export type SharedVersion = { name: string; version: number; processId: string; definition: SharedDefinition }

type Row = {
  id: string
  code: string
  version: number
  process_id: string
  decision_id: string
  definition: ProcedureDefinition
  eform: Eform
}

const COLUMNS = 'v.id, v.code, v.version, v.process_id, v.decision_id, v.definition, v.eform'

/** Parts of a definition that are younger than versions which dossiers still run on. */
const younger = {
  fees: [],
  payment: null,
  exchanges: {},
  children: [],
  confirmation: null,
  resultTemplates: [],
  phrases: [],
}

const versionOf = (row: Row): ProcedureVersion => ({
  id: row.id,
  code: row.code,
  version: row.version,
  processId: row.process_id,
  decisionId: row.decision_id,
  definition: { ...younger, ...row.definition },
  eform: row.eform,
})

// Published rows never change, so one read stays true.
const byId = new Map<string, ProcedureVersion>()

/** The version a dossier points to. Throws when there is none: a dossier's foreign key forbids that. */
export async function publishedVersion(sql: Sql, id: string): Promise<ProcedureVersion> {
  const known = byId.get(id)
  if (known) return known
  const [row] = await sql<Row>(`select ${COLUMNS} from procedure_version v where v.id = $1`, [id])
  if (!row) throw new Error(`procedure version ${id} is not there`)
  const version = versionOf(row)
  byId.set(id, version)
  return version
}

/**
 * Of a publication `p` of the version `v`: its day may come. The broker has taken the version, and what is in force is still what
 * the plan was judged against; a folder that came in between is not undone by it.
 */
export const CAN_COME = `v.deployed_epoch is not null and v.refusal is null and p.replaces_id is not distinct from
  (select c.id from procedure_version c where c.code = p.code and c.current)`

/**
 * The version that a new dossier is filed under, or undefined for an unknown procedure code. With the legal day of the
 * filing, a version planned for that day or before is in force although nobody has marked it yet: it comes into force at midnight.
 */
export async function findVersion(
  sql: Sql,
  code: string,
  day?: string,
): Promise<ProcedureVersion | undefined> {
  const [row] = await sql<Row>(
    `select ${COLUMNS}
       from procedure_version v
       left join publication p on p.version_id = v.id and p.state = 'planned' and p.in_force_from <= $2::date
                              and ${CAN_COME}
      where v.code = $1 and (v.current or p.id is not null) order by p.id is null limit 1`,
    [code, day ?? null],
  )
  return row && versionOf(row)
}

/** The version that new consultations, apologies, stops and watches start on. Throws before anything is published. */
export async function currentShared(sql: Sql, name: SharedDefinition['name']): Promise<SharedVersion> {
  const [row] = await sql<{ version: number; process_id: string; definition: SharedDefinition }>(
    'select version, process_id, definition from shared_process where name = $1 and current',
    [name],
  )
  if (!row) throw new Error(`shared process ${name} was never published`)
  return { name, version: row.version, processId: row.process_id, definition: row.definition }
}
