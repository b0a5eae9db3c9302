import { queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type {
  ConformanceList,
  DossierConformance,
  Heatmap,
  HeatmapDossiers,
  PainList,
} from '../../app/api-types.ts'

const at = (code: string) => `/api/studio/procedures/${encodeURIComponent(code)}`

/** Period and version as the server asks for them; what is empty is its own default. */
export type Asked = { from: string; to: string; version: string }

const params = (asked: Partial<Asked>, more: Record<string, string> = {}) =>
  new URLSearchParams(Object.entries({ ...asked, ...more }).filter(([, value]) => value)).toString()

export const painOf = (asked: Partial<Asked> = {}) =>
  queryOptions({
    queryKey: ['studio-pain', asked],
    queryFn: ({ signal }) => api.get<PainList>(`/api/studio/pain?${params(asked)}`, signal),
  })

export const heatmapOf = (code: string, asked: Asked) =>
  queryOptions({
    queryKey: ['studio-heatmap', code, asked],
    queryFn: ({ signal }) => api.get<Heatmap>(`${at(code)}/heatmap?${params(asked)}`, signal),
    placeholderData: (before) => before,
  })

export const heatmapDossiersOf = (code: string, asked: Asked, element: string) =>
  queryOptions({
    queryKey: ['studio-heatmap', code, asked, 'dossiers', element],
    queryFn: ({ signal }) =>
      api.get<HeatmapDossiers>(`${at(code)}/heatmap/dossiers?${params(asked, { element })}`, signal),
  })

export const conformanceOf = (code: string, asked: Asked) =>
  queryOptions({
    queryKey: ['studio-conformance', code, asked],
    queryFn: ({ signal }) => api.get<ConformanceList>(`${at(code)}/conformance?${params(asked)}`, signal),
  })

export const dossierConformanceOf = (id: string) =>
  queryOptions({
    queryKey: ['studio-conformance', 'dossier', id],
    queryFn: ({ signal }) => api.get<DossierConformance>(`/api/studio/dossiers/${id}/conformance`, signal),
  })
