import type { Logger } from 'pino'
import type { Database } from './database/orm.ts'
import type { FileStore } from './documents/store.ts'
import type { Signing } from './signing/keys.ts'

/** What features need beyond their transaction; made once in wiring.ts. */
export type Services = {
  db: Database
  files: FileStore
  log: Logger
  /** Undefined: letters are not signed digitally, a signature is the recorded act (rules 7). */
  signing?: Signing | undefined
  settings: {
    demo: boolean
    /** Where citizens reach us: printed as the QR code's address on letters. */
    publicUrl: string
    /** Machine seconds in which a decision can be taken back before it leaves. */
    takeBackSeconds: number
  }
  /** Machine time, so many seconds from now: for leases and take-back, never for a legal date. */
  machineNow(plusSeconds?: number): Date
}
