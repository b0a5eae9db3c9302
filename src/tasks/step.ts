import type { Sql } from '../database/transaction.ts'
import type { ProcedureDefinition, SharedDefinition, Step, Wait } from '../procedures/definition.ts'

/** What a process instance is about, and the immutable definition it runs on. */
export type Subject = {
  id: string
  kind: 'dossier' | 'watch' | 'consultation' | 'letter' | 'stop'
  dossierId: string
  processId: string
}

export async function subjectOf(sql: Sql, subjectId: string): Promise<Subject | undefined> {
  const [row] = await sql<{ id: string; kind: Subject['kind']; dossier_id: string; process_id: string }>(
    'select id, kind, dossier_id, process_id from subject where id = $1',
    [subjectId],
  )
  return row && { id: row.id, kind: row.kind, dossierId: row.dossier_id, processId: row.process_id }
}

type Definition = ProcedureDefinition | SharedDefinition
// Published rows never change, so a definition once read stays true.
const definitions = new Map<string, Definition>()

/** The definition published under a process id such as p1013225_v1 or apology_v2. Throws when it was never published. */
export async function definitionOf(sql: Sql, processId: string): Promise<Definition> {
  const known = definitions.get(processId)
  if (known) return known
  const [row] = await sql<{ definition: Definition }>(
    `select definition from procedure_version where process_id = $1
     union all select definition from shared_process where process_id = $1`,
    [processId],
  )
  if (!row) throw new Error(`process ${processId} was never published`)
  definitions.set(processId, row.definition)
  return row.definition
}

export async function stepOf(sql: Sql, processId: string, elementId: string): Promise<Step> {
  const step = (await definitionOf(sql, processId)).steps[elementId]
  if (!step) throw new Error(`process ${processId} has no step ${elementId} in its definition`)
  return step
}

export async function waitOf(sql: Sql, processId: string, elementId: string): Promise<Wait> {
  const wait = (await definitionOf(sql, processId)).waits[elementId]
  if (!wait) throw new Error(`process ${processId} has no wait ${elementId} in its definition`)
  return wait
}

/** A reason is due where the definition says so, and always when work goes back: whoever gets it must know why. */
export const needsReason = ({ needsReason, promises }: Step['outcomes'][string]): boolean =>
  needsReason || promises.includes('send-back')

/** The name of an element that is a step or a wait of a published process; null for service tasks and the like. */
export async function nameOfElement(
  sql: Sql,
  processId: string,
  elementId: string,
): Promise<Step['name'] | null> {
  const { steps, waits } = await definitionOf(sql, processId)
  return steps[elementId]?.name ?? waits[elementId]?.name ?? null
}
