import { z } from 'zod'
import type { SystemAddress } from './systems.ts'

export type Question = {
  /** The natural key of the question: the same question sent twice carries the same one. */
  key: string
  body: Record<string, unknown>
}

const value = z.union([z.string().max(2000), z.number(), z.boolean()])
const answer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('answered'), data: z.record(z.string(), value) }),
  z.object({ outcome: z.literal('refused'), reason: z.string().min(1).max(2000) }),
])
export type Answer = z.output<typeof answer>

/** The system has the question and has not decided yet: ask again. */
export type Pending = { outcome: 'pending' }

/** No answer that counts. The message is for administrators: addresses and numbers, nothing of the question. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
}

/** No answer is longer; a page of some proxy may be. */
const MOST_CHARACTERS = 65_536

/**
 * Asks once: POST of JSON with the header Idempotency-Key. 202 means "not yet"; any other answer must be
 * `{ outcome: 'answered', data }` or `{ outcome: 'refused', reason }` with status 200 or 422.
 * @throws NoAnswer for a time-out, a lost connection, another status or another shape
 */
export async function ask(
  { url, token }: SystemAddress,
  { key, body }: Question,
  timeoutMs: number,
): Promise<Answer | Pending> {
  const signal = AbortSignal.timeout(timeoutMs)
  let status: number
  let text: string
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      // Elsewhere is not where we were told to send personal data.
      redirect: 'error',
      signal,
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    throw new NoAnswer(
      signal.aborted ? `no answer within ${timeoutMs} ms` : `not reached: ${reasonOf(error)}`,
    )
  }
  if (status === 202) return { outcome: 'pending' }
  if (status !== 200 && status !== 422) throw new NoAnswer(`answered with status ${status}`)
  if (text.length > MOST_CHARACTERS) throw new NoAnswer(`an answer of ${text.length} characters`)
  const read = answer.safeParse(json(text))
  if (!read.success)
    throw new NoAnswer(
      `an answer of another shape (${read.error.issues.map((one) => one.path.join('.')).join(', ')})`,
    )
  return read.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new NoAnswer('the answer is no JSON')
  }
}

const reasonOf = (error: unknown): string => {
  const { cause, message } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? message
}
