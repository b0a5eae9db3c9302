import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { MyNotifications } from '../../app/api-types.ts'

const MINUTE_MS = 60_000

/** How many messages wait to be read; asked again each minute, for a page that is left open. */
export const unread = () =>
  queryOptions({
    queryKey: ['notifications', 'unread'],
    queryFn: async ({ signal }) =>
      (await api.get<MyNotifications>('/api/my/notifications?limit=1', signal)).unread,
    refetchInterval: MINUTE_MS,
  })

/** What the one-stop has written to me, newest first; of one dossier when it is named. */
export const notifications = (dossierId?: string) =>
  infiniteQueryOptions({
    queryKey: ['notifications', 'list', dossierId ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '30' })
      if (dossierId) query.set('dossierId', dossierId)
      if (pageParam) query.set('cursor', pageParam)
      return api.get<MyNotifications>(`/api/my/notifications?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

/** Tells the one-stop that a message was opened. */
export const useRead = () => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[]) => api.post<{ unread: number }>('/api/my/notifications/read', { ids }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['notifications'] }),
  })
}
