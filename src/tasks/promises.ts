import * as consultation from '../consultations/promises.ts'
import type { Tx } from '../database/transaction.ts'
import type { LedgerAct } from '../deadlines/entity.ts'
import type { Dossier } from '../dossiers/entity.ts'
import * as reception from '../dossiers/reception.ts'
import * as stop from '../dossiers/stop.ts'
import * as supplement from '../dossiers/supplement.ts'
import * as apology from '../letters/apology.ts'
import * as result from '../letters/result.ts'
import type { Services } from '../services.ts'
import * as assignment from './assign.ts'
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

/**
 * What a task's outcome promises in law. Procedures name these in their definition; each is kept in the transaction of
 * the act, so that a late job never falsifies a clock.
 */
export const keepers: Record<string, Keeper> = {
  'clock.start': reception.clockStart,
  'letter.receipt': reception.receiptLetter,
  'letter.refusal': reception.refusalLetter,
  'assign.person': assignment.assignPerson,
  'supplement.draft': supplement.draft,
  'supplement.approve': supplement.approve,
  'supplement.send': supplement.send,
  'supplement.receive': supplement.receive,
  'consultation.draft': consultation.draft,
  'consultation.summary': consultation.summary,
  'consultation.answer': consultation.answer,
  'result.draft': result.draft,
  'result.initial': result.initial,
  'result.sign': result.sign,
  'result.number': result.number,
  'result.return': result.returned,
  'clock.finish': result.clockFinish,
  'apology.draft': apology.draft,
  'apology.in-time': apology.inTime,
  'apology.initial': apology.initial,
  'apology.sign': apology.sign,
  'apology.number': apology.number,
  'apology.send': apology.send,
  'stop.confirm': stop.confirm,
  'stop.reject': stop.reject,
  'send-back': assignment.sendBack,
}

/** Names that a definition may use; publishing refuses any other. */
export const promiseNames: readonly string[] = Object.keys(keepers)
