import { systemActor } from '../access/actor.ts'
import { isUnavailable } from '../database/errors.ts'
import { startLoop } from '../loop.ts'
import type { Services } from '../services.ts'
import { release } from './release.ts'

const PAUSE_MS = 1000

/** Tried again after 1, 2, 4 … seconds, at last every five minutes; administrators see it meanwhile (held-up.ts). */
async function holdUp({ db, log }: Services, id: string, error: unknown): Promise<void> {
  if (isUnavailable(error)) throw error
  log.error({ err: error, decision: id }, 'a decision could not be released')
  await db.transact(systemActor('release decisions'), (tx) =>
    tx.sql(
      `update decision set attempts = attempts + 1, last_error = $2,
              retry_at = now() + least(interval '5 minutes', interval '1 second' * power(2, least(attempts, 10)))
        where id = $1 and state = 'pending'`,
      [id, String(error)],
    ),
  )
}

/**
 * Lets decisions out when their time to take back is over (machine time). One transaction each; a decision that cannot
 * be released stays pending and is tried again, so that it is never lost, and never before those that can be.
 */
export const startReleaser = (services: Services): { stop(): Promise<void> } =>
  startLoop({
    name: 'releasing decisions',
    log: services.log,
    onErrorMs: PAUSE_MS,
    step: async () => {
      const { db } = services
      const due = await db.transact(systemActor('release decisions'), (tx) =>
        tx.sql<{ id: string }>(
          `select id from decision
            where state = 'pending' and release_at <= now() and (retry_at is null or retry_at <= now())
            order by release_at limit 50`,
        ),
      )
      for (const { id } of due)
        await db
          .transact(systemActor('release decisions'), (tx) => release(tx, services, id))
          .catch((error) => holdUp(services, id, error))
      return PAUSE_MS
    },
  })
