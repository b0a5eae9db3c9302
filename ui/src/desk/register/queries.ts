import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type { DossierRegister, LetterRegister } from '../../app/api-types.ts'

/** What the address says is what is asked; names as in the API. */
export const queryOf = (filter: Record<string, string>): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value)).toString()

const pages = <T extends { next: string | null }>(
  book: 'letters' | 'dossiers',
  filter: Record<string, string>,
) =>
  infiniteQueryOptions({
    queryKey: ['registers', book, filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<T>(`/api/registers/${book}?${queryOf({ ...filter, after: pageParam })}`, signal),
    initialPageParam: '',
    getNextPageParam: (last: T) => last.next,
    placeholderData: (previous) => previous,
  })

export const letterBook = (filter: Record<string, string>) => pages<LetterRegister>('letters', filter)
export const dossierBook = (filter: Record<string, string>) => pages<DossierRegister>('dossiers', filter)

/** Where a book is to be had as a file: CSV, or A4 landscape to print. */
export const bookFile = (
  book: 'letters' | 'dossiers',
  format: 'csv' | 'pdf',
  filter: Record<string, string>,
): string => `/api/registers/${book}/file?${queryOf({ ...filter, format })}`

/** Ends an agency's books of a year that is over, for good. */
export const lockBooks = (agencyId: string, year: number) =>
  api.post<{ books: number }>('/api/registers/letters/lock', { agencyId, year })
