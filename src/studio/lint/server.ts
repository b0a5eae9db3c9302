import { fileURLToPath } from 'node:url'
import { assertSchema } from '../../procedures/form.ts'
import { readJobTypes } from '../../procedures/publish.ts'
import type { ProcedureSource } from '../source.ts'
import { checkSource } from './check.ts'
import type { CheckContext, StudioFault } from './fault.ts'

const PROCESSES = fileURLToPath(new URL('../../../processes', import.meta.url))

/** What a form's schema has that cannot be compiled; null when it can. */
function schemaFault(schema: object): string | null {
  try {
    assertSchema(schema as Parameters<typeof assertSchema>[0])
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** The rules of the Studio with what only the server knows: the job types there are, and a compiled form. */
export const checkOnServer = async (
  source: ProcedureSource,
  given: Pick<CheckContext, 'today' | 'roles'>,
): Promise<StudioFault[]> =>
  checkSource(source, { ...given, jobTypes: await readJobTypes(PROCESSES), schemaFault })
