import { setTimeout as sleep } from 'node:timers/promises'
import { systemActor } from '../access/actor.ts'
import type { Services } from '../services.ts'
import { release } from './release.ts'

const PAUSE_MS = 1000

/**
 * Lets decisions out when their time to take back is over (machine time). One transaction each; a decision that cannot
 * be released stays pending, is logged, and is tried again, so that it is never lost.
 */
export function startReleaser(services: Services): { stop(): Promise<void> } {
  const { db, log } = services
  let stopping = false
  const loop = async () => {
    while (!stopping) {
      try {
        const due = await db.transact(systemActor('release decisions'), (tx) =>
          tx.sql<{ id: string }>(
            `select id from decision where state = 'pending' and release_at <= now() order by release_at limit 50`,
          ),
        )
        for (const { id } of due)
          await db
            .transact(systemActor('release decisions'), (tx) => release(tx, services, id))
            .catch((err) => log.error({ err, decision: id }, 'a decision could not be released'))
      } catch (err) {
        log.warn({ err }, 'releasing decisions waits for the database')
      }
      await sleep(PAUSE_MS)
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopping = true
      await running
    },
  }
}
