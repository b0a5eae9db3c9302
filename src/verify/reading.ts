import { systemActor } from '../access/actor.ts'
import type { Database, Tx } from '../database/transaction.ts'

/**
 * Reads in one snapshot, so that a server which goes on working meanwhile never looks broken; nothing can be written.
 * `reason` names the system's work.
 */
export const reading = <T>(db: Database, reason: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transact(systemActor(reason), async (tx) => {
    await tx.sql('set transaction isolation level repeatable read, read only')
    return work(tx)
  })

/** Dossiers looked at in one snapshot: what is held in memory at any time. */
export const BATCH = 200

export const FIRST = '00000000-0000-0000-0000-000000000000'
