import type { Logger } from 'pino'
import type { Database } from '../database/transaction.ts'
import { startLoop } from '../loop.ts'
import type { FileStore } from './store.ts'
import { sweepOrphans } from './sweep.ts'

/** Hours of machine time that somebody may take between uploading a file and submitting the dossier. */
const patienceHours = 24
const HOUR_MS = 3_600_000

/** Sweeps now and then every hour of machine time; what could not be swept is still there in an hour. Any number of processes may do it. */
export const startSweeper = (db: Database, store: FileStore, log: Logger): { stop(): Promise<void> } =>
  startLoop({
    name: 'sweeping orphaned files',
    log,
    onErrorMs: HOUR_MS,
    step: async () => {
      const swept = await sweepOrphans(db, store, patienceHours)
      if (swept.uploads + swept.files + swept.temporary > 0) log.info(swept, 'orphaned files swept')
      return HOUR_MS
    },
  })
