import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { Comparison, CostParameters, StudioSavings } from '../../app/api-types.ts'

export const addressOf = (id: string, what: string, against: string) =>
  `/api/studio/drafts/${id}/${what}${against ? `?against=${encodeURIComponent(against)}` : ''}`

export const comparisonOf = (id: string, against: string) =>
  queryOptions({
    queryKey: ['studio-compare', id, 'diff', against],
    queryFn: ({ signal }) => api.get<Comparison>(addressOf(id, 'diff', against), signal),
  })

export const savingsOf = (id: string, against: string) =>
  queryOptions({
    queryKey: ['studio-compare', id, 'savings', against],
    queryFn: ({ signal }) => api.get<StudioSavings>(addressOf(id, 'savings', against), signal),
  })

export const setParameters = (parameters: CostParameters) =>
  api.put<void>('/api/studio/cost-parameters', parameters)
