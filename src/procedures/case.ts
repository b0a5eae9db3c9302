import type { ProcedureDefinition } from './definition.ts'

/** The case of a procedure that a filled-in form falls under: the first whose condition holds. */
export function caseOf(
  definition: Pick<ProcedureDefinition, 'cases'>,
  formData: Record<string, unknown>,
): string {
  const found = definition.cases.find(({ when }) => when === null || formData[when.field] === when.equals)
  // A definition whose last case is not "every other" does not load.
  if (!found) throw new Error('no case applies: the last case of a procedure must have when: null')
  return found.key
}
