import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'
import { hashPassword } from './password.ts'

/** Days of machine time; a printed link reaches its bearer within a week. */
export const LINK_DAYS = 7

export type PasswordLink = { personId: string; name: string; login: string; url: string; expiresAt: Date }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * A link for each of these civil servants through which a password can be set once; those they had before are worth
 * nothing. Who is deactivated or has no account gets none. The token stands behind # so that no server logs it.
 */
export async function createPasswordLinks(
  tx: Tx,
  personIds: string[],
  publicUrl: string,
): Promise<PasswordLink[]> {
  const people = await tx.sql<{ id: string; name: string; login: string }>(
    `select p.id, p.full_name as name, c.login from person p join account c on c.person_id = p.id
      where p.id = any($1::uuid[]) and p.kind = 'staff' and p.active order by c.login for update of p`,
    [personIds],
  )
  await tx.sql('delete from password_link where person_id = any($1::uuid[]) and used_at is null', [
    people.map(({ id }) => id),
  ])
  const links: PasswordLink[] = []
  for (const { id, name, login } of people) {
    const token = randomBytes(32).toString('base64url')
    const [row] = await tx.sql<{ expires_at: Date }>(
      `insert into password_link (id, person_id, token_hash, expires_at)
       values ($1, $2, $3, now() + make_interval(days => $4)) returning expires_at`,
      [uuid(), id, hashOf(token), LINK_DAYS],
    )
    tx.audit({ act: 'password-link.created', detail: { person: id } })
    links.push({
      personId: id,
      name,
      login,
      url: `${publicUrl}/dat-mat-khau#${token}`,
      expiresAt: row!.expires_at,
    })
  }
  return links
}

/**
 * Sets the password of the link's bearer, once, and ends the sessions they had. Answers the login.
 * @throws Problem 409 when the link is unknown, used, replaced or too old
 */
export async function setPasswordByLink(tx: Tx, token: string, password: string): Promise<string> {
  const [used] = await tx.sql<{ person_id: string }>(
    `update password_link l set used_at = now() from person p
      where l.token_hash = $1 and l.used_at is null and l.expires_at > now() and p.id = l.person_id and p.active
      returning l.person_id`,
    [hashOf(token)],
  )
  if (!used)
    throw conflict('password-link-spent', {
      vi: 'Liên kết này đã dùng, đã được thay bằng liên kết khác, hoặc đã quá hạn. Hãy nhờ quản trị viên tạo liên kết mới.',
      en: 'This link was used, replaced by another, or is too old. Ask an administrator for a new one.',
    })
  const [account] = await tx.sql<{ login: string }>(
    'update account set password_hash = $2 where person_id = $1 returning login',
    [used.person_id, await hashPassword(password)],
  )
  await tx.sql(`delete from session where sess->>'personId' = $1`, [used.person_id])
  tx.audit({ act: 'password.set', detail: { person: used.person_id }, actorId: used.person_id })
  return account!.login
}
