import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type {
  DossierAudit,
  DossierSummary,
  IntervalAudit,
  LateReport,
  MoreLate,
  Opening,
} from '../app/api-types.ts'
import type { AgencyChoice, AuditEntry, Verification } from './types.ts'

const HOUR_MS = 3_600_000

// The first part of a key is what live events make stale (app/events.ts).
export const lateReport = (from: string, to: string, agencyId: string) =>
  queryOptions({
    queryKey: ['late', 'report', from, to, agencyId],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({ from, to })
      if (agencyId) query.set('agencyId', agencyId)
      const report = await api.get<LateReport>(`/api/audit/late?${query}`, signal)
      const dossiers = [...report.dossiers]
      // The page looks through them all: what the first answer leaves out is fetched behind it.
      for (let after = report.next; after; ) {
        query.set('after', after)
        const more = await api.get<MoreLate>(`/api/audit/late/more?${query}`, signal)
        dossiers.push(...more.dossiers)
        after = more.next
      }
      return { ...report, dossiers, next: null }
    },
    placeholderData: (previous) => previous,
  })

export const dossierAudit = (id: string) =>
  queryOptions({
    queryKey: ['late', 'dossier', id],
    queryFn: ({ signal }) => api.get<DossierAudit>(`/api/audit/dossiers/${id}`, signal),
  })

export const intervalAudit = (id: string) =>
  queryOptions({
    queryKey: ['late', 'interval', id],
    queryFn: ({ signal }) => api.get<IntervalAudit>(`/api/audit/intervals/${id}`, signal),
  })

export const agencyChoices = () =>
  queryOptions({
    queryKey: ['agencies'],
    queryFn: async ({ signal }) =>
      (await api.get<{ agencies: AgencyChoice[] }>('/api/admin/agencies', signal)).agencies,
    staleTime: HOUR_MS,
  })

/** Reads the whole chain: asked for by a button, never by itself. */
export const verification = () => api.get<Verification>('/api/audit/verify')

export const trail = (dossierId: string) =>
  infiniteQueryOptions({
    queryKey: ['trail', dossierId],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ dossierId })
      if (pageParam) query.set('cursor', pageParam)
      return api.get<{ entries: AuditEntry[]; next: string | null }>(`/api/audit/entries?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })

/** Looks at personal data, newest first; empty filters ask for everything. */
export const openings = (filter: Record<string, string>) => {
  const asked = Object.entries(filter).filter(([, value]) => value !== '')
  return infiniteQueryOptions({
    queryKey: ['openings', ...asked.flat()],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked)
      if (pageParam) query.set('after', pageParam)
      return api.get<{ openings: Opening[]; next: string | null }>(`/api/audit/openings?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}

export const dossierByCode = (code: string) =>
  queryOptions({
    queryKey: ['dossiers', 'code', code],
    queryFn: async ({ signal }) =>
      (await api.get<{ dossiers: DossierSummary[] }>(`/api/dossiers?q=${encodeURIComponent(code)}`, signal))
        .dossiers,
    enabled: code !== '',
  })
