import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type {
  Breaches,
  DossierAudit,
  FindingList,
  FindingPage,
  GamedHits,
  GamedTally,
  Index766,
  Index766Dossiers,
  InspectionList,
  IntervalAudit,
  LateReport,
  MoreLate,
  Opening,
  ReportList,
  Sample,
  TrailPage,
} from '../app/api-types.ts'
import type { AgencyChoice, AuditEntry, Verification } from './types.ts'

const HOUR_MS = 3_600_000

// The first part of a key is what live events make stale (app/events.ts).
export const lateReport = (asked: string) =>
  queryOptions({
    queryKey: ['late', 'report', asked],
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams(asked)
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

// All under "late": whatever happens to a dossier may change any of these figures.
export const breachReport = (asked: string) =>
  queryOptions({
    queryKey: ['late', 'breaches', asked],
    queryFn: ({ signal }) => api.get<Breaches>(`/api/audit/breaches?${asked}`, signal),
    placeholderData: (previous) => previous,
  })

export const gamedTally = (asked: string) =>
  queryOptions({
    queryKey: ['late', 'gamed', asked],
    queryFn: ({ signal }) => api.get<GamedTally>(`/api/audit/gamed?${asked}`, signal),
    placeholderData: (previous) => previous,
  })

export const gamedHits = (asked: string, rule: string) =>
  queryOptions({
    queryKey: ['late', 'gamed', asked, rule],
    queryFn: ({ signal }) => api.get<GamedHits>(`/api/audit/gamed/hits?${asked}&rule=${rule}`, signal),
  })

export const randomSample = (asked: string, seed: string) =>
  queryOptions({
    queryKey: ['late', 'sample', asked, seed],
    queryFn: ({ signal }) =>
      api.get<Sample>(`/api/audit/sample?${asked}&seed=${encodeURIComponent(seed)}`, signal),
  })

/** Findings page by page; empty filters ask for everything. */
export const findingList = (filter: Record<string, string>) => {
  const asked = Object.entries(filter).filter(([, value]) => value !== '')
  return infiniteQueryOptions({
    queryKey: ['late', 'findings', ...asked.flat()],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked)
      if (pageParam) query.set('after', pageParam)
      return api.get<FindingList>(`/api/findings?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}

export const findingPage = (id: string) =>
  queryOptions({
    queryKey: ['late', 'finding', id],
    queryFn: ({ signal }) => api.get<FindingPage>(`/api/findings/${id}`, signal),
  })

export const auditReports = () =>
  queryOptions({
    queryKey: ['audit-reports'],
    queryFn: ({ signal }) => api.get<ReportList>('/api/audit/reports', signal),
  })

export const index766 = (asked: string) =>
  queryOptions({
    queryKey: ['late', 'index766', asked],
    queryFn: ({ signal }) => api.get<Index766>(`/api/index766?${asked}`, signal),
    placeholderData: (previous) => previous,
  })

export const index766Dossiers = (asked: string) =>
  queryOptions({
    queryKey: ['late', 'index766', 'dossiers', asked],
    queryFn: ({ signal }) => api.get<Index766Dossiers>(`/api/index766/dossiers?${asked}`, signal),
  })

export const inspectionList = () =>
  queryOptions({
    queryKey: ['inspections'],
    queryFn: ({ signal }) => api.get<InspectionList>('/api/inspections', signal),
  })

/** The trail, searched; newest first. */
export const trailSearch = (filter: Record<string, string>) => {
  const asked = Object.entries(filter).filter(([, value]) => value !== '')
  return infiniteQueryOptions({
    queryKey: ['trail', 'search', ...asked.flat()],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked)
      if (pageParam) query.set('after', pageParam)
      return api.get<TrailPage>(`/api/audit/trail?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}
