import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The end of the chain on a day, as signed. */
export type Head = { day: string; index: string; hash: string; signature: string }

/** Our Ed25519 key, made at first use and readable by us alone; its public half lies beside it for auditors. */
export function auditKey(dataDir: string): KeyObject {
  const file = join(dataDir, 'audit-key.pem')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
    writeFileSync(join(dataDir, 'audit-key.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
  }
  return createPrivateKey(readFileSync(file))
}

const text = ({ day, index, hash }: Omit<Head, 'signature'>): Buffer =>
  Buffer.from(`${day}\n${index}\n${hash}\n`)

export const signHead = (head: Omit<Head, 'signature'>, key: KeyObject): Head => ({
  ...head,
  signature: sign(null, text(head), key).toString('base64'),
})

export const headIsOurs = (head: Head, key: KeyObject): boolean =>
  verify(null, text(head), createPublicKey(key), Buffer.from(head.signature, 'base64'))
