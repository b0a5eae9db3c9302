import type { Database } from '../database/transaction.ts'
import { apologyFacts } from './apology-facts.ts'
import { type ApologyFacts, type Fault, faultsOf, type Outcome, outcomeOf } from './apology-rules.ts'
import type { Period } from './period.ts'
import { BATCH, FIRST, reading } from './reading.ts'

/** A dossier of which something is to be said: late, or with a fault. `letter` is null for one that is not late. */
export type Told = {
  dossierId: string
  code: string
  letter: Outcome | null
  apologyBy: Date
  finding: ApologyFacts['finding']
  faults: Fault[]
}

export type ApologyVerdict = {
  dossiers: number
  late: number
  openLate: number
  finishedLate: number
  letterInTime: number
  letterLate: number
  letterNone: number
  /** Late letters and missing ones with their finding. */
  findings: number
  faulty: number
}

/**
 * Proves that every dossier whose original due date lies in the period and passed it has its apology in time, or a finding
 * with a reason and an owner (rules 7); `tell` hears of every late dossier without a letter in time, and of every fault.
 */
export async function verifyApologies(
  db: Database,
  period: Period,
  tell: (told: Told) => void,
): Promise<ApologyVerdict> {
  const verdict: ApologyVerdict = {
    dossiers: 0,
    late: 0,
    openLate: 0,
    finishedLate: 0,
    letterInTime: 0,
    letterLate: 0,
    letterNone: 0,
    findings: 0,
    faulty: 0,
  }
  for (let after = FIRST; ; ) {
    const batch = await reading(db, 'apologies verify', (tx) => apologyFacts(tx, period, after, BATCH))
    for (const facts of batch) {
      const told = judged(facts)
      count(verdict, facts, told)
      if (told.faults.length > 0 || (told.letter && told.letter !== 'in-time')) tell(told)
    }
    const last = batch.at(-1)
    if (!last) return verdict
    after = last.id
  }
}

const judged = (facts: ApologyFacts): Told => ({
  dossierId: facts.id,
  code: facts.code,
  letter: facts.isLate ? outcomeOf(facts) : null,
  apologyBy: facts.apologyBy,
  finding: facts.finding,
  faults: faultsOf(facts),
})

function count(verdict: ApologyVerdict, { isOpen }: ApologyFacts, { letter, finding, faults }: Told): void {
  verdict.dossiers++
  if (faults.length > 0) verdict.faulty++
  if (!letter) return
  verdict.late++
  if (isOpen) verdict.openLate++
  else verdict.finishedLate++
  if (letter === 'in-time') verdict.letterInTime++
  else if (letter === 'late') verdict.letterLate++
  else verdict.letterNone++
  if (letter !== 'in-time' && finding) verdict.findings++
}
