import { createHash } from 'node:crypto'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { translated } from '../database/errors.ts'
import type { Database } from '../database/transaction.ts'

/** Logins and network addresses are personal data: the table holds their hashes. */
export const keyOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url')

/** Counts in PostgreSQL, on machine time: so many `points` for a key in so many `seconds`. */
export function limiter(db: Pick<Database, 'pool'>, keyPrefix: string, points: number, seconds: number) {
  const limit = new RateLimiterPostgres({
    storeClient: db.pool,
    storeType: 'pool',
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix,
    points,
    duration: seconds,
  })
  return {
    /** Takes a point. Answers undefined, or the seconds to wait when none is left. */
    async take(key: string): Promise<number | undefined> {
      try {
        await limit.consume(key)
        return undefined
      } catch (error) {
        if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1000)
        throw translated(error)
      }
    },
    /** Gives the point back that was taken for something that went well. */
    giveBack: (key: string) => limit.reward(key),
    forget: (key: string) => limit.delete(key),
  }
}
