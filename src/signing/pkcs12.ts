import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { SigningFault } from './signer.ts'

const { oids } = forge.pki
const derOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1')

/**
 * Key and certificates of a PKCS#12 file, RSA or elliptic; the key's own certificate first, then each issuer that the
 * file holds. Throws SigningFault in words that say what is wrong with the file.
 */
export function readPkcs12(file: Buffer, passphrase: string): { key: KeyObject; chain: Buffer[] } {
  const p12 = opened(file, passphrase)
  const bags = p12.safeContents.flatMap(({ safeBags }) => safeBags)
  const keyBag = bags.find(({ type }) => type === oids.pkcs8ShroudedKeyBag || type === oids.keyBag)
  if (!keyBag) throw new SigningFault('the PKCS#12 file holds no private key')
  const key = keyOf(keyBag)
  const certificates = bags
    .filter(({ type }) => type === oids.certBag)
    .map((bag) => new X509Certificate(derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1)))
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key))
  if (!own) throw new SigningFault('the PKCS#12 file holds no certificate of its key')
  return { key, chain: chainFrom(own, certificates).map(({ raw }) => raw) }
}

function opened(file: Buffer, passphrase: string): forge.pkcs12.Pkcs12Pfx {
  try {
    return forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(file.toString('latin1')), false, passphrase)
  } catch (cause) {
    throw new SigningFault('the PKCS#12 file cannot be opened: it is broken, or the passphrase is wrong', {
      cause,
    })
  }
}

/** What the library cannot read (an elliptic key) it hands on as it stands in the file. */
const keyOf = (bag: forge.pkcs12.Bag): KeyObject =>
  createPrivateKey({
    key: derOf(bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1),
    format: 'der',
    type: 'pkcs8',
  })

function chainFrom(own: X509Certificate, all: X509Certificate[]): X509Certificate[] {
  const issuer = all.find(
    (other) => other.raw.compare(own.raw) !== 0 && own.checkIssued(other) && own.verify(other.publicKey),
  )
  return issuer
    ? [
        own,
        ...chainFrom(
          issuer,
          all.filter((other) => other !== own),
        ),
      ]
    : [own]
}
