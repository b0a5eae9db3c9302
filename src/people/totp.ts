import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** RFC 4648 base32, as authenticator apps read it. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_SECONDS = 30
const DIGITS = 6

export function base32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

function bytesOf(secret: string): Buffer {
  let bits = ''
  for (const letter of secret) bits += ALPHABET.indexOf(letter).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** 160 bits, as RFC 4226 recommends. */
export const newSecret = (): string => base32(randomBytes(20))

/** The code of a time step (RFC 6238 with HMAC-SHA-1, which all authenticator apps know; RFC 4226, 5.3). */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  const offset = mac[mac.length - 1]! & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

export const stepAt = (machineNow: Date): number => Math.floor(machineNow.getTime() / 1000 / STEP_SECONDS)

/**
 * The time step whose code this is, one step of drift either way; undefined when it is none, or no later than the last
 * one that was used: a code counts once (RFC 6238, 5.2).
 */
export function stepOf(secret: string, code: string, machineNow: Date, lastStep: number): number | undefined {
  const now = stepAt(machineNow)
  return [now, now - 1, now + 1].find((step) => step > lastStep && same(codeOf(secret, step), code))
}

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** What the app reads from the QR code. */
export const otpauth = (secret: string, login: string): string =>
  `otpauth://totp/${encodeURIComponent(`Một Cửa:${login}`)}?secret=${secret}&issuer=${encodeURIComponent('Một Cửa')}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
