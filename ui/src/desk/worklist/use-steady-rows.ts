import { useEffect, useMemo, useState } from 'react'
import type { TaskSummary } from '../../app/api-types.ts'
import { countChanges, refreshed } from './grouping.ts'

/** Rows never move under the cursor: news are counted, and come in when the reader says so (or changes the tab). */
export const useSteadyRows = (latest: TaskSummary[] | undefined, tab: string) => {
  const [kept, setKept] = useState<{ tab: string; rows: TaskSummary[] }>()
  const fresh = kept === undefined || kept.tab !== tab
  useEffect(() => {
    if (latest && fresh) setKept({ tab, rows: latest })
  }, [latest, fresh, tab])
  const shown = fresh ? undefined : kept.rows
  const rows = useMemo(() => (shown && latest ? refreshed(shown, latest) : latest), [shown, latest])
  const changes = useMemo(() => (shown && latest ? countChanges(shown, latest) : 0), [shown, latest])
  return { rows, changes, update: () => latest && setKept({ tab, rows: latest }) }
}
