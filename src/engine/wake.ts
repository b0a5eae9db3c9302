import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { messageOf } from './errors.ts'
import { OUTBOX_CHANNEL } from './outbox.ts'

const AGAIN_MS = 2_000

/** Calls `wake` whenever a command is committed. While its connection is down the dispatcher's poll has to do. */
export function listenForCommands(pool: Pool, wake: () => void, log: Logger): () => Promise<void> {
  let stopped = false
  let release: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const client = await pool.connect()
    let open = true
    const end = (error?: Error) => {
      if (!open) return
      open = false
      release = null
      client.release(true)
      if (stopped) return
      log.info({ reason: error?.message }, 'the outbox channel was cut off')
      timer = setTimeout(start, AGAIN_MS)
    }
    client.on('error', end)
    client.on('end', () => end())
    client.on('notification', wake)
    release = () => end()
    await client.query(`listen ${OUTBOX_CHANNEL}`).catch(end)
    wake()
    if (stopped) end()
  }

  function start(): void {
    if (stopped) return
    connecting = connect().catch((error: unknown) => {
      log.debug({ reason: messageOf(error) }, 'the outbox channel cannot be opened now')
      if (!stopped) timer = setTimeout(start, AGAIN_MS)
    })
  }

  let connecting: Promise<void> = Promise.resolve()
  start()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await connecting
    release?.()
  }
}
