import { hash, verify } from '@node-rs/argon2'

/** argon2id with the package's defaults (19 MiB, 2 passes: OWASP's first choice), about 30 ms on one core. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'))

// Of a password nobody has: an unknown login takes as long as a wrong password.
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$drRNO9ohOXxZ6BN1PuX+Nw$TtDzXk5D0etxh2bLbsPmvRHoGIvMaffYPw//p4/kjx8'

/** Whether the password belongs to the hash; false, in the same time, when there is no hash. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? NOBODY, password.normalize('NFC'))
  return fits && stored !== undefined
}
