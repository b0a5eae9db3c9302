import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { api } from '../../app/api.ts'
import type {
  DraftAcknowledgement,
  DraftAct,
  DraftComment,
  DraftView,
  PublicationCheck,
} from '../../app/api-types.ts'

const of = (id: string) => `/api/studio/drafts/${id}`
const KEY = 'studio-review'

export const draftOf = (id: string) =>
  queryOptions({
    queryKey: [KEY, id, 'draft'],
    queryFn: ({ signal }) => api.get<DraftView>(of(id), signal),
  })

export const commentsOf = (id: string) =>
  queryOptions({
    queryKey: [KEY, id, 'comments'],
    queryFn: ({ signal }) =>
      api.get<{ comments: DraftComment[]; mayComment: boolean }>(`${of(id)}/comments`, signal),
  })

export const actsOf = (id: string) =>
  queryOptions({
    queryKey: [KEY, id, 'acts'],
    queryFn: ({ signal }) => api.get<{ acts: DraftAct[] }>(`${of(id)}/acts`, signal),
  })

export const acknowledgementsOf = (id: string) =>
  queryOptions({
    queryKey: [KEY, id, 'acknowledgements'],
    queryFn: ({ signal }) =>
      api.get<{ acknowledgements: DraftAcknowledgement[]; mayAcknowledge: boolean }>(
        `${of(id)}/acknowledgements`,
        signal,
      ),
  })

export const checkOf = (id: string) =>
  queryOptions({
    queryKey: [KEY, id, 'check'],
    queryFn: ({ signal }) => api.get<PublicationCheck>(`${of(id)}/publication`, signal),
  })

/** After an act on a draft everything that is shown of it is asked for anew. */
export const renew = (cache: QueryClient, id: string) =>
  Promise.all(
    [[KEY, id], ['studio-drafts'], ['studio-procedure']].map((queryKey) =>
      cache.invalidateQueries({ queryKey }),
    ),
  )
