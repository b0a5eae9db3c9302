import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import type { Procedure } from './assemble.ts'
import { isOf } from './ids.ts'
import { rewriteId } from './rewrite.ts'

// Any fixed number: of two servers starting, or two people publishing, only one makes the next version.
const PUBLISH_LOCK = 20_261_122

/** Until the commit nobody else makes or puts in force a version. */
export const lockVersions = (tx: Tx) => tx.sql('select pg_advisory_xact_lock($1)', [PUBLISH_LOCK])

/** Text that the catalogue's search looks through: code, names and field, as one line without accents. */
const searchText = ({ code, name, field }: Procedure['definition']) =>
  [code, name.vi, name.en, field.vi, field.en].filter(Boolean).join(' ').normalize('NFC')

type Origin = {
  /** Its folder under processes/, or the one that an export would make. */
  folder: string
  current: boolean
  /** Made in the Studio: its draft, and the legal day from which it is in force. */
  studio?: { draftId: string; inForceFrom: string }
}

export type NewVersion = { id: string; version: number; processId: string }

/** The files of a version as they were written, without the diagram and the table, which stand beside them. */
export const textsOf = ({ files: { facts, form, results, examples } }: Procedure) =>
  JSON.stringify({ facts, form, results, examples })

/** Example dossiers by file, as they were written. */
export const examplesOf = ({ files }: Procedure) =>
  JSON.stringify(files.examples.map(({ name, text }) => ({ name, content: JSON.parse(text) })))

/** The file under its version's id. Throws when an element has kept another: nothing could ever be filed under it. */
export function versioned(xml: string, kind: 'process' | 'decision', from: string, to: string): string {
  const written = rewriteId(xml, from, to)
  if (!isOf(written, kind, to)) throw new Error(`the ${kind} ${from} could not be given the id ${to}`)
  return written
}

/** Writes the next immutable version of a procedure, the version in every id of its diagram and routing table. */
export async function insertVersion(tx: Tx, procedure: Procedure, origin: Origin): Promise<NewVersion> {
  const { code, sample } = procedure.definition
  const [last] = await tx.sql<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from procedure_version where code = $1',
    [code],
  )
  const id = uuid()
  const version = (last?.version ?? 0) + 1
  const processId = `${procedure.baseId}_v${version}`
  const decisionId = `routing_${processId}`
  await tx.sql(
    `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn,
                                    dmn, search_text, sample, current, origin, draft_id, in_force_from, examples, texts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, lower(unaccent($12)), $13, $14, $15, $16, $17, $18, $19)`,
    [
      id,
      code,
      version,
      processId,
      decisionId,
      origin.folder,
      procedure.sha256,
      procedure.definition,
      procedure.eform,
      versioned(procedure.bpmn, 'process', procedure.baseId, processId),
      versioned(procedure.dmn, 'decision', `routing_${procedure.baseId}`, decisionId),
      searchText(procedure.definition),
      sample,
      origin.current,
      origin.studio ? 'studio' : 'folder',
      origin.studio?.draftId ?? null,
      origin.studio?.inForceFrom ?? null,
      examplesOf(procedure),
      textsOf(procedure),
    ],
  )
  tx.audit({
    act: 'procedure.published',
    detail: { processId, sha256: procedure.sha256, decision: procedure.definition.decision.number },
  })
  return { id, version, processId }
}
