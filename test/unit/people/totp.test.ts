import { base32, codeOf, newSecret, otpauth, stepAt, stepOf } from '../../../src/people/totp.ts'

/** RFC 6238, appendix B, for SHA-1; its 8 digits end in our 6. */
const SECRET = base32(Buffer.from('12345678901234567890'))
const VECTORS: [seconds: number, code: string][] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
]

it.each(VECTORS)('at %d seconds the code is that of RFC 6238', (seconds, code) => {
  expect(codeOf(SECRET, stepAt(new Date(seconds * 1000)))).toBe(code.slice(2))
})

it('a code counts once, a step of drift either way, and no further', () => {
  const now = new Date(1_800_000_000_000)
  const step = stepAt(now)
  for (const drift of [-1, 0, 1])
    expect(stepOf(SECRET, codeOf(SECRET, step + drift), now, 0)).toBe(step + drift)
  for (const drift of [-2, 2]) expect(stepOf(SECRET, codeOf(SECRET, step + drift), now, 0)).toBeUndefined()
  expect(stepOf(SECRET, codeOf(SECRET, step), now, step)).toBeUndefined()
  expect(stepOf(SECRET, '', now, 0)).toBeUndefined()
})

it('the address for the app names the account and carries a secret of 160 bits', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(new URL(otpauth(secret, 'thanhtra.1')).searchParams.get('secret')).toBe(secret)
  expect(newSecret()).not.toBe(secret)
})
