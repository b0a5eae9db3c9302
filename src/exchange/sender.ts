import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import { asSystem } from '../access/filter.ts'
import { listen } from '../database/listen.ts'
import type { Database, Tx } from '../database/transaction.ts'
import { keepAnswer } from './answer.ts'
import { ask, NoAnswer } from './call.ts'
import type { SystemAddresses, SystemName } from './systems.ts'

type Queued = {
  id: string
  subject_id: string
  element_id: string
  visit: number
  dossier_id: string
  system: SystemName
  request: Record<string, unknown>
  attempts: number
}
type Parts = { db: Database; log: Logger; systems: SystemAddresses /** Machine time. */; timeoutMs?: number }

const TIMEOUT_MS = 10_000
/** How soon a system that said "not yet" is asked again. */
const AGAIN_SECONDS = 15

const actor = (system: SystemName) => systemActor(`exchange ${system}`)

/**
 * Asks the question that has waited longest, if one is due; false when there was none. Any number of senders may run: a
 * question belongs to one of them for longer than the time-out. A sender killed after asking asks again with the same
 * key, which is the same question. A system that does not answer is asked again, ever more seldom, for as long as the
 * dossier is open: nothing but an answer ends the wait.
 */
export async function sendNext(parts: Parts): Promise<boolean> {
  const timeoutMs = parts.timeoutMs ?? TIMEOUT_MS
  const question = await parts.db.transact(systemActor('exchange'), (tx) => claim(tx, timeoutMs))
  if (!question) return false
  const { system } = question
  const by = actor(system)
  try {
    const address = parts.systems[system]
    if (!address) throw new NoAnswer(`no address configured: set MOTCUA_EXCHANGE_${system.toUpperCase()}_URL`)
    const key = `${question.subject_id}/${question.element_id}/${question.visit}`
    const answer = await ask(address, { key, body: question.request }, timeoutMs)
    await parts.db.transact(by, async (transaction) => {
      const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'answer of another system') }
      if (answer.outcome === 'pending') await askAgain(tx, question.id)
      else await keepAnswer(tx, question.id, answer)
    })
  } catch (error) {
    // Anything but a missing answer is a fault of ours: the lease runs out and the question is asked again.
    if (!(error instanceof NoAnswer)) throw error
    await parts.db.transact(by, (tx) => putOff(tx, question, error.message))
    parts.log.warn(
      { exchange: question.id, system, attempt: question.attempts, reason: error.message },
      'no answer',
    )
  }
  return true
}

/** Nobody needs the answer for a dossier that has ended. */
async function claim(tx: Tx, timeoutMs: number): Promise<Queued | undefined> {
  await tx.sql(
    `update exchange x set state = 'cancelled' from dossier d
      where d.id = x.dossier_id and x.state = 'queued' and x.next_at <= now() and d.finished_at is not null`,
  )
  const [question] = await tx.sql<Queued>(
    `update exchange set attempts = attempts + 1, next_at = now() + make_interval(secs => $1)
      where id = (select id from exchange where state = 'queued' and next_at <= now()
                   order by next_at limit 1 for update skip locked)
      returning id, subject_id, element_id, visit, dossier_id, system, request, attempts`,
    [(3 * timeoutMs) / 1000],
  )
  return question
}

const askAgain = (tx: Tx, id: string) =>
  tx.sql(
    `update exchange set next_at = now() + make_interval(secs => $2), last_error = null where id = $1 and state = 'queued'`,
    [id, AGAIN_SECONDS],
  )

/** Waits that double from 5 s to 30 minutes. */
const putOff = (tx: Tx, { id, attempts }: Queued, reason: string) =>
  tx.sql(
    `update exchange set last_error = $2,
            next_at = now() + make_interval(secs => least(5 * 2 ^ ($3::int - 1), 1800))
      where id = $1 and state = 'queued'`,
    [id, reason.slice(0, 500), Math.min(attempts, 20)],
  )

export type Exchange = { /** Ends after the question in hand. */ stop(): Promise<void> }

/** Starts the loop: at once when a question is written, else every `pollSeconds` of machine time. */
export function startExchange(parts: Parts, pollSeconds = 5): Exchange {
  let rest = new AbortController()
  let stopped = false
  const wake = () => rest.abort()
  const silence = listen(parts.db.pool, 'exchange', { heard: wake, opened: wake }, parts.log)
  const loop = async () => {
    while (!stopped) {
      rest = new AbortController()
      try {
        while (!stopped && (await sendNext(parts)));
      } catch (error) {
        // The loop must outlive a database that is away; what it could not do is still queued.
        parts.log.error({ err: error }, 'questions to other systems not readable')
      }
      if (!stopped) await sleep(pollSeconds * 1000, undefined, { signal: rest.signal }).catch(() => undefined)
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      rest.abort()
      await silence()
      await running
    },
  }
}
