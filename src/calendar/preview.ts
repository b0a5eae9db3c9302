import type { Tx } from '../database/transaction.ts'
import { clockMoves } from '../deadlines/recount.ts'
import { sideMoves } from '../deadlines/recount-sides.ts'
import { daysInForce } from './agency-calendar.ts'
import { type DayChange, planChange } from './decide.ts'

/** How many moved dossiers a preview names. */
const EXAMPLES = 5

/** What a decision on a day would do to open dossiers. Changes nothing. */
export async function previewDay(tx: Tx, change: DayChange) {
  const { days, changed } = planChange(await daysInForce(tx.sql), change)
  const moves = [...(await clockMoves(tx, days, changed)), ...(await sideMoves(tx, days, changed))]
  return {
    dossiers: new Set(moves.map(({ dossierId }) => dossierId)).size,
    examples: moves.slice(0, EXAMPLES).map(({ code, from, to }) => ({ code, dueAt: from, newDueAt: to })),
  }
}
