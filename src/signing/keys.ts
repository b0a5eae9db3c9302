import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { demoAuthority } from './demo-ca.ts'
import { readPkcs12 } from './pkcs12.ts'
import { remoteSigner } from './remote.ts'
import { type Signer, SigningFault, signerHere } from './signer.ts'
import { type Timestamper, timestamper } from './timestamp.ts'

/** Whose key: a person's, by their login; or the seal of an agency, by its code. */
export type Who = { kind: 'person' | 'agency'; id: string; name: string; organisation: string }
export const keyName = ({ kind, id }: Pick<Who, 'kind' | 'id'>): string => `${kind}/${id}`

/** The keys this installation signs with. */
export type Signing = {
  /** Undefined: nobody has configured a key for them, and their signature is the recorded act alone. Throws SigningFault. */
  signerOf(who: Who): Promise<Signer | undefined>
  timestamper: Timestamper | undefined
  /** Keys of the settings, for the administrator; the demonstration makes its own for whoever signs. */
  configured: { name: string; source: 'pkcs12' | 'remote'; where: string; signer: Signer }[]
  demo: boolean
}

const https = z
  .url({ protocol: /^https?$/ })
  .refine(isPrivate, 'must begin with https:// unless it is this machine')
const Key = z.union([
  z.strictObject({ pkcs12: z.string(), passphrase: z.string() }),
  z.strictObject({
    remote: z.strictObject({
      url: https.transform((url) => url.replace(/\/$/, '')),
      key: z.string().max(200),
      token: z.string().optional(),
    }),
    /** PEM; the signer's own first, then what leads to the root. */
    certificates: z.string(),
  }),
])
const SettingsFile = z.strictObject({
  people: z.record(z.string(), Key).default({}),
  agencies: z.record(z.string(), Key).default({}),
  timestampUrl: z.url({ protocol: /^https?$/ }).optional(),
})

/** A hash may be read by anybody, but what answers must be who it says. */
function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
}

/**
 * Reads the settings file: which key signs for whom. Keys and certificates are opened now, so that a wrong passphrase is
 * found at the start and not by the first leader who signs. Throws SigningFault with the entry.
 */
export function signingFrom(path: string): Signing {
  const read = SettingsFile.safeParse(jsonOf(path))
  if (!read.success)
    throw new SigningFault(
      read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    )
  const { people, agencies, timestampUrl } = read.data
  const entries = [
    ...Object.entries(people).map(([id, key]) => ({ name: `person/${id}`, key })),
    ...Object.entries(agencies).map(([id, key]) => ({ name: `agency/${id}`, key })),
  ]
  const signers = new Map(entries.map(({ name, key }) => [name, opened(name, key, dirname(path))]))
  return {
    signerOf: async (who) => signers.get(keyName(who)),
    timestamper: timestampUrl ? timestamper(timestampUrl) : undefined,
    configured: entries.map(({ name, key }) => ({
      name,
      source: 'remote' in key ? 'remote' : 'pkcs12',
      where: 'remote' in key ? key.remote.url : key.pkcs12,
      signer: signers.get(name) as Signer,
    })),
    demo: false,
  }
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new SigningFault(`the settings of signing cannot be read from ${path}`, { cause })
  }
}

function opened(name: string, key: z.output<typeof Key>, folder: string): Signer {
  try {
    if ('remote' in key)
      return remoteSigner(key.remote, chainIn(readFileSync(resolve(folder, key.certificates), 'utf8')))
    const own = readPkcs12(readFileSync(resolve(folder, key.pkcs12)), key.passphrase)
    return signerHere(own.key, own.chain)
  } catch (cause) {
    throw new SigningFault(`${name}: ${cause instanceof Error ? cause.message : 'cannot be read'}`, { cause })
  }
}

const chainIn = (pem: string): Buffer[] => {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (found.length === 0) throw new SigningFault('the file of certificates holds none')
  return found.map((one) => new X509Certificate(one).raw)
}

/** The demonstration: a marked authority in the data folder gives everybody who signs a marked certificate. */
export function demoSigning(folder: string): Signing {
  const authority = demoAuthority(folder)
  const made = new Map<string, Signer>()
  return {
    async signerOf(who) {
      const name = keyName(who)
      const there = made.get(name)
      if (there) return there
      const file = name.replaceAll(/[^\w.-]/g, '_')
      const { key, chain } = authority.certificateFor(file, who)
      const signer = signerHere(key, chain)
      made.set(name, signer)
      return signer
    },
    timestamper: undefined,
    configured: [],
    demo: true,
  }
}
