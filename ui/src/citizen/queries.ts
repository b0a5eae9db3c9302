import { queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type { DossierPage, DossierSummary, Place, ProcedurePage, ProcedureSummary } from '../app/api-types.ts'

const HOUR_MS = 3_600_000

export const procedures = (search: string) =>
  queryOptions({
    queryKey: ['procedures', search],
    queryFn: ({ signal }) =>
      api.get<ProcedureSummary[]>(`/api/procedures?q=${encodeURIComponent(search)}`, signal),
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
    queryFn: ({ signal }) => api.get<Place[]>('/api/places', signal),
    staleTime: HOUR_MS,
  })

export const myDossiers = () =>
  queryOptions({
    queryKey: ['my-dossiers'],
    queryFn: ({ signal }) => api.get<DossierSummary[]>('/api/my/dossiers', signal),
  })

export const dossier = (id: string) =>
  queryOptions({
    queryKey: ['dossier', id],
    queryFn: ({ signal }) => api.get<DossierPage>(`/api/dossiers/${id}`, signal),
  })
