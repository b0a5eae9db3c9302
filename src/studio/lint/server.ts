import { fileURLToPath } from 'node:url'
import type { z } from 'zod'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { assertSchema } from '../../procedures/form.ts'
import { readJobTypes } from '../../procedures/publish.ts'
import type { ProcedureSource } from '../source.ts'
import { checkSource } from './check.ts'
import type { CheckContext, StudioFault } from './fault.ts'
import type { LintContext } from './schemas.ts'

const PROCESSES = fileURLToPath(new URL('../../../processes', import.meta.url))

/** What a form's schema has that cannot be compiled; null when it can. */
export function schemaFault(schema: object): string | null {
  try {
    assertSchema(schema as Parameters<typeof assertSchema>[0])
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** What a source is checked against at the instant of a transaction: the legal day, the roles held on it, the job types. */
export async function lintContext({
  sql,
  at,
}: Pick<Tx, 'sql' | 'at'>): Promise<z.output<typeof LintContext>> {
  const today = legalDay(at)
  const held = await sql<{ role: string }>(
    'select distinct role from post where valid_on(valid_from, valid_to, $1) order by role',
    [today],
  )
  return { today, roles: held.map(({ role }) => role), jobTypes: await readJobTypes(PROCESSES) }
}

/** The rules of the Studio with what only the server knows: the one check before publishing, and the editor's. */
export const checkOnServer = async (
  source: ProcedureSource,
  given: Pick<CheckContext, 'today' | 'roles'>,
): Promise<StudioFault[]> =>
  checkSource(source, { ...given, jobTypes: await readJobTypes(PROCESSES), schemaFault })
