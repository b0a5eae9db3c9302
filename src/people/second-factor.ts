import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '../database/transaction.ts'
import { Problem } from '../http/problem.ts'
import { base32, newSecret, stepOf } from './totp.ts'

/** So many codes for the day the telephone is lost, each good for once. */
const RECOVERY_CODES = 8

/** `now` is machine time: an authenticator app knows nothing of a demonstration's clock. */
type Row = { secret: string; confirmed_at: Date | null; last_step: string; now: Date }
/** By what a code was known. */
export type Way = 'app' | 'recovery-code'

/** Locked, so that of two requests with one code the second finds it used. */
async function factorOf(tx: Tx, personId: string): Promise<Row | undefined> {
  const [row] = await tx.sql<Row>(
    'select secret, confirmed_at, last_step, now() as now from second_factor where person_id = $1 for update',
    [personId],
  )
  return row
}

export async function hasSecondFactor(tx: Tx, personId: string): Promise<boolean> {
  return Boolean((await factorOf(tx, personId))?.confirmed_at)
}

const hashOf = (code: string): string =>
  createHash('sha256').update(code.replace(/[\s-]/g, '').toUpperCase()).digest('hex')

/** Whether the code is the app's of this moment; it counts once. */
async function isOfApp(tx: Tx, personId: string, factor: Row, code: string): Promise<boolean> {
  const step = stepOf(factor.secret, code.replace(/\s/g, ''), factor.now, Number(factor.last_step))
  if (step === undefined) return false
  await tx.sql('update second_factor set last_step = $2 where person_id = $1', [personId, step])
  return true
}

/**
 * The code is the app's of this moment, or a recovery code nobody has used: either counts once, and only of a factor
 * that was confirmed. A secret somebody has only asked for opens nothing.
 * @throws Problem 401 otherwise
 */
export async function acceptCode(tx: Tx, personId: string, code: string): Promise<Way> {
  const factor = await factorOf(tx, personId)
  if (!factor?.confirmed_at) throw wrongCode()
  if (await isOfApp(tx, personId, factor, code)) return 'app'
  const used = await tx.sql(
    'update recovery_code set used_at = now() where person_id = $1 and code_hash = $2 and used_at is null returning 1',
    [personId, hashOf(code)],
  )
  if (used.length === 0) throw wrongCode()
  return 'recovery-code'
}

const factorThere = () =>
  new Problem(409, 'second-factor-there', {
    vi: 'Bạn đã có lớp xác thực thứ hai. Hãy bỏ lớp cũ trước khi lập lớp mới.',
    en: 'You already have a second factor. Remove it before making a new one.',
  })

/** A new secret that does not count yet; one that is confirmed stays until it is given up with a code. */
export async function beginEnrolment(tx: Tx, personId: string): Promise<string> {
  const secret = newSecret()
  const begun = await tx.sql(
    `insert into second_factor (person_id, secret) values ($1, $2)
     on conflict (person_id) do update set secret = excluded.secret, last_step = 0 where second_factor.confirmed_at is null
     returning 1`,
    [personId, secret],
  )
  if (begun.length === 0) throw factorThere()
  return secret
}

/**
 * The first code proves that the app knows the secret; answers recovery codes, shown this once and kept as hashes.
 * @throws Problem 409 when the factor was confirmed before: its recovery codes stay as they are; 401 for a wrong code
 */
export async function confirmEnrolment(tx: Tx, personId: string, code: string): Promise<string[]> {
  const factor = await factorOf(tx, personId)
  if (factor?.confirmed_at) throw factorThere()
  if (!factor || !(await isOfApp(tx, personId, factor, code))) throw wrongCode()
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    base32(randomBytes(10)).replace(/(.{4})(?=.)/g, '$1-'),
  )
  await tx.sql('update second_factor set confirmed_at = now() where person_id = $1', [personId])
  await tx.sql('insert into recovery_code (person_id, code_hash) select $1, h from unnest($2::text[]) h', [
    personId,
    codes.map(hashOf),
  ])
  return codes
}

/** True when there was one. */
export async function deleteFactor(tx: Tx, personId: string): Promise<boolean> {
  await tx.sql('delete from recovery_code where person_id = $1', [personId])
  return (await tx.sql('delete from second_factor where person_id = $1 returning 1', [personId])).length > 0
}

export async function recoveryCodesLeft(tx: Tx, personId: string): Promise<number> {
  const [row] = await tx.sql<{ left: number }>(
    'select count(*)::int as left from recovery_code where person_id = $1 and used_at is null',
    [personId],
  )
  return row?.left ?? 0
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
