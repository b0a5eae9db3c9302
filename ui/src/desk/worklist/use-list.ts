import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../../app/api.ts'
import type { Worklist } from '../../app/api-types.ts'
import { countChanges, type Kept, refreshed } from './news.ts'
import { toRequest, type View } from './view-address.ts'

const PAGE = 100

const page = (request: string, after: string | null, signal?: AbortSignal) =>
  api.get<Worklist>(`/api/tasks?${request}&limit=${PAGE}${after ? `&after=${after}` : ''}`, signal)

const keptOf = ({ tasks, next, groups }: Worklist): Kept => ({ rows: tasks, next, groups })

/**
 * A list that is read page by page and never moves under the reader: its first page is asked again whenever something
 * happens, news are counted, and come in when the reader says so or chooses another list.
 */
export const useList = (view: View) => {
  const request = toRequest(view)
  const first = useQuery({
    queryKey: ['tasks', 'list', request],
    queryFn: ({ signal }) => page(request, null, signal),
  })
  const [kept, setKept] = useState<Kept & { request: string }>()
  const [problem, setProblem] = useState<unknown>()
  const fresh = kept?.request !== request
  const adopting = useRef(false)
  const latest = first.data
  useEffect(() => {
    if (!latest || !(fresh || adopting.current)) return
    adopting.current = false
    setKept({ ...keptOf(latest), request })
  }, [latest, fresh, request])

  const shown = fresh ? latest && { ...keptOf(latest), request } : kept
  const rows = useMemo(
    () => shown && (latest ? refreshed(shown.rows, latest.tasks) : shown.rows),
    [shown, latest],
  )
  const changes = useMemo(() => (shown && latest ? countChanges(shown, keptOf(latest)) : 0), [shown, latest])

  const loading = useRef('')
  const next = shown?.next ?? null
  const more = useCallback(() => {
    if (!next || loading.current === next) return
    loading.current = next
    setProblem(undefined)
    page(request, next)
      .then((further) =>
        setKept((now) =>
          now?.request === request && now.next === next
            ? { ...now, rows: [...now.rows, ...further.tasks], next: further.next }
            : now,
        ),
      )
      .catch(setProblem)
      .finally(() => {
        loading.current = ''
      })
  }, [next, request])

  return {
    query: first,
    rows,
    changes,
    groups: shown?.groups ?? null,
    counts: latest?.counts,
    hasMore: next !== null,
    more,
    problem,
    update: useCallback(() => latest && setKept({ ...keptOf(latest), request }), [latest, request]),
    /** After the reader's own act the next answer comes in unasked. */
    adopt: useCallback(() => {
      adopting.current = true
    }, []),
  }
}
export type List = ReturnType<typeof useList>
