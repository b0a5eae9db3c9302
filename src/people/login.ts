import type { Locale } from '../access/actor.ts'
import type { Database } from '../database/transaction.ts'
import { Problem } from '../http/problem.ts'
import { keyOf, limiter } from './limiter.ts'
import { passwordFits } from './password.ts'

/** No password hash: the person has not set a password yet. */
type AccountRow = { person_id: string; password_hash: string | null; locale: Locale; demo: boolean }
export type LoggedIn = { personId: string; locale: Locale }

const refused = () =>
  new Problem(401, 'wrong-login', {
    vi: 'Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi nhập lại.',
    en: 'The login or the password is not right. Check them and try again.',
  })

const tooOften = (seconds: number) =>
  new Problem(
    429,
    'too-many-logins',
    {
      vi: `Đã nhập sai quá nhiều lần. Hãy thử lại sau ${Math.ceil(seconds / 60)} phút.`,
      en: `Too many wrong logins. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    },
    { retryAfterSeconds: seconds },
  )

const MINUTE = 60

/**
 * Logging in with a password. Wrong tries are counted in PostgreSQL on machine time: 5 in 15 minutes per login and
 * address, 50 an hour per address. Demo accounts are refused unless `demo`, even when their rows exist.
 */
export function passwordLogin(db: Database, demo: boolean) {
  const perLogin = limiter(db, 'login', 5, 15 * MINUTE)
  const perAddress = limiter(db, 'address', 50, 60 * MINUTE)

  async function count(limit: typeof perLogin, key: string): Promise<void> {
    const seconds = await limit.take(key)
    if (seconds !== undefined) throw tooOften(seconds)
  }

  /** @throws Problem 401 (wrong) or 429 (too often, with Retry-After) */
  return async (login: string, password: string, address: string): Promise<LoggedIn> => {
    const name = login.normalize('NFC').trim().toLowerCase()
    const [loginKey, addressKey] = [keyOf(name, address), keyOf(address)]
    // Counted before the password is looked at, so that many tries at once are no way around it.
    await count(perAddress, addressKey)
    await count(perLogin, loginKey)
    const { rows } = await db.pool.query<AccountRow>(
      `select c.person_id, c.password_hash, c.locale, c.demo
         from account c join person p on p.id = c.person_id and p.active where c.login = $1`,
      [name],
    )
    const account = rows[0] && (demo || !rows[0].demo) ? rows[0] : undefined
    if (!(await passwordFits(account?.password_hash ?? undefined, password)) || !account) throw refused()
    await Promise.all([perLogin.forget(loginKey), perAddress.giveBack(addressKey)])
    return { personId: account.person_id, locale: account.locale }
  }
}
