import type { Database } from '../database/transaction.ts'
import type { LedgerBreach } from './invariants.ts'
import { ledgerFacts } from './ledger-facts.ts'
import { breachesOf } from './ledger-rules.ts'
import type { Period } from './period.ts'
import { BATCH, FIRST, reading } from './reading.ts'

export type LedgerVerdict = { dossiers: number; intervals: number; broken: number; breaches: number }

/**
 * Holds the ledger of every dossier filed in a period against its invariants (rules 10), some hundred at a time however
 * many there are; `tell` is given each breach as it is found.
 */
export async function verifyLedger(
  db: Database,
  period: Period,
  tell: (breach: LedgerBreach) => void,
): Promise<LedgerVerdict> {
  const verdict = { dossiers: 0, intervals: 0, broken: 0, breaches: 0 }
  for (let after = FIRST; ; ) {
    const facts = await reading(db, 'ledger verify', (tx) => ledgerFacts(tx, period, after, BATCH))
    for (const one of facts) {
      const breaches = breachesOf(one)
      for (const breach of breaches) tell(breach)
      verdict.dossiers++
      verdict.intervals += one.intervals.length
      verdict.breaches += breaches.length
      if (breaches.length > 0) verdict.broken++
    }
    const last = facts.at(-1)
    if (!last) return verdict
    after = last.id
  }
}
