import { createHash } from 'node:crypto'
import type { Tx } from '../database/transaction.ts'
import { Problem } from './problem.ts'

type Kept = { request_hash: string; status: number; answer: unknown }
export type Answer = { status: number; body: unknown }

const badKey = () =>
  new Problem(400, 'idempotency-key', {
    vi: 'Idempotency-Key phải có từ 8 đến 100 ký tự.',
    en: 'Idempotency-Key must have 8 to 100 characters.',
  })

const otherRequest = () =>
  new Problem(422, 'idempotency-key-reused', {
    vi: 'Khóa này đã dùng cho một yêu cầu khác. Hãy tạo khóa mới cho yêu cầu mới.',
    en: 'This key was used for another request. Make a new key for a new request.',
  })

/**
 * Gives a repeated request the first answer. The key is written before the act and in its transaction: of two at once
 * the second waits for the first, and a failed act leaves no key. Kept for seven days of machine time.
 */
export async function once(
  tx: Tx,
  request: { key: string; method: string; path: string; body: unknown },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const { personId } = tx.actor
  if (!personId) return work()
  if (request.key.length < 8 || request.key.length > 100) throw badKey()
  const hash = createHash('sha256')
    .update(JSON.stringify([request.method, request.path, request.body]))
    .digest('hex')
  await tx.sql(`delete from idempotency_key where actor_id = $1 and created_at < now() - interval '7 days'`, [
    personId,
  ])
  const taken = await tx.sql(
    `insert into idempotency_key (actor_id, key, request_hash, status, answer) values ($1, $2, $3, 0, '{}')
     on conflict do nothing returning 1`,
    [personId, request.key, hash],
  )
  if (taken.length === 0) {
    const [first] = await tx.sql<Kept>(
      'select request_hash, status, answer from idempotency_key where actor_id = $1 and key = $2',
      [personId, request.key],
    )
    if (first?.request_hash !== hash) throw otherRequest()
    return { status: first.status, body: first.answer }
  }
  const answer = await work()
  await tx.sql('update idempotency_key set status = $3, answer = $4 where actor_id = $1 and key = $2', [
    personId,
    request.key,
    answer.status,
    JSON.stringify(answer.body ?? null),
  ])
  return answer
}
