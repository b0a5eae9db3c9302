import type { StudioFault } from '../../draft/draft-context.tsx'

/** Faults of the form that name a question: by its key, or by its place in the schema. */
export const faultsOfField = (faults: readonly StudioFault[], key: string): StudioFault[] =>
  faults.filter(
    ({ part, field }) =>
      part === 'form' &&
      field !== null &&
      (field === key || field.split(/[./]/).at(-1) === key || `.${field}.`.includes(`.properties.${key}.`)),
  )
