import { OptimisticLockError } from '@mikro-orm/core'

/** PostgreSQL cannot be reached or is closing. HTTP answers 503; nothing was committed unless the commit itself was cut off. */
export class Unavailable extends Error {
  override name = 'Unavailable'
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '08000', // connection_exception and its kin; 08P01 is a fault of ours
  '08001',
  '08003',
  '08004',
  '08006',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
])

// pg has no code for these; the texts are those of pg 8.23 and pg-pool 3.
const CUT_OFF =
  /Connection terminated|timeout exceeded when trying to connect|Client was closed|not queryable/

const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Record<string, unknown>)[name]
    : undefined

/** The SQLSTATE or system error code of an error, also when the ORM has wrapped it. */
export function codeOf(error: unknown): string {
  const code = field(error, 'code')
  if (typeof code === 'string') return code
  const inner = field(error, 'errors')
  if (Array.isArray(inner) && inner.length > 0) return codeOf(inner[0]) // AggregateError: IPv6 and IPv4 both refused
  const cause = field(error, 'cause') ?? field(error, 'previous')
  return cause === undefined || cause === error ? '' : codeOf(cause)
}

/** Whether running the whole transaction again can help: serialization failure, deadlock, a row changed since it was read. */
export const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(codeOf(error)) || error instanceof OptimisticLockError

/** True when the error says that PostgreSQL is away, not that the statement was wrong. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Unavailable) return true
  const code = codeOf(error)
  return UNREACHABLE.has(code) || (error instanceof Error && CUT_OFF.test(error.message))
}

/** Gives back the error, as `Unavailable` where PostgreSQL is away. */
export const translated = (error: unknown): unknown =>
  isUnavailable(error) && !(error instanceof Unavailable)
    ? new Unavailable('PostgreSQL is not available', { cause: error })
    : error
