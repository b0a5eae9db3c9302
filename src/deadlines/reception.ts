import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { computeDue, handOverBy, onlineFiledAt } from './due.ts'
import type { DeadlineClock } from './entity.ts'
import { limitsOf } from './limits-of.ts'
import { type Proof, proofText } from './proof.ts'
import { rulesOn } from './rules.ts'

export type ReceptionNow = {
  dueAt: Date
  /** Whether form 01 must be issued, or only when the applicant asks for it (NĐ 61/2018 art. 17.4). */
  form01: 'required' | 'on-request'
  /** Rule `handOver`, where the procedure has it: by when the specialists must have the dossier. */
  handOverBy: Date | null
  proof: Proof
}

/** What receiving the dossier at this moment would promise: said to the clerk before it is done. */
export async function receptionNow(
  tx: Tx,
  dossier: Pick<Dossier, 'agencyId' | 'procedureVersionId' | 'caseKey'>,
): Promise<ReceptionNow> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const limits = await limitsOf(tx.sql, dossier)
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const input = { calendar, rules: rulesOn(legalDay(tx.at)), receivedAt: tx.at }
  const { dueAt, form01, proof } = computeDue({ ...input, limit: limits.committed })
  const handsOver = definition.reception.rules.includes('handOver')
  return { dueAt, form01, proof, handOverBy: handsOver ? handOverBy(input) : null }
}

/**
 * Whether a count needs a receipt (form 01). A result of the same day does not, unless it is asked for; one due on
 * another day does, and so does a count begun anew, which keeps the old date (NĐ 61/2018 art. 17.4, 19.4).
 */
export async function needsReceipt(
  tx: Tx,
  dossier: Pick<Dossier, 'agencyId' | 'receivedAt'>,
  clock: Pick<DeadlineClock, 'round' | 'startedAt' | 'committed'>,
): Promise<boolean> {
  if (clock.round > 1) return true
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const rules = rulesOn(legalDay(dossier.receivedAt ?? clock.startedAt))
  const { form01 } = computeDue({ calendar, rules, receivedAt: clock.startedAt, limit: clock.committed })
  return form01 === 'required'
}

/**
 * When an online filing counts as made (rule `onlineFiled`): where the procedure's text says so, one made after closing
 * or on a day off counts from the opening of the next working day. Otherwise the moment itself.
 */
export async function countedAsFiled(
  tx: Tx,
  dossier: Pick<Dossier, 'agencyId' | 'procedureVersionId' | 'channel' | 'filedAt'>,
): Promise<Date> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const { filedAt } = dossier
  if (dossier.channel !== 'ONLINE' || !definition.reception.rules.includes('onlineFiled')) return filedAt
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  return onlineFiledAt({ calendar, rules: rulesOn(legalDay(filedAt)), filedAt })
}

/** The same in one line for people. */
export const receptionText = ({ proof }: ReceptionNow) => ({
  vi: proofText(proof, 'vi'),
  en: proofText(proof, 'en'),
})
