import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../app/api.ts'
import type { DossierSummary, TaskPage, Worklist, WorklistTab } from '../app/api-types.ts'

/** More than this and the list is no worklist any more; the counts still tell the truth. */
const MOST_PAGES = 10

const wholeList = async (tab: WorklistTab, signal: AbortSignal): Promise<Worklist> => {
  const list = await api.get<Worklist>(`/api/tasks?tab=${tab}`, signal)
  for (let page = 1; list.next && page < MOST_PAGES; page++) {
    const more = await api.get<Worklist>(`/api/tasks?tab=${tab}&after=${list.next}`, signal)
    list.tasks.push(...more.tasks)
    list.next = more.next
  }
  return list
}

export const worklist = (tab: WorklistTab) =>
  queryOptions({
    queryKey: ['tasks', tab],
    queryFn: ({ signal }) => wholeList(tab, signal),
  })

/** The first rows of a list: after a decision the next of them is offered. */
export const nextRows = (request: string) =>
  queryOptions({
    queryKey: ['tasks', 'next', request],
    queryFn: ({ signal }) => api.get<Worklist>(`/api/tasks?${request}&limit=3`, signal),
  })

export const task = (id: string) =>
  queryOptions({
    queryKey: ['task', id],
    queryFn: ({ signal }) => api.get<TaskPage>(`/api/tasks/${id}`, signal),
  })

export const dossiers = (search: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['dossiers', search, state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams()
      if (search) query.set('q', search)
      if (state) query.set('state', state)
      if (pageParam) query.set('after', pageParam)
      return api.get<{ dossiers: DossierSummary[]; next: string | null }>(`/api/dossiers?${query}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
