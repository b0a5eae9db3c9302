import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { MigrationPlan, MigrationRun, MigrationRunPage, MigrationVersions } from '../../app/api-types.ts'

export type Mapping = { from: string; to: string }[]

export const versionsOf = (code: string) =>
  queryOptions({
    queryKey: ['migration', 'versions', code],
    queryFn: ({ signal }) =>
      api.get<MigrationVersions>(`/api/studio/migration-versions?code=${encodeURIComponent(code)}`, signal),
  })

/** What moving would do. Asked anew for other versions or another mapping; what is shown stays until the answer comes. */
export const planOf = (from: string, to: string, mapping: Mapping) =>
  queryOptions({
    queryKey: ['migration', 'plan', from, to, mapping],
    queryFn: () =>
      api.post<MigrationPlan>('/api/studio/migration-plans', {
        fromVersionId: from,
        toVersionId: to,
        mapping,
      }),
    enabled: from !== '' && to !== '' && from !== to,
    placeholderData: (before) => before,
  })

export const runsOf = (code: string) =>
  queryOptions({
    queryKey: ['migration', 'runs', code],
    queryFn: ({ signal }) =>
      api.get<{ runs: MigrationRun[] }>(`/api/studio/migrations?code=${encodeURIComponent(code)}`, signal),
  })

const BUSY_MS = 1_500

/** One act, looked at again and again while dossiers are under way. */
export const runOf = (id: string) =>
  queryOptions({
    queryKey: ['migration', 'run', id],
    queryFn: ({ signal }) => api.get<MigrationRunPage>(`/api/studio/migrations/${id}`, signal),
    refetchInterval: ({ state }) =>
      state.data &&
      (state.data.state === 'running' || state.data.counts.sent > 0 || state.data.counts.moved > 0)
        ? BUSY_MS
        : false,
  })
