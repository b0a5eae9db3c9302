import { type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { sha256, signedAttributes, signedData } from './cms.ts'
import type { Timestamper } from './timestamp.ts'

/** The key of one person or one agency, wherever it lies. */
export type Signer = {
  /** DER; the signer's own certificate first, then what leads to the root. */
  chain: Buffer[]
  /** `here`: answers within the act. `elsewhere`: asked after the commit, a person may have to confirm. */
  where: 'here' | 'elsewhere'
  /**
   * The signature (RSA PKCS#1 v1.5 or ECDSA as DER, SHA-256) over these bytes; undefined while somebody still has to confirm.
   * The same `request` is the same signature however often it is asked for.
   */
  sign(bytes: Buffer, request: Request): Promise<Buffer | undefined>
}
/** What the holder of the key is shown when they are asked to confirm. */
export type Request = { id: string; title: string }

/** A key in this process: of a PKCS#12 file. */
export const signerHere = (key: KeyObject, chain: Buffer[]): Signer => ({
  chain,
  where: 'here',
  sign: async (bytes) => sign('sha256', bytes, key),
})

export class SigningFault extends Error {
  override name = 'SigningFault'
}

/** The certificate of a signer, with what a person wants to know of it. */
export const certificateOf = ({ chain: [own] }: Pick<Signer, 'chain'>): X509Certificate => {
  if (!own) throw new SigningFault('the signer has no certificate')
  return new X509Certificate(own)
}

/** Throws SigningFault when a certificate does not hold at that instant. */
export function checkValidity(signer: Pick<Signer, 'chain'>, at: Date): void {
  const { validFromDate, validToDate, subject } = certificateOf(signer)
  if (at < validFromDate || at > validToDate)
    throw new SigningFault(
      `the certificate of ${subject.replaceAll('\n', ', ')} holds from ${validFromDate.toISOString()} to ${validToDate.toISOString()}`,
    )
}

/**
 * The CMS over the digest of a file's signed bytes, or undefined while it waits for a confirmation. What a service gives
 * back is checked against the certificate before anything is made of it. Throws SigningFault.
 */
export async function cmsOver(
  digest: Buffer,
  signer: Signer,
  request: Request,
  timestamper: Timestamper | undefined,
): Promise<Buffer | undefined> {
  const certificate = certificateOf(signer)
  const attributes = signedAttributes(digest, certificate.raw)
  const signature = await signer.sign(attributes, request)
  if (!signature) return undefined
  if (!verify('sha256', attributes, certificate.publicKey, signature))
    throw new SigningFault('the signature that came back is not of this text and this certificate')
  const timestamp = await timestamper?.(sha256(signature)).catch((error: unknown) => {
    // Whatever is wrong with the authority, the signature waits and says so.
    throw new SigningFault(error instanceof Error ? error.message : String(error))
  })
  return signedData({ attributes, signature, chain: signer.chain, timestamp })
}
