import type { Tx } from '../database/transaction.ts'
import { type CalendarChange, clockMoves } from '../deadlines/recount.ts'
import { sideMoves } from '../deadlines/recount-sides.ts'
import { daysInForce } from './agency-calendar.ts'
import { type DayChange, planChange } from './decide.ts'

/** How many moved dossiers a preview names. */
const EXAMPLES = 5

/** What a change of days or hours would do to open dossiers. Changes nothing. */
export async function previewChange(tx: Tx, change: CalendarChange) {
  const moves = [...(await clockMoves(tx, change)), ...(await sideMoves(tx, change))]
  return {
    dossiers: new Set(moves.map(({ dossierId }) => dossierId)).size,
    examples: moves.slice(0, EXAMPLES).map(({ code, from, to }) => ({ code, dueAt: from, newDueAt: to })),
  }
}

/** What a decision on a day would do to open dossiers. */
export const previewDay = async (tx: Tx, change: DayChange) =>
  previewChange(tx, planChange(await daysInForce(tx.sql), change))
