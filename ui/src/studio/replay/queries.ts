import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { ReplayPage, ReplayView } from '../../app/api-types.ts'

export const replaysOf = (draftId: string) =>
  queryOptions({
    queryKey: ['studio-replays', draftId],
    queryFn: ({ signal }) => api.get<ReplayPage>(`/api/studio/drafts/${draftId}/replays`, signal),
  })

const BUSY_MS = 1000

/** One run, looked at again and again while it is under way. */
export const replayOf = (id: string) =>
  queryOptions({
    queryKey: ['studio-replay', id],
    queryFn: ({ signal }) => api.get<ReplayView>(`/api/studio/replays/${id}`, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? BUSY_MS : false),
  })
