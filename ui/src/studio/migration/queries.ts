import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type {
  MigrationDossiers,
  MigrationItems,
  MigrationPlan,
  MigrationRun,
  MigrationRunPage,
  MigrationVersions,
} from '../../app/api-types.ts'
import type { Mapping } from './choice.ts'

export type Verdict = MigrationDossiers['dossiers'][number]['verdict']
export type ItemState = MigrationItems['items'][number]['state']
/** What is asked of a plan: two versions, and which step goes on as which. */
export type Asked = { fromVersionId: string; toVersionId: string; mapping: Mapping }

export const versionsOf = (code: string) =>
  queryOptions({
    queryKey: ['migration', 'versions', code],
    queryFn: ({ signal }) =>
      api.get<MigrationVersions>(`/api/studio/migration-versions?code=${encodeURIComponent(code)}`, signal),
  })

/** What moving would do. Asked anew for another mapping; what is shown stays until the answer comes. */
export const planOf = (asked: Asked) =>
  queryOptions({
    queryKey: ['migration', 'plan', asked],
    queryFn: () => api.post<MigrationPlan>('/api/studio/migration-plans', asked),
    placeholderData: (before) => before,
  })

/** Dossiers of the plan, page by page; one verdict, or all. */
export const plannedOf = (asked: Asked, only: Verdict | '') =>
  infiniteQueryOptions({
    queryKey: ['migration', 'planned', asked, only],
    queryFn: ({ pageParam }) =>
      api.post<MigrationDossiers>('/api/studio/migration-plans/dossiers', {
        ...asked,
        ...(only ? { only } : {}),
        ...(pageParam ? { after: pageParam } : {}),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  })

export const runsOf = (code: string) =>
  queryOptions({
    queryKey: ['migration', 'runs', code],
    queryFn: ({ signal }) =>
      api.get<{ runs: MigrationRun[] }>(`/api/studio/migrations?code=${encodeURIComponent(code)}`, signal),
  })

const BUSY_MS = 1_500

const isBusy = (run: MigrationRun) => run.state === 'running' || run.counts.sent > 0 || run.counts.moved > 0

/** One act, looked at again and again while dossiers are under way. */
export const runOf = (id: string) =>
  queryOptions({
    queryKey: ['migration', 'run', id],
    queryFn: ({ signal }) => api.get<MigrationRunPage>(`/api/studio/migrations/${id}`, signal),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? BUSY_MS : false),
  })

/** Results of an act, page by page; those in one state, or all. Looked at again with the act as long as it is one page. */
export const itemsOf = (run: MigrationRun, state: ItemState | '') =>
  infiniteQueryOptions({
    queryKey: ['migration', 'items', run.id, state],
    queryFn: ({ pageParam, signal }) =>
      api.get<MigrationItems>(
        `/api/studio/migrations/${run.id}/dossiers?after=${pageParam}${state ? `&state=${state}` : ''}`,
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
    refetchInterval: (query) => (isBusy(run) && (query.state.data?.pages.length ?? 0) < 2 ? BUSY_MS : false),
  })
