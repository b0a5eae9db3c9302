type Filled = { version: number | null; renewed: boolean; sending: boolean; step: number }

/**
 * What is filled in, under the version in force: what was typed stays, the form is gone through again from step `form` on, and the
 * page says that there is another version until somebody has seen it.
 */
export const underVersion = <T extends Filled>(draft: T, version: number, form: number): T => {
  if (draft.version === version) return draft
  if (draft.version === null) return { ...draft, version }
  return { ...draft, version, renewed: true, sending: false, step: Math.min(draft.step, form) }
}
