import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { startLoop } from '../loop.ts'
import { tellBegun, tellWorkInPlace } from './tell.ts'

const PAUSE_MS = 30_000

/** Tells substitutes, every half minute of machine time, that an absence began or that work came to them. Any number of processes may do it. */
export const startTeller = (db: Database, log: Logger): { stop(): Promise<void> } =>
  startLoop({
    name: 'telling substitutes',
    log,
    onErrorMs: PAUSE_MS,
    step: async () => {
      const actor = systemActor('absences')
      const begun = await db.transact(actor, tellBegun)
      const fallen = await db.transact(actor, tellWorkInPlace)
      return begun + fallen >= 100 ? 0 : PAUSE_MS
    },
  })
