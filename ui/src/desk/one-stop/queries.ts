import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { OneStop, Uncollected, Urging, Watched, WatchedKind } from '../../app/api-types.ts'

// Under "dossiers", so that the stream of events refreshes them.
export const oneStop = () =>
  queryOptions({
    queryKey: ['dossiers', 'one-stop'],
    queryFn: ({ signal }) => api.get<OneStop>('/api/one-stop', signal),
  })

export const watched = (kind: WatchedKind, unitId: string | null) =>
  infiniteQueryOptions({
    queryKey: ['dossiers', 'watched', kind, unitId],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ kind })
      if (unitId) query.set('unitId', unitId)
      if (pageParam) query.set('after', pageParam)
      return api.get<{ dossiers: Watched[]; next: string | null }>(`/api/one-stop/dossiers?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

export const uncollected = (days: number | null) =>
  infiniteQueryOptions({
    queryKey: ['dossiers', 'uncollected', days],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams()
      if (days !== null) query.set('days', String(days))
      if (pageParam) query.set('after', pageParam)
      return api.get<Uncollected>(`/api/one-stop/uncollected?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

export const urgingsOfDossier = (dossierId: string) =>
  queryOptions({
    queryKey: ['dossier', dossierId, 'urgings'],
    queryFn: ({ signal }) => api.get<{ urgings: Urging[] }>(`/api/dossiers/${dossierId}/urgings`, signal),
  })
