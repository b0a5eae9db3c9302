import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { TrialList, TrialView } from '../../app/api-types.ts'

const BUSY_MS = 1_000
export const isBusy = ({ state }: Pick<TrialView, 'state'>) => state === 'queued' || state === 'running'

export const trialsOf = (draft: string) =>
  queryOptions({
    queryKey: ['trial', 'list', draft],
    queryFn: ({ signal }) => api.get<TrialList>(`/api/studio/drafts/${draft}/trials`, signal),
    refetchInterval: ({ state }) => (state.data?.trials.some(isBusy) ? BUSY_MS : false),
  })

/** One trial; `state` is part of the key, so that its result is fetched when it is there. */
export const trialOf = (draft: string, id: string, state: TrialView['state']) =>
  queryOptions({
    queryKey: ['trial', 'one', draft, id, state],
    queryFn: ({ signal }) => api.get<TrialView>(`/api/studio/drafts/${draft}/trials/${id}`, signal),
    enabled: id !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
