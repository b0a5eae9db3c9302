import { sha256Algorithm } from './cms.ts'
import { der, elementAt, elementsOf, integer, octets, sequence } from './der.ts'

/** A token (RFC 3161) for a SHA-256 digest: that it existed at the authority's time. */
export type Timestamper = (digest: Buffer) => Promise<Buffer>

const ANSWERS_WITHIN_MS = 10_000

/** An authority asked by HTTP (RFC 3161, section 3.4). Its token is taken only when it is for the digest that was sent. */
export const timestamper =
  (url: string): Timestamper =>
  async (digest) => {
    const request = sequence(
      integer(1),
      sequence(sha256Algorithm, octets(digest)),
      // The authority's certificate within the token, so that it can be checked without asking.
      der(0x01, Buffer.from([0xff])),
    )
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/timestamp-query' },
      body: new Uint8Array(request),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    })
    if (!response.ok) throw new Error(`the timestamp authority answered ${response.status}`)
    const [status, token] = elementsOf(elementAt(Buffer.from(await response.arrayBuffer()), 0).body)
    const code = status && elementsOf(status.body)[0]?.body.at(-1)
    if (!token || (code !== 0 && code !== 1))
      throw new Error(`the timestamp authority refused (status ${code ?? 'unreadable'})`)
    if (!token.whole.includes(octets(digest)))
      throw new Error('the timestamp authority answered for another digest')
    return Buffer.from(token.whole)
  }
