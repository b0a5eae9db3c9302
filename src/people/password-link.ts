import { createHash, createHmac, randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'
import { notifyOfWork } from '../notifications/notify.ts'
import { IN_THE_MAIL_ONLY } from '../notifications/render.ts'
import { masked } from '../personal/sight.ts'
import { hashPassword } from './password.ts'

/** Days of machine time; a printed link reaches its bearer within a week. */
export const LINK_DAYS = 7

/** `url` for whoever hands it over, or `sentTo`, the masked address that it is mailed to; never both. */
export type PasswordLink = { personId: string; name: string; login: string; expiresAt: Date } & (
  | { url: string; sentTo: null }
  | { url: null; sentTo: string }
)

/** How links leave: by mail with tokens drawn from `mailSecret`, or shown to whoever made them where it is null. */
export type LinkWay = { publicUrl: string; mailSecret: string | null }

type Person = {
  id: string
  name: string
  login: string
  email: string
  used: boolean
  unit_id: string | null
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')
// The token stands behind # so that no server logs it.
const urlOf = (publicUrl: string, token: string): string => `${publicUrl}/dat-mat-khau#${token}`

/** Of a link that is mailed: made from its id when it is made and once more when the mail leaves, and kept nowhere. */
const mailedToken = (secret: string, linkId: string): string =>
  createHmac('sha256', secret).update(`password-link/${linkId}`).digest('base64url')

const MAILED = 'password-link-mailed'

/**
 * The address that belongs into a message as it leaves, by the message's key; null for any other message. The secret is
 * that of the process which made the link: all parts of an installation share it.
 */
export const mailedLink =
  (secret: string, settings: { publicUrl: string }) =>
  (key: string): string | null => {
    const [template, linkId] = key.split('/')
    return template === MAILED && linkId ? urlOf(settings.publicUrl, mailedToken(secret, linkId)) : null
  }

/**
 * A link for each of these civil servants through which a password can be set once; those they had before are worth
 * nothing. Who is deactivated or has no account gets none. Whoever has an address gets theirs by mail and nobody else
 * sees it; without one, or without a mail server, it is answered, and the trail says that it was shown. Whoever has been
 * using the account is told of a shown link, because it opens the account to its bearer.
 * @throws Problem 409 for a link to one's own account: a session left open must not become a password
 */
export async function createPasswordLinks(
  tx: Tx,
  personIds: string[],
  { publicUrl, mailSecret }: LinkWay,
): Promise<PasswordLink[]> {
  if (tx.actor.personId && personIds.includes(tx.actor.personId))
    throw conflict('own-password-link', {
      vi: 'Không tạo liên kết cho chính mình; hãy nhờ một quản trị viên khác.',
      en: 'Nobody makes a link for themselves; ask another administrator.',
    })
  const people = await tx.sql<Person>(
    `select p.id, p.full_name as name, p.email, c.login,
            c.password_hash is not null or exists (select from sso_subject s where s.person_id = p.id) as used,
            (select t.unit_id from post t where t.person_id in (p.id, $2)
              order by t.person_id = p.id desc, valid_on(t.valid_from, t.valid_to, $3) desc, t.valid_from limit 1) as unit_id
       from person p join account c on c.person_id = p.id
      where p.id = any($1::uuid[]) and p.kind = 'staff' and p.active order by c.login for update of p`,
    [personIds, tx.actor.personId, legalDay(tx.at)],
  )
  await tx.sql('delete from password_link where person_id = any($1::uuid[]) and used_at is null', [
    people.map(({ id }) => id),
  ])
  const links: PasswordLink[] = []
  for (const person of people) {
    const { id, name, login, email, used, unit_id: unitId } = person
    const linkId = uuid()
    const mail = mailSecret && email && unitId ? { token: mailedToken(mailSecret, linkId), unitId } : null
    const token = mail?.token ?? randomBytes(32).toString('base64url')
    const [row] = await tx.sql<{ expires_at: Date }>(
      `insert into password_link (id, person_id, token_hash, expires_at, created_by)
       values ($1, $2, $3, now() + make_interval(days => $4), $5) returning expires_at`,
      [linkId, id, hashOf(token), LINK_DAYS, tx.actor.personId],
    )
    const expiresAt = row!.expires_at
    tx.audit({
      act: 'password-link.created',
      detail: { person: id, link: linkId, handedOver: mail ? 'mailed' : 'shown' },
    })
    if (mail) await mailTo(tx, person, { linkId, unitId: mail.unitId, expiresAt })
    else if (used) await tell(tx, 'password-link', linkId, id, tx.actor.personId)
    links.push({
      personId: id,
      name,
      login,
      expiresAt,
      ...(mail
        ? { url: null, sentTo: masked.value('email', email) }
        : { url: urlOf(publicUrl, token), sentTo: null }),
    })
  }
  return links
}

const INSTALLER = { vi: 'người cài đặt hệ thống', en: 'whoever installed the system' }

/** The mail with the link; what is kept of it, and shown in the product, has the link left out. */
async function mailTo(
  tx: Tx,
  { id, login }: Person,
  { linkId, unitId, expiresAt }: { linkId: string; unitId: string; expiresAt: Date },
): Promise<void> {
  const [maker] = await tx.sql<{ name: string }>('select full_name as name from person where id = $1', [
    tx.actor.personId,
  ])
  await notifyOfWork(tx, {
    key: `${MAILED}/${linkId}`,
    personId: id,
    unitId,
    template: MAILED,
    data: { maker: maker?.name ?? INSTALLER, login, at: tx.at, until: expiresAt, link: IN_THE_MAIL_ONLY },
  })
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
  await notifyOfWork(tx, {
    key: `${template}/${linkId}`,
    personId,
    unitId: post.unit_id,
    template,
    data: { maker: post.maker ?? INSTALLER, at: tx.at },
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
