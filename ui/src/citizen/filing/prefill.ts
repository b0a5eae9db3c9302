import { answersOfRecord, type RecordAnswers } from '../../../../src/procedures/prefill.ts'
import type { EformDefinition, MyDetails } from '../../app/api-types.ts'

type Rec = Record<string, unknown>
type Form = Parameters<typeof answersOfRecord>[0]
/** As it is compared: however it was typed, one writing of the same words. */
export const written = (value: unknown) =>
  String(value ?? '')
    .normalize('NFC')
    .trim()
    .replaceAll(/\s+/g, ' ')
const recOf = (value: unknown): Rec => (typeof value === 'object' && value !== null ? (value as Rec) : {})

/** What my record answers of a form (`x-prefill`), by question; nothing before it is known. */
export const answeredBy = ({ schema }: EformDefinition, details: MyDetails | undefined): RecordAnswers =>
  answersOfRecord({ schema: schema as Form['schema'] }, details ?? {})

/** The form with those questions to be read only: filing takes no other answer. */
export const withReadOnly = (eform: EformDefinition, answers: Record<string, string>): EformDefinition => {
  const ui = recOf(eform.ui)
  return {
    ...eform,
    ui: {
      ...ui,
      ...Object.fromEntries(
        Object.keys(answers).map((field) => [field, { ...recOf(ui[field]), 'ui:readonly': true }]),
      ),
    },
  }
}

/**
 * The form of a dossier that is corrected: locked are the questions that my record answers as they stand, or that stand
 * empty. What stands otherwise (read from paper then) may stay, or become what the record has, and is left open.
 */
export const correctedUnder = (eform: EformDefinition, details: MyDetails | undefined, stands: Rec) => {
  const held = Object.fromEntries(
    Object.entries(answeredBy(eform, details).locked).filter(([field, known]) =>
      ['', known].includes(written(stands[field])),
    ),
  )
  return { eform: withReadOnly(eform, held), held }
}
