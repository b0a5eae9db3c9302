import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { Absences, Team, TeamTasks, Urging } from '../../app/api-types.ts'

// Under "tasks", so that the stream of events refreshes them with everybody's lists.
export const team = (unitId: string | null) =>
  queryOptions({
    queryKey: ['tasks', 'team', unitId],
    queryFn: ({ signal }) => api.get<Team>(`/api/team${unitId ? `?unitId=${unitId}` : ''}`, signal),
  })

/** Open tasks of a person, or of nobody (null). */
export const teamTasks = (unitId: string, personId: string | null) =>
  infiniteQueryOptions({
    queryKey: ['tasks', 'team', unitId, personId],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ unitId })
      if (personId) query.set('personId', personId)
      if (pageParam) query.set('after', pageParam)
      return api.get<TeamTasks>(`/api/team/tasks?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

export const absences = () =>
  queryOptions({
    queryKey: ['tasks', 'absences'],
    queryFn: ({ signal }) => api.get<Absences>('/api/absences', signal),
  })

export const urgings = () =>
  infiniteQueryOptions({
    queryKey: ['dossiers', 'urgings'],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ urgings: Urging[]; next: string | null }>(
        `/api/urgings${pageParam ? `?after=${pageParam}` : ''}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
