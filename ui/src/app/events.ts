import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { calm } from './calm.ts'
import { useSession } from './session.tsx'

type LiveEvent = { type: 'task' | 'dossier' | 'incident' | 'clock'; ids: string[] }

/** What each kind of event makes stale: the first part of a query's key. */
const STALE: Record<LiveEvent['type'], string[]> = {
  task: ['tasks', 'task', 'dossier', 'dossiers', 'diagrams', 'counter', 'handovers'],
  dossier: [
    'dossier',
    'owed',
    'dossiers',
    'my-dossiers',
    'notifications',
    'diagrams',
    'tasks',
    'late',
    'counter',
    'handovers',
  ],
  incident: ['incidents', 'diagrams'],
  clock: ['mode', 'clock', 'tasks', 'task', 'dossier', 'dossiers', 'late'],
}

const POLL_MS = 20_000
/** Lists cost the server most, and on a busy morning something happens every second: they are asked for once in a while. */
const LISTS = new Set(['tasks', 'dossiers', 'my-dossiers', 'late', 'counter', 'handovers'])
const LISTS_MS = 3_000
/** What one reads now follows closely, and still not every record of a burst. */
const PAGE_MS = 300

/**
 * Listens to /api/events and refreshes what changed, lists at most every 3 s; while the stream is down, asks every 20 s.
 * Tells if it is live.
 */
export const useLiveEvents = (): boolean => {
  const cache = useQueryClient()
  const { session } = useSession()
  const known = !!session
  const [live, setLive] = useState(false)

  useEffect(() => {
    if (!known) return
    const refreshes = new Map(
      Object.values(STALE)
        .flat()
        .map((key) => [
          key,
          calm(() => void cache.invalidateQueries({ queryKey: [key] }), LISTS.has(key) ? LISTS_MS : PAGE_MS),
        ]),
    )
    const refresh = (type: LiveEvent['type']) => {
      for (const key of STALE[type]) refreshes.get(key)?.call()
    }
    const stream = new EventSource('/api/events')
    const hear = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as LiveEvent
      if (event.type in STALE) refresh(event.type)
    }
    stream.onmessage = hear
    for (const type of Object.keys(STALE)) stream.addEventListener(type, hear)
    stream.onopen = () => setLive(true)
    stream.onerror = () => setLive(false)
    const poll = setInterval(() => {
      if (stream.readyState !== EventSource.OPEN) refresh('clock')
    }, POLL_MS)
    return () => {
      clearInterval(poll)
      for (const one of refreshes.values()) one.stop()
      stream.close()
    }
  }, [cache, known])

  return live
}
