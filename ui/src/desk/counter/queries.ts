import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type {
  CounterPage,
  HandoverPage,
  HandoverSummary,
  ReadyToHandOver,
  Scanned,
} from '../../app/api-types.ts'

export const counterPage = () =>
  queryOptions({
    queryKey: ['counter'],
    queryFn: ({ signal }) => api.get<CounterPage>('/api/counter', signal),
  })

export const readyToHandOver = () =>
  queryOptions({
    queryKey: ['handovers', 'ready'],
    queryFn: ({ signal }) => api.get<ReadyToHandOver>('/api/handovers/ready', signal),
  })

export const handovers = () =>
  queryOptions({
    queryKey: ['handovers', 'list'],
    queryFn: async ({ signal }) =>
      (await api.get<{ handovers: HandoverSummary[] }>('/api/handovers', signal)).handovers,
  })

export const handover = (id: string) =>
  queryOptions({
    queryKey: ['handovers', id],
    queryFn: ({ signal }) => api.get<HandoverPage>(`/api/handovers/${id}`, signal),
  })

export const scanned = (code: string) =>
  api.get<Scanned>(`/api/counter/scan?code=${encodeURIComponent(code)}`)
