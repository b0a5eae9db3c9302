import { queryOptions } from '@tanstack/react-query'
import { answersOfRecord, type RecordAnswers } from '../../../../src/procedures/prefill.ts'
import { api } from '../../app/api.ts'
import type { EformDefinition, MyDetails } from '../../app/api-types.ts'

type Rec = Record<string, unknown>
type Form = Parameters<typeof answersOfRecord>[0]
const recOf = (value: unknown): Rec => (typeof value === 'object' && value !== null ? (value as Rec) : {})

export const myDetails = () =>
  queryOptions({
    queryKey: ['my-details'],
    queryFn: ({ signal }) => api.get<MyDetails>('/api/my/details', signal),
  })

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
