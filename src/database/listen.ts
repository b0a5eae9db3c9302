import type { Pool, PoolClient } from 'pg'
import type { Logger } from 'pino'

type Handlers = {
  /** A notification's payload. Must not throw. */
  heard(payload: string): void
  /** The channel is open, at first or again: whatever was said meanwhile is lost. */
  opened(): void
}

const AGAIN_MS = 1_000

/**
 * Listens on a channel with one connection of the pool for as long as it lives, opening it again after a loss.
 * The returned function ends it.
 */
export function listen(
  pool: Pool,
  channel: string,
  { heard, opened }: Handlers,
  log: Logger,
): () => Promise<void> {
  let ended = false
  let client: PoolClient | undefined
  let timer: NodeJS.Timeout | undefined
  let opening = Promise.resolve()

  function lost(from: PoolClient | undefined, error?: Error): void {
    if (from !== client) return
    client = undefined
    from?.release(true)
    if (ended) return
    log.info({ channel, reason: error?.message }, 'the channel is cut off')
    timer = setTimeout(start, AGAIN_MS)
  }

  async function open(): Promise<void> {
    const own = await pool.connect()
    client = own
    own.on('error', (error) => lost(own, error))
    own.on('end', () => lost(own))
    own.on('notification', (message) => heard(message.payload ?? ''))
    try {
      await own.query(`listen ${own.escapeIdentifier(channel)}`)
    } catch (error) {
      lost(own, error as Error)
      return
    }
    if (ended) lost(own)
    else opened()
  }

  function start(): void {
    if (ended) return
    // No connection at all: nothing is checked out yet, so lost(undefined) only sets the timer.
    opening = open().catch((error: Error) => lost(undefined, error))
  }

  start()
  return async () => {
    ended = true
    clearTimeout(timer)
    await opening
    lost(client)
  }
}
