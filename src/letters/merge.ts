import { fieldsIn, LATE_FIELDS } from '../procedures/result-template.ts'

/** What a merge field says in one dossier; empty where the record has no word for it. */
export type Merge = (field: string) => string

/** A field without a word keeps the dotted line of the paper form. */
const BLANK = '……………'

const isLate = (field: string): boolean => (LATE_FIELDS as readonly string[]).includes(field)

const replace = (text: string, word: (field: string) => string): string =>
  text.replace(/\{\{([^{}]*)\}\}/g, (_, field: string) => word(field.trim()))

/** Fills in what is known when the letter is drafted; number, date and signer stay fields until it has them. */
export const mergeNow = (text: string, merge: Merge): string =>
  replace(text, (field) => (isLate(field) ? `{{${field}}}` : merge(field) || BLANK))

/** Fills in the rest when the letter is drawn. */
export const mergeLate = (text: string, merge: Merge): string =>
  replace(text, (field) => merge(field) || BLANK)

/** The fields of a row's value that have no word: such a row is left out. */
export const isEmptyHere = (text: string, merge: Merge): boolean => {
  const fields = fieldsIn(text)
  return fields.length > 0 && fields.every((field) => !isLate(field) && !merge(field))
}

/** Fields in words that a person has typed: only those of the signing may stand there. */
export const strayFields = (text: string): string[] => fieldsIn(text).filter((field) => !isLate(field))
