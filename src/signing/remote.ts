import { z } from 'zod'
import { sha256 } from './cms.ts'
import { type Signer, SigningFault } from './signer.ts'

/**
 * A key that lies elsewhere: in a signing service, or on a USB token behind an agent on the signer's own machine. Both
 * speak the same HTTP: the hash goes out, the signature comes back; the text itself never leaves.
 *
 *   POST <url>/signatures  {"id", "key", "algorithm": "SHA-256", "hash": "<base64>", "title"}
 *     → 200 {"signature": "<base64>"}   RSA PKCS#1 v1.5 or ECDSA (DER), over bytes of that hash
 *     → 202                             the holder has not confirmed yet: ask again with the same id
 *     → 4xx {"message"}                 refused
 */
export type RemoteKey = { url: string; key: string; token?: string | undefined }

const ANSWERS_WITHIN_MS = 10_000
const Signature = z.object({ signature: z.base64().transform((text) => Buffer.from(text, 'base64')) })
const Refusal = z.object({ message: z.string().max(300) })

/** The service said no; asking again changes nothing. */
export class SigningRefused extends SigningFault {
  override name = 'SigningRefused'
}

/** `chain` is known from the settings, so that nothing is asked of the service while a letter is being signed. */
export const remoteSigner = ({ url, key, token }: RemoteKey, chain: Buffer[]): Signer => ({
  chain,
  where: 'elsewhere',
  async sign(bytes, { id, title }) {
    const hash = sha256(bytes).toString('base64')
    const response = await post(`${url}/signatures`, token, { id, key, algorithm: 'SHA-256', hash, title })
    return response.status === 202 ? undefined : signatureIn(response)
  },
})

async function post(url: string, token: string | undefined, body: object): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    })
  } catch (cause) {
    throw new SigningFault(`the signing service at ${new URL(url).host} does not answer`, { cause })
  }
}

async function signatureIn(response: Response): Promise<Buffer> {
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) {
    const read = Signature.safeParse(body)
    if (read.success) return read.data.signature
    throw new SigningFault('the signing service gave an answer that is none')
  }
  const refusal = Refusal.safeParse(body)
  const said = `${response.status}${refusal.success ? `: ${refusal.data.message}` : ''}`
  if (response.status >= 400 && response.status < 500 && response.status !== 429)
    throw new SigningRefused(`the signing service refused (${said})`)
  throw new SigningFault(`the signing service failed (${said})`)
}
