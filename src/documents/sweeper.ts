import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database } from '../database/transaction.ts'
import type { FileStore } from './store.ts'
import { sweepOrphans } from './sweep.ts'

/** Hours of machine time that somebody may take between uploading a file and submitting the dossier. */
const patienceHours = 24

/** Sweeps now and then every hour of machine time. Any number of processes may do it. */
export const startSweeper = (db: Database, store: FileStore, log: Logger): { stop(): Promise<void> } => {
  const halt = new AbortController()
  const loop = async () => {
    while (!halt.signal.aborted) {
      try {
        const swept = await sweepOrphans(db, store, patienceHours)
        if (swept.uploads + swept.files + swept.temporary > 0) log.info(swept, 'orphaned files swept')
      } catch (error) {
        // What could not be swept now is still there in an hour.
        log.error({ err: error }, 'orphaned files not swept')
      }
      await sleep(3_600_000, undefined, { signal: halt.signal }).catch(() => undefined)
    }
  }
  const running = loop()
  return {
    stop: () => {
      halt.abort()
      return running
    },
  }
}
