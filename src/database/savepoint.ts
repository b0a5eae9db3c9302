import type { AuditEntry } from '../audit/append.ts'
import { isRetryable, isUnavailable } from './errors.ts'
import type { Tx } from './transaction.ts'

/**
 * A part of a transaction that may fail without the rest: what it changed, its audit entries and its notices are kept
 * together or not at all. Answers the error, if there was one; throws only what the whole transaction has to be told
 * (PostgreSQL is away, a deadlock). The part finds entities anew: what the caller holds may be out of date afterwards.
 */
export async function attempt(tx: Tx, work: (part: Tx) => Promise<void>): Promise<unknown> {
  const entries: AuditEntry[] = []
  const notices: Parameters<Tx['notify']>[] = []
  const after: (() => void)[] = []
  const part: Tx = {
    ...tx,
    em: tx.em.fork({ keepTransactionContext: true }),
    audit: (entry) => void entries.push(entry),
    afterCommit: (done) => void after.push(done),
    notify: (...notice) => void notices.push(notice),
  }
  await tx.sql('savepoint part')
  try {
    await work(part)
    await part.em.flush()
    await tx.sql('release savepoint part')
  } catch (error) {
    if (isRetryable(error) || isUnavailable(error)) throw error
    await tx.sql('rollback to savepoint part')
    return error
  }
  for (const entry of entries) tx.audit(entry)
  for (const done of after) tx.afterCommit(done)
  for (const notice of notices) tx.notify(...notice)
  return undefined
}
