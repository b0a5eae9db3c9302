import type { Response } from 'express'
import type { Actor } from '../access/actor.ts'
import { listen } from '../database/listen.ts'
import type { Database } from '../database/transaction.ts'
import { Problem } from '../http/problem.ts'
import { factsOf, type LiveEvent, mayHear } from './visible.ts'

type Watcher = { actor: Actor; res: Response }

export type Hub = {
  /** Sends what the actor may know to this response until it is closed. @throws Problem 503 when too many watch */
  watch(actor: Actor, res: Response): void
  close(): Promise<void>
}

// Machine time. Proxies drop silent connections after a minute; rights are looked at anew with every connection.
const GATHER_MS = 100
const HEARTBEAT_MS = 25_000
const LONGEST_MS = 15 * 60_000

const full = () =>
  new Problem(
    503,
    'too-many-watchers',
    {
      vi: 'Đang có quá nhiều trang mở cùng lúc. Trang này vẫn dùng được; hãy tải lại để xem thay đổi.',
      en: 'Too many pages are open at once. This page still works; reload it to see changes.',
    },
    { retryAfterSeconds: 60 },
  )

/** Undefined for what is not an event: whoever has the database's password could say anything on the channel. */
function parsed(payload: string): LiveEvent | undefined {
  try {
    const { type, ids } = JSON.parse(payload) as Partial<LiveEvent>
    return typeof type === 'string' && Array.isArray(ids) ? { type, ids: ids.map(String) } : undefined
  } catch {
    return undefined
  }
}

const send = (res: Response, event: LiveEvent): void => {
  // Who does not read what we wrote would make us keep it: end it, the browser comes again.
  if (res.writableLength > 65_536) res.end()
  else res.write(`data: ${JSON.stringify(event)}\n\n`)
}

/**
 * Live pages: one LISTEN for all who watch. Events of a tenth of a second go out together, each only to whoever may read
 * what it is about. After a break of the channel everybody gets {type: 'resync'}: read again.
 */
export function openHub(db: Database, limits = { all: 2_000, perPerson: 12 }): Hub {
  const watchers = new Set<Watcher>()
  let waiting: LiveEvent[] = []
  let timer: NodeJS.Timeout | undefined

  const resync = () => {
    for (const { res } of watchers) send(res, { type: 'resync', ids: [] })
  }

  async function flush(): Promise<void> {
    const events = [...new Map(waiting.map((event) => [JSON.stringify(event), event])).values()]
    waiting = []
    timer = undefined
    if (watchers.size === 0) return
    const facts = await factsOf(db, events)
    for (const { actor, res } of watchers)
      for (const event of events) if (mayHear(actor.ability, event, facts)) send(res, event)
  }

  const stop = listen(
    db.pool,
    'live',
    {
      opened: resync,
      heard: (payload) => {
        const event = parsed(payload)
        if (!event) return
        waiting.push(event)
        timer ??= setTimeout(() => {
          flush().catch((error) => {
            db.log.info({ err: error }, 'live events were lost; pages read again')
            resync()
          })
        }, GATHER_MS)
      },
    },
    db.log,
  )
  const heartbeat = setInterval(() => {
    for (const { res } of watchers) res.write(':\n\n')
  }, HEARTBEAT_MS)

  return {
    watch(actor, res) {
      const own = [...watchers].filter((watcher) => watcher.actor.personId === actor.personId)
      if (watchers.size >= limits.all) throw full()
      // The oldest page of the same person gives way, as a closed laptop's connection may linger.
      if (own.length >= limits.perPerson) own[0]?.res.end()
      res.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      })
      res.write('retry: 3000\n\n')
      const watcher = { actor, res }
      watchers.add(watcher)
      const longest = setTimeout(() => res.end(), LONGEST_MS)
      res.on('close', () => {
        clearTimeout(longest)
        watchers.delete(watcher)
      })
    },
    async close() {
      clearInterval(heartbeat)
      clearTimeout(timer)
      for (const { res } of watchers) res.end()
      await stop()
    },
  }
}
