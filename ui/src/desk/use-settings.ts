import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../app/api.ts'
import type { DeskSettings } from '../app/api-types.ts'
import { useAbility } from '../app/session.tsx'
import { COLUMNS } from './worklist/view-address.ts'

const KEY = ['desk-settings']
const STANDARD: DeskSettings = { columns: [...COLUMNS], density: 'compact', singleKeys: true }

/** How the person's desk looks and listens, kept on the server: the same on whatever machine they sit down at. */
export const useDeskSettings = () => {
  const cache = useQueryClient()
  const ability = useAbility()
  const works = ability.can('read', 'Task')
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<DeskSettings>('/api/desk/settings', signal),
    enabled: works,
    staleTime: 5 * 60_000,
  })
  const choose = useCallback(
    async (change: Partial<DeskSettings>) => {
      const next = { ...(cache.getQueryData<DeskSettings>(KEY) ?? STANDARD), ...change }
      cache.setQueryData(KEY, next)
      await api.put('/api/desk/settings', next).catch(() => cache.invalidateQueries({ queryKey: KEY }))
    },
    [cache],
  )
  return { settings: data ?? STANDARD, choose }
}
