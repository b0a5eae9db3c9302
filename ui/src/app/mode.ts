import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from './api.ts'
import type { Mode } from './api-types.ts'

type MeasuredMode = Mode & { aheadMs: number }

/** Mode of the installation, and how far its legal clock stands ahead of this machine's. */
export const useMode = () =>
  useQuery({
    queryKey: ['mode'],
    queryFn: async (): Promise<MeasuredMode> => {
      const mode = await api.get<Mode>('/api/mode')
      return { ...mode, aheadMs: Date.parse(mode.now) - Date.now() }
    },
    refetchInterval: 60_000,
  }).data

/** The server's legal now (milliseconds), moving on every `everyMs`. */
export const useLegalNow = (everyMs = 30_000): number => {
  const aheadMs = useMode()?.aheadMs ?? 0
  const [machine, setMachine] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setMachine(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return machine + aheadMs
}
