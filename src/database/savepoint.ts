import type { AuditEntry } from '../audit/append.ts'
import { isRetryable, isUnavailable } from './errors.ts'
import type { Sql } from './sql.ts'
import type { Tx } from './transaction.ts'

/**
 * Work within a transaction whose changes are kept, or taken back alone. Answers the error, if there was one; throws only
 * what the whole transaction has to be told (PostgreSQL is away, a deadlock), because all of it may succeed a second time.
 */
export async function savepoint(sql: Sql, work: () => Promise<void>): Promise<unknown> {
  await sql('savepoint part')
  try {
    await work()
    await sql('release savepoint part')
    return undefined
  } catch (error) {
    if (isRetryable(error) || isUnavailable(error)) throw error
    await sql('rollback to savepoint part')
    return error
  }
}

/**
 * The same for a whole act: what it changed, its audit entries and its notices are kept
 * together or not at all. The part finds entities anew: what the caller holds may be out of date afterwards.
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
  const failure = await savepoint(tx.sql, async () => {
    await work(part)
    await part.em.flush()
  })
  if (failure !== undefined) return failure
  for (const entry of entries) tx.audit(entry)
  for (const done of after) tx.afterCommit(done)
  for (const notice of notices) tx.notify(...notice)
  return undefined
}
