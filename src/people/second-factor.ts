import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '../database/transaction.ts'
import { Problem } from '../http/problem.ts'
import { base32, newSecret, stepOf } from './totp.ts'

/** So many codes for the day the telephone is lost, each good for once. */
const RECOVERY_CODES = 8

/** `now` is machine time: an authenticator app knows nothing of a demonstration's clock. */
type Row = { secret: string; confirmed_at: Date | null; last_step: string; now: Date }

const factorOf = async (db: Database, personId: string): Promise<Row | undefined> => {
  const { rows } = await db.pool.query<Row>(
    'select secret, confirmed_at, last_step, now() as now from second_factor where person_id = $1',
    [personId],
  )
  return rows[0]
}

export async function hasSecondFactor(db: Database, personId: string): Promise<boolean> {
  return Boolean((await factorOf(db, personId))?.confirmed_at)
}

const hashOf = (code: string): string =>
  createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest('hex')

/**
 * Whether the code is the app's of this moment, or a recovery code nobody has used. Either counts once, also when two
 * requests bring it at the same time.
 */
export async function acceptCode(db: Database, personId: string, code: string): Promise<boolean> {
  const factor = await factorOf(db, personId)
  if (!factor) return false
  const step = stepOf(factor.secret, code.replace(/\s/g, ''), factor.now, Number(factor.last_step))
  if (step !== undefined) {
    const { rowCount } = await db.pool.query(
      'update second_factor set last_step = $2 where person_id = $1 and last_step < $2',
      [personId, step],
    )
    return rowCount === 1
  }
  if (!factor.confirmed_at) return false
  const { rowCount } = await db.pool.query(
    'update recovery_code set used_at = now() where person_id = $1 and code_hash = $2 and used_at is null',
    [personId, hashOf(code)],
  )
  return rowCount === 1
}

/** A new secret that does not count yet; one that is confirmed stays until it is given up with a code. */
export async function beginEnrolment(db: Database, personId: string): Promise<string> {
  const secret = newSecret()
  const { rowCount } = await db.pool.query(
    `insert into second_factor (person_id, secret) values ($1, $2)
     on conflict (person_id) do update set secret = excluded.secret, last_step = 0 where second_factor.confirmed_at is null`,
    [personId, secret],
  )
  if (rowCount === 0)
    throw new Problem(409, 'second-factor-there', {
      vi: 'Bạn đã có lớp xác thực thứ hai. Hãy bỏ lớp cũ trước khi lập lớp mới.',
      en: 'You already have a second factor. Remove it before making a new one.',
    })
  return secret
}

/** The first code proves that the app knows the secret; answers recovery codes, shown this once and kept as hashes. */
export async function confirmEnrolment(db: Database, personId: string, code: string): Promise<string[]> {
  if (!(await acceptCode(db, personId, code))) throw wrongCode()
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    base32(randomBytes(10)).replace(/(.{4})(?=.)/g, '$1-'),
  )
  await db.pool.query(
    `with gone as (delete from recovery_code where person_id = $1),
          kept as (update second_factor set confirmed_at = now() where person_id = $1 and confirmed_at is null returning person_id)
     insert into recovery_code (person_id, code_hash) select k.person_id, h from kept k, unnest($2::text[]) h`,
    [personId, codes.map(hashOf)],
  )
  return codes
}

export async function removeSecondFactor(db: Database, personId: string, code: string): Promise<void> {
  if (!(await acceptCode(db, personId, code))) throw wrongCode()
  await db.pool.query('delete from recovery_code where person_id = $1', [personId])
  await db.pool.query('delete from second_factor where person_id = $1', [personId])
}

export async function recoveryCodesLeft(db: Database, personId: string): Promise<number> {
  const { rows } = await db.pool.query<{ left: number }>(
    'select count(*)::int as left from recovery_code where person_id = $1 and used_at is null',
    [personId],
  )
  return rows[0]?.left ?? 0
}

export const wrongCode = () =>
  new Problem(401, 'wrong-code', {
    vi: 'Mã xác thực chưa đúng hoặc đã dùng. Hãy nhập mã mới nhất trong ứng dụng, hoặc một mã dự phòng.',
    en: 'The code is not right or was used already. Enter the newest code of the app, or a recovery code.',
  })

export const codeNeeded = () =>
  new Problem(401, 'second-factor-needed', {
    vi: 'Tài khoản này có lớp xác thực thứ hai. Hãy nhập mã trong ứng dụng xác thực, hoặc một mã dự phòng.',
    en: 'This account has a second factor. Enter the code of the authenticator app, or a recovery code.',
  })
