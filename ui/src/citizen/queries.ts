import { queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type { DossierPage, DossierSummary, Place, ProcedurePage, ProcedureSummary } from '../app/api-types.ts'

const HOUR_MS = 3_600_000

export const procedures = (search: string) =>
  queryOptions({
    queryKey: ['procedures', search],
    queryFn: async ({ signal }) => {
      const path = `/api/procedures?q=${encodeURIComponent(search)}`
      return (await api.get<{ procedures: ProcedureSummary[] }>(path, signal)).procedures
    },
    staleTime: HOUR_MS,
    placeholderData: (previous) => previous,
  })

export const procedure = (code: string) =>
  queryOptions({
    queryKey: ['procedure', code],
    queryFn: ({ signal }) => api.get<ProcedurePage>(`/api/procedures/${encodeURIComponent(code)}`, signal),
    staleTime: HOUR_MS,
  })

export const places = () =>
  queryOptions({
    queryKey: ['places'],
    queryFn: async ({ signal }) => (await api.get<{ places: Place[] }>('/api/places', signal)).places,
    staleTime: HOUR_MS,
  })

export const myDossiers = () =>
  queryOptions({
    queryKey: ['my-dossiers'],
    queryFn: async ({ signal }) =>
      (await api.get<{ dossiers: DossierSummary[] }>('/api/my/dossiers', signal)).dossiers,
  })

export const dossier = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id],
    queryFn: ({ signal }) => api.get<DossierPage>(`/api/dossiers/${id}`, signal),
  })
