/** Somebody absent whose work a person does meanwhile: the kinds of work, all of it where a list is empty. */
export type StandIn = { personId: string; procedures: string[]; forms: string[] }

/**
 * Forms on which somebody signs for the agency. Substitution never carries them (rules 7): only the posts that sign as head
 * or KT./TL./TUQ. do.
 */
export const SIGNING_FORMS = ['result-sign', 'apology-sign']

export const isSigning = (form: string): boolean => form.endsWith('-sign')
