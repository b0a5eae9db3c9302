import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Ways to a person beside mail, in the order in which they are tried. */
export const channels = ['zalo', 'sms'] as const
export type Channel = (typeof channels)[number]

/** Where a gateway takes messages, and the secret it shares with us. No entry: nobody can be reached that way. */
export type GatewayAddress = { url: string; secret: string }
export type Gateways = Partial<Record<Channel, GatewayAddress>>

export type ShortMessage = {
  /** The same for every attempt: by it the gateway knows a message it has accepted already. */
  key: string
  to: string
  text: string
}

/** What the gateway said when it took a message, with its signature over it: our proof that it left. */
export type Receipt = { providerId: string; acceptedAt: string; signature: string }

/**
 * Not accepted, as far as we know. `final`: the gateway refuses this message for good; `unsure`: it may have taken it, and
 * its word was lost or cannot be trusted. The message is for administrators: nothing personal.
 */
export class NotAccepted extends Error {
  override name = 'NotAccepted'
  readonly final: boolean
  readonly unsure: boolean
  constructor(why: string, more: { final?: boolean; unsure?: boolean } = {}) {
    super(why)
    this.final = more.final ?? false
    this.unsure = more.unsure ?? false
  }
}

/** With these nothing has left for the gateway. */
const NEVER_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

const answer = z.object({ id: z.string().min(1).max(200), acceptedAt: z.iso.datetime() })
const MOST_CHARACTERS = 4_096

/** HMAC-SHA256 (hex) over parts of a message, joined by line breaks. */
export const signatureOf = (secret: string, ...parts: string[]): string =>
  createHmac('sha256', secret).update(parts.join('\n')).digest('hex')

export const isSignature = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/**
 * Hands one message to a gateway. The protocol is our own sample; real gateways differ and need an adapter of this shape:
 * POST of JSON `{ to, text }` with the headers Idempotency-Key and X-Signature (HMAC over key and body). 202 means accepted,
 * 409 accepted before under this key, both with `{ id, acceptedAt }` signed in X-Signature; 422 never.
 * @throws NotAccepted for a time-out, a lost connection, another status, or an answer that is not the gateway's
 */
export async function handOver(
  { url, secret }: GatewayAddress,
  { key, to, text }: ShortMessage,
  timeoutMs: number,
): Promise<Receipt> {
  const body = JSON.stringify({ to, text })
  const signal = AbortSignal.timeout(timeoutMs)
  let response: Response
  let said: string
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': key,
        'x-signature': signatureOf(secret, key, body),
      },
      body,
      // Elsewhere is not where we were told to send a telephone number.
      redirect: 'error',
      signal,
    })
    said = await response.text()
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } }
    throw new NotAccepted(
      signal.aborted ? `no answer within ${timeoutMs} ms` : `not reached: ${cause?.code ?? message}`,
      { unsure: signal.aborted || !NEVER_REACHED.includes(cause?.code ?? '') },
    )
  }
  if (response.status === 422) throw new NotAccepted('refused for good', { final: true })
  if (response.status !== 202 && response.status !== 409)
    throw new NotAccepted(`answered with status ${response.status}`, { unsure: response.status >= 500 })
  const read = said.length > MOST_CHARACTERS ? undefined : answer.safeParse(json(said)).data
  const signature = response.headers.get('x-signature') ?? ''
  if (!read || !isSignature(signature, signatureOf(secret, key, read.id, read.acceptedAt)))
    throw new NotAccepted('an answer that is not the gateway’s', { unsure: true })
  return { providerId: read.id, acceptedAt: read.acceptedAt, signature }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
