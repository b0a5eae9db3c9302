import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import forge from 'node-forge'
import { readPkcs12 } from './pkcs12.ts'

/** Whoever opens such a certificate reads that it proves nothing. */
const MARK = 'MINH HỌA - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ'

/** As printed on the certificate: a person within an agency, or the agency itself twice. */
type Subject = { name: string; organisation: string }
type Pair = { key: KeyObject; certificate: forge.pki.Certificate }

/** Rounds that stretch the passphrase: 192 random bits need none, and the library counts them in JavaScript. */
const ROUNDS = 1

/**
 * The certification authority of the demonstration and the certificates it has made, as PKCS#12 files in a folder
 * beside the other data, under one made-up passphrase. They are made when somebody first signs, and kept; two processes
 * may ask at once, the first file stays.
 */
export function demoAuthority(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const passphrase = kept(join(folder, 'passphrase'), () =>
    Buffer.from(randomBytes(24).toString('hex')),
  ).toString()
  const pack = ({ key, certificate }: Pair, chain: forge.pki.Certificate[]) =>
    Buffer.from(
      forge.asn1
        .toDer(
          forge.pkcs12.toPkcs12Asn1(privateKeyOf(key), [certificate, ...chain], passphrase, {
            algorithm: 'aes256',
            count: ROUNDS,
          }),
        )
        .getBytes(),
      'latin1',
    )
  const unpacked = (file: Buffer): Pair => {
    const { key, chain } = readPkcs12(file, passphrase)
    const [own = Buffer.alloc(0)] = chain
    return {
      key,
      certificate: forge.pki.certificateFromAsn1(forge.asn1.fromDer(own.toString('latin1'))),
    }
  }
  // Made on the first start, so that whoever wants to trust it finds it there.
  const authority = unpacked(kept(join(folder, 'ca.p12'), () => pack(newAuthority(), [])))
  return {
    /** Key and chain of one signer; `file` names them on disk, `subject` on the certificate. */
    certificateFor(file: string, subject: Subject, until = UNTIL) {
      const bytes = kept(join(folder, `${file}.p12`), () =>
        pack(newCertificate(subject, authority, until), [authority.certificate]),
      )
      return readPkcs12(bytes, passphrase)
    },
  }
}

/** The file's content; the first to make it wins, and nobody sees half of it. */
function kept(file: string, make: () => Buffer): Buffer {
  if (!existsSync(file)) {
    const draft = `${file}.${randomUUID()}`
    writeFileSync(draft, make(), { mode: 0o600 })
    try {
      linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
  }
  return readFileSync(file)
}

const privateKeyOf = (key: KeyObject): forge.pki.rsa.PrivateKey =>
  forge.pki.privateKeyFromPem(key.export({ format: 'pem', type: 'pkcs1' }).toString())

function keys() {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n, e } = privateKeyOf(key)
  return { key, publicKey: forge.pki.rsa.setPublicKey(n, e) }
}

/** The library asks for the signature of a digest; it is made over what was digested, in C: its own RSA takes seconds. */
function signedBy(key: KeyObject, certificate: forge.pki.Certificate): void {
  const signer = {
    sign: () =>
      sign(
        'sha256',
        Buffer.from(forge.asn1.toDer(certificate.tbsCertificate).getBytes(), 'latin1'),
        key,
      ).toString('latin1'),
  }
  certificate.sign(signer as unknown as forge.pki.rsa.PrivateKey, forge.md.sha256.create())
}

const named = (name: string, organisation: string): forge.pki.CertificateField[] =>
  [
    { name: 'countryName', value: 'VN' },
    { name: 'organizationName', value: organisation },
    { name: 'organizationalUnitName', value: MARK },
    { name: 'commonName', value: name },
  ].map((field) =>
    field.name === 'countryName'
      ? field
      : {
          ...field,
          value: field.value.normalize('NFC'),
          valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
        },
  )

const authorityName = () => named('CA minh họa của Một Cửa', 'Tỉnh mẫu (minh họa)')

/** Of a long life: the demonstration's clock is moved forward, and its letters are looked at for years. */
const FROM = new Date('2019-01-01T00:00:00Z')
const UNTIL = new Date('2049-12-31T00:00:00Z')

function draftCertificate(publicKey: forge.pki.rsa.PublicKey, until = UNTIL): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = publicKey
  certificate.serialNumber = `00${randomBytes(15).toString('hex')}`
  certificate.validity.notBefore = FROM
  certificate.validity.notAfter = until
  return certificate
}

function newAuthority(): Pair {
  const { key, publicKey } = keys()
  const certificate = draftCertificate(publicKey)
  certificate.setSubject(authorityName())
  certificate.setIssuer(authorityName())
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  signedBy(key, certificate)
  return { key, certificate }
}

function newCertificate(subject: Subject, ca: Pair, until: Date): Pair {
  const { key, publicKey } = keys()
  const certificate = draftCertificate(publicKey, until)
  certificate.setSubject(named(subject.name, subject.organisation))
  // Written anew: names that were read from a certificate come back from the library encoded once more.
  certificate.setIssuer(authorityName())
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ])
  signedBy(ca.key, certificate)
  return { key, certificate }
}
