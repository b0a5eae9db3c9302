import * as consultation from '../consultations/promises.ts'
import * as reception from '../dossiers/reception.ts'
import * as stop from '../dossiers/stop.ts'
import * as supplement from '../dossiers/supplement.ts'
import * as group from '../groups/notice.ts'
import * as apology from '../letters/apology.ts'
import * as register from '../letters/birth.ts'
import * as result from '../letters/result.ts'
import type { Keeper } from './act.ts'
import * as assignment from './assign.ts'

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
  'register.enter': register.enter,
  'group.notice': group.notice,
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
