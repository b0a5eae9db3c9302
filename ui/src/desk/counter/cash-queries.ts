import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { Owed, ShiftPage, ShiftView } from '../../app/api-types.ts'

export const shifts = () =>
  queryOptions({
    queryKey: ['cash-shifts'],
    queryFn: async ({ signal }) =>
      (await api.get<{ shifts: ShiftView[] }>('/api/cash-shifts', signal)).shifts,
  })

export const shift = (id: string) =>
  queryOptions({
    queryKey: ['cash-shifts', id],
    queryFn: ({ signal }) => api.get<ShiftPage>(`/api/cash-shifts/${id}`, signal),
  })

/** The reader's own shift that runs, or null. */
export const openShift = () =>
  queryOptions({
    queryKey: ['cash-shifts', 'mine'],
    queryFn: async ({ signal }) => {
      const [session, list] = await Promise.all([
        api.get<{ person: { id: string } }>('/api/session', signal),
        api.get<{ shifts: ShiftView[] }>('/api/cash-shifts', signal),
      ])
      return list.shifts.find((one) => one.closedAt === null && one.cashier.id === session.person.id) ?? null
    },
  })

export const owed = (search: string) =>
  queryOptions({
    queryKey: ['owed', search],
    queryFn: async ({ signal }) =>
      (await api.get<{ owed: Owed[] }>(`/api/payments/owed?q=${encodeURIComponent(search)}`, signal)).owed,
    placeholderData: (previous) => previous,
  })
