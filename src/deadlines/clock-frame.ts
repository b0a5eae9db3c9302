import { v7 as uuid } from 'uuid'
import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import type { DeadlineClock } from './entity.ts'
import type { Limit } from './limit.ts'
import { type Rules, rulesOn } from './rules.ts'

/** By what a dossier's clocks count: its agency's calendar, and the rules of the day on which it was received. */
export type ClockFrame = { dossier: Dossier; calendar: Calendar; rules: Rules }

/** `from` picks the rules of a dossier that has not been received yet. */
export async function frameOf(tx: Tx, dossierId: string, from: Date): Promise<ClockFrame> {
  const dossier = await tx.em.findOneOrFail(Dossier, { id: dossierId })
  return {
    dossier,
    calendar: await calendarOf(tx.sql, dossier.agencyId),
    rules: rulesOn(legalDay(dossier.receivedAt ?? from)),
  }
}

/** What every clock begins with; its dates are the caller's. */
export const newClock = (
  dossierId: string,
  subjectId: string,
  kind: DeadlineClock['kind'],
  round: number,
  limit: Limit,
  at: Date,
) => ({
  id: uuid(),
  dossierId,
  subjectId,
  kind,
  round,
  mode: 'RESTART' as const,
  committed: limit,
  legal: limit,
  startedAt: at,
})
