import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { EformDefinition, MyDetails } from '../../app/api-types.ts'

type Rec = Record<string, unknown>
const recOf = (value: unknown): Rec => (typeof value === 'object' && value !== null ? (value as Rec) : {})

export const myDetails = () =>
  queryOptions({
    queryKey: ['my-details'],
    queryFn: ({ signal }) => api.get<MyDetails>('/api/my/details', signal),
  })

/** What my record answers of a form (`x-prefill`), by question. */
export const answeredBy = ({ schema }: EformDefinition, details: MyDetails): Record<string, string> =>
  Object.fromEntries(
    Object.entries(recOf(recOf(schema).properties)).flatMap(([field, question]) => {
      const value = details[recOf(question)['x-prefill'] as keyof MyDetails]
      return value ? [[field, value]] : []
    }),
  )

/** The form with those questions to be read only: filing puts the same answers in. */
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
