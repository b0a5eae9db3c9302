import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type {
  CatalogueEntry,
  CatalogueList,
  CatalogueReport,
  IntakeGuide,
  MadeSkeletons,
  ReengineeringPlans,
} from '../../app/api-types.ts'

export const CATALOGUE = '/api/studio/catalogue'

/** What the address says: names as people read them, values as the server knows them. */
export const FILTERS = {
  q: 'q',
  field: 'linh-vuc',
  level: 'cap',
  online: 'truc-tuyen',
  eligible: 'du-dieu-kien',
  dormant: 'khong-phat-sinh',
  state: 'tinh-trang',
} as const
export type Filters = Partial<Record<keyof typeof FILTERS, string>>

export const filtersOf = (query: URLSearchParams): Filters =>
  Object.fromEntries(
    Object.entries(FILTERS).flatMap(([key, name]) => {
      const value = query.get(name)
      return value ? [[key, value]] : []
    }),
  )

const search = (filters: Filters) => new URLSearchParams(filters as Record<string, string>).toString()

export const catalogueList = (filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ['catalogue', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<CatalogueList>(
        `${CATALOGUE}?${search({ ...filters, ...(pageParam && { after: pageParam }) } as Filters)}`,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })

export const catalogueEntry = (code: string) =>
  queryOptions({
    queryKey: ['catalogue', 'entry', code],
    queryFn: ({ signal }) => api.get<CatalogueEntry>(`${CATALOGUE}/${encodeURIComponent(code)}`, signal),
  })

export const reengineering = queryOptions({
  queryKey: ['catalogue', 'plans'],
  queryFn: ({ signal }) => api.get<ReengineeringPlans>('/api/studio/plans', signal),
})

export const codesOf = (filters: Filters) =>
  api.get<{ codes: string[] }>(`${CATALOGUE}/codes?${search(filters)}`)
export const makeSkeletons = (codes: string[]) => api.post<MadeSkeletons>(`${CATALOGUE}/skeletons`, { codes })

export type ImportKind = 'rows' | 'steps'
export const importGuide = (kind: ImportKind) =>
  queryOptions({
    queryKey: ['catalogue', 'guide', kind],
    queryFn: ({ signal }) => api.get<IntakeGuide>(`${CATALOGUE}/import/${kind}`, signal),
  })
export const importSample = (kind: ImportKind) => `${CATALOGUE}/import/${kind}/sample`
export const tryImport = (kind: ImportKind, bytes: ArrayBuffer) =>
  api.postCsv<CatalogueReport>(`${CATALOGUE}/import/${kind}/try`, bytes)
export const takeImport = (kind: ImportKind, bytes: ArrayBuffer, sha256: string) =>
  api.postCsv<CatalogueReport>(`${CATALOGUE}/import/${kind}/take-over?sha256=${sha256}`, bytes)
