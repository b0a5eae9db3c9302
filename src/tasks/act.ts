import type { Tx } from '../database/transaction.ts'
import type { LedgerAct } from '../deadlines/entity.ts'
import type { Dossier } from '../dossiers/entity.ts'
import type { Services } from '../services.ts'
import type { Decision, Task } from './entity.ts'

/** A decision taking effect: system-wide sight, the instant of the act, and whose act it is. */
export type Act = {
  tx: Tx
  services: Services
  task: Task
  dossier: Dossier
  decision: Decision
  /** Person who acted. */
  by: string
  /** The instant of the act (legal time); every boundary and clock of the act uses it. */
  at: Date
  data: Record<string, unknown>
  ledgerAct: LedgerAct
}

/** `check` runs when the person decides and may refuse with Invalid; `keep` runs at release and must succeed. */
export type Keeper = {
  check?(act: Act): Promise<void>
  /** May return variables for the process: ids and flags only. */
  keep(act: Act): Promise<Record<string, unknown> | undefined>
}
