import { createHash, randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'
import { notifyOfWork } from '../notifications/notify.ts'
import { hashPassword } from './password.ts'

/** Days of machine time; a printed link reaches its bearer within a week. */
export const LINK_DAYS = 7

export type PasswordLink = { personId: string; name: string; login: string; url: string; expiresAt: Date }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * A link for each of these civil servants through which a password can be set once; those they had before are worth
 * nothing. Who is deactivated or has no account gets none. The token stands behind # so that no server logs it. Whoever
 * has been using the account is told, because the link opens it to its bearer.
 * @throws Problem 409 for a link to one's own account: a session left open must not become a password
 */
export async function createPasswordLinks(
  tx: Tx,
  personIds: string[],
  publicUrl: string,
): Promise<PasswordLink[]> {
  if (tx.actor.personId && personIds.includes(tx.actor.personId))
    throw conflict('own-password-link', {
      vi: 'Không tạo liên kết cho chính mình; hãy nhờ một quản trị viên khác.',
      en: 'Nobody makes a link for themselves; ask another administrator.',
    })
  const people = await tx.sql<{ id: string; name: string; login: string; used: boolean }>(
    `select p.id, p.full_name as name, c.login,
            c.password_hash is not null or exists (select from sso_subject s where s.person_id = p.id) as used
       from person p join account c on c.person_id = p.id
      where p.id = any($1::uuid[]) and p.kind = 'staff' and p.active order by c.login for update of p`,
    [personIds],
  )
  await tx.sql('delete from password_link where person_id = any($1::uuid[]) and used_at is null', [
    people.map(({ id }) => id),
  ])
  const links: PasswordLink[] = []
  for (const { id, name, login, used } of people) {
    const token = randomBytes(32).toString('base64url')
    const linkId = uuid()
    const [row] = await tx.sql<{ expires_at: Date }>(
      `insert into password_link (id, person_id, token_hash, expires_at, created_by)
       values ($1, $2, $3, now() + make_interval(days => $4), $5) returning expires_at`,
      [linkId, id, hashOf(token), LINK_DAYS, tx.actor.personId],
    )
    tx.audit({ act: 'password-link.created', detail: { person: id, link: linkId } })
    if (used) await tell(tx, 'password-link', linkId, id, tx.actor.personId)
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

/** To the person, by mail and in the product. Somebody without a post has nothing that could be done in their name. */
async function tell(
  tx: Tx,
  template: 'password-link' | 'password-set',
  linkId: string,
  personId: string,
  makerId: string | null,
): Promise<void> {
  const [post] = await tx.sql<{ unit_id: string; maker: string | null }>(
    `select t.unit_id, (select full_name from person where id = $3) as maker
       from post t where t.person_id = $1 and valid_on(t.valid_from, t.valid_to, $2) order by t.valid_from limit 1`,
    [personId, legalDay(tx.at), makerId],
  )
  if (!post) return
  const installer = { vi: 'người cài đặt hệ thống', en: 'whoever installed the system' }
  await notifyOfWork(tx, {
    key: `${template}/${linkId}`,
    personId,
    unitId: post.unit_id,
    template,
    data: { maker: post.maker ?? installer, at: tx.at },
  })
}

/**
 * Sets the password of the link's bearer, once, and ends the sessions they had. Answers the login.
 * @throws Problem 409 when the link is unknown, used, replaced or too old
 */
export async function setPasswordByLink(tx: Tx, token: string, password: string): Promise<string> {
  const [used] = await tx.sql<{ id: string; person_id: string; created_by: string | null }>(
    `update password_link l set used_at = now() from person p
      where l.token_hash = $1 and l.used_at is null and l.expires_at > now() and p.id = l.person_id and p.active
      returning l.id, l.person_id, l.created_by`,
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
  tx.audit({
    act: 'password.set',
    detail: { person: used.person_id, link: used.id, linkBy: used.created_by },
    actorId: used.person_id,
  })
  await tell(tx, 'password-set', used.id, used.person_id, used.created_by)
  return account!.login
}
