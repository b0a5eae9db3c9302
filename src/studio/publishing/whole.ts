import { assemble, type Procedure } from '../../procedures/assemble.ts'
import { eform, procedureDefinition } from '../../procedures/definition.ts'
import { filesOf, type ProcedureSource } from '../source.ts'

type Decision = { number: string; date: string; signer: string; sample: boolean; verified: boolean }

/**
 * The procedure that a source makes, under the decision given. Its files are written in the order of their schema, always the
 * same for the same content, so that an export reads well beside the one before. Throws SourceError, or what zod throws,
 * when the source makes none.
 */
export function wholeProcedure(source: ProcedureSource, decision?: Decision): Procedure {
  // Says what is wrong in the words of the files, before anything is put in order.
  assemble(filesOf(source))
  const given = decision ? { ...source.definition, decision } : source.definition
  const { resultTemplates, ...definition } = procedureDefinition.parse(given)
  const ordered = {
    ...source,
    definition: resultTemplates.length > 0 ? { ...definition, resultTemplates } : definition,
    eform: eform.parse(source.eform),
  }
  return assemble(filesOf(JSON.parse(JSON.stringify(ordered)) as ProcedureSource))
}
