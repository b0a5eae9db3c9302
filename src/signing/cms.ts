import { createHash, X509Certificate } from 'node:crypto'
import { der, elementAt, elementsOf, empty, integer, octets, oid, sequence, set } from './der.ts'

const OID = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaSha256: '1.2.840.113549.1.1.11',
  ecdsaSha256: '1.2.840.10045.4.3.2',
} as const

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const sha256Algorithm = sequence(oid(OID.sha256))
const attribute = (type: string, ...values: Buffer[]) => sequence(oid(type), set(...values))

/** Issuer and serial number of a certificate, as a signature names it. */
function issuerAndSerial(certificate: Buffer): Buffer {
  const tbs = elementAt(elementAt(certificate, 0).body, 0)
  const [first, ...rest] = elementsOf(tbs.body)
  // The version, a [0], is left out by certificates of the first version.
  const [serial, , issuer] = first?.tag === 0xa0 ? rest : [first, ...rest]
  if (!serial || !issuer) throw new Error('the certificate cannot be read')
  return sequence(issuer.whole, serial.whole)
}

/**
 * What a signature of PAdES B-B is made over (ETSI EN 319 142-1, EN 319 122-1): the kind of content, the digest of the
 * signed bytes and the signing certificate's own hash, as a DER set. The signing time stands in the PDF's dictionary.
 */
export function signedAttributes(digest: Buffer, certificate: Buffer): Buffer {
  return set(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(digest)),
    // ESSCertIDv2 with its default algorithm, SHA-256.
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(octets(sha256(certificate)))))),
  )
}

/** The detached CMS of a signature. `timestamp` is a token over the signature's own bytes (B-T). */
export function signedData(of: {
  attributes: Buffer
  signature: Buffer
  /** DER; the signer's own first, then what leads to the root. */
  chain: Buffer[]
  timestamp?: Buffer | undefined
}): Buffer {
  const [own] = of.chain
  if (!own) throw new Error('a signature needs its certificate')
  const elliptic = new X509Certificate(own).publicKey.asymmetricKeyType === 'ec'
  const algorithm = elliptic ? sequence(oid(OID.ecdsaSha256)) : sequence(oid(OID.rsaSha256), empty)
  const implicit = (tag: number, element: Buffer) => Buffer.concat([Buffer.from([tag]), element.subarray(1)])
  const signerInfo = sequence(
    integer(1),
    issuerAndSerial(own),
    sha256Algorithm,
    implicit(0xa0, of.attributes),
    algorithm,
    octets(of.signature),
    ...(of.timestamp ? [implicit(0xa1, set(attribute(OID.timestampToken, of.timestamp)))] : []),
  )
  return sequence(
    oid(OID.signedData),
    der(
      0xa0,
      sequence(
        integer(1),
        set(sha256Algorithm),
        sequence(oid(OID.data)),
        implicit(0xa0, set(...of.chain)),
        set(signerInfo),
      ),
    ),
  )
}
