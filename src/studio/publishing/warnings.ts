import type { Sql, Tx } from '../../database/transaction.ts'
import { hashOf } from '../../procedures/assemble.ts'
import { factsOf, type StudioFault } from '../lint/fault.ts'
import { checkOnServer, lintContext } from '../lint/server.ts'
import type { ProcedureSource } from '../source.ts'

/** A warning that is published only with a reason; the reason holds as long as the fingerprint is the same. */
export type Excusable = StudioFault & { fingerprint: string }

/** What the rules find in a source today: errors, and the warnings that need a reason. */
export async function ruleFaults(
  tx: Tx,
  source: ProcedureSource,
): Promise<{ errors: StudioFault[]; warnings: Excusable[] }> {
  const faults = await checkOnServer(source, await lintContext(tx))
  return {
    errors: faults.filter(({ severity }) => severity === 'error'),
    warnings: faults
      .filter(({ needsAcknowledgement }) => needsAcknowledgement)
      .map((fault) => ({ ...fault, fingerprint: hashOf(factsOf(fault)) })),
  }
}

/** Warnings that nobody has given a reason for, as they stand now: a reason given for other facts excuses nothing. */
export async function unexcused(sql: Sql, draftId: string, warnings: Excusable[]): Promise<Excusable[]> {
  const known = await sql<{ rule: string; element_id: string; fingerprint: string }>(
    'select rule, element_id, fingerprint from draft_acknowledgement where draft_id = $1',
    [draftId],
  )
  return warnings.filter(
    ({ rule, elementId, fingerprint }) =>
      !known.some(
        (one) => one.rule === rule && one.element_id === (elementId ?? '') && one.fingerprint === fingerprint,
      ),
  )
}
