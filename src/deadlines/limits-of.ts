import type { Sql } from '../database/sql.ts'
import type { Dossier } from '../dossiers/entity.ts'
import type { Basis, Part, ProcedureDefinition } from '../procedures/definition.ts'
import { findVersion, publishedVersion } from '../procedures/version.ts'

type Row = ProcedureDefinition['limits'][number]

/** What a dossier's clock promises (`committed`), what the law allows, and what it allows when something must be verified. */
export type Limits = Pick<Row, 'legal' | 'committed'> & {
  withVerification: Row['withVerification'] | null
  basis: Basis
}

type Held = Pick<Dossier, 'procedureVersionId' | 'caseKey'> &
  Partial<Pick<Dossier, 'parentId' | 'childKey' | 'facts'>>

/**
 * The limits a dossier is held to: those of its procedure and case, or, for a part of a group, what the group's text
 * sets in their place (NĐ 63/2024/NĐ-CP art. 7 for 2.000986). Once something has to be verified, the longer ones for that.
 */
export async function limitsOf(sql: Sql, dossier: Held): Promise<Limits> {
  const limits = await usualLimits(sql, dossier)
  const longer = dossier.facts?.verification && limits.withVerification
  return longer ? { ...limits, legal: longer, committed: { ...longer, decision: null } } : limits
}

async function usualLimits(sql: Sql, dossier: Held): Promise<Limits> {
  const part = await partOf(sql, dossier)
  if (part?.limit) {
    const { legal, withVerification, basis } = part.limit
    return { legal, committed: { ...legal, decision: null }, withVerification, basis }
  }
  const { definition, processId } = await publishedVersion(sql, dossier.procedureVersionId)
  const found = definition.limits.find((row) => row.case === dossier.caseKey)
  if (!found) throw new Error(`${processId} has no limit for case ${dossier.caseKey}`)
  return { ...found, withVerification: found.withVerification ?? null }
}

/** Which part of its group a dossier is, as the group's version has it; undefined of one that is no part. */
export async function partOf(sql: Sql, { parentId, childKey }: Partial<Held>) {
  if (!parentId) return undefined
  const [parent] = await sql<{ procedure_version_id: string }>(
    'select procedure_version_id from dossier where id = $1',
    [parentId],
  )
  if (!parent) throw new Error(`group ${parentId} is not there`)
  const { definition } = await publishedVersion(sql, parent.procedure_version_id)
  return definition.children.find(({ key }) => key === childKey)
}

/** What a part is held to before it has been opened, on that legal day: the group's text, or the limit of its own procedure's last case. */
export async function partLimit(
  sql: Sql,
  { procedure, limit }: Part,
  day: string,
): Promise<Pick<Row, 'legal' | 'basis'> & { withVerification: Row['withVerification'] | null }> {
  if (limit) return limit
  const found = (await findVersion(sql, procedure, day))?.definition.limits.at(-1)
  if (!found) throw new Error(`procedure ${procedure} is not published`)
  return { ...found, withVerification: found.withVerification ?? null }
}
