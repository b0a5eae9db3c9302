import { z } from 'zod'
import { formatLegal } from '../calendar/format.ts'
import { type Route, route } from '../http/route.ts'
import { csvOf } from '../registers/csv.ts'
import { createPasswordLinks, type LinkWay, setPasswordByLink } from './password-link.ts'

export const PasswordLinks = z.object({
  links: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      login: z.string(),
      /** Null for a link that its person gets by mail. */
      url: z.string().nullable(),
      /** The address it is mailed to, masked; null for a link that is shown. */
      sentTo: z.string().nullable(),
      expiresAt: z.iso.datetime({ offset: true }),
    }),
  ),
  /** The same for printing and handing over, in the language of whoever asked. */
  csv: z.string(),
})

const SENT = { vi: 'Đã gửi thư tới', en: 'Mailed to' }
const HEAD = {
  vi: ['Họ tên', 'Tên đăng nhập', 'Liên kết đặt mật khẩu (dùng một lần)', 'Hết hạn'],
  en: ['Name', 'Login', 'Link to set the password (works once)', 'Expires'],
}

/** More than an import of a commune adds; the rest takes a second click. */
const MOST_LINKS = 1000

// Both are served without the frame's transaction: an idempotency key would keep the answer, and so the secrets.
export const passwordRoutes = (
  settings: { publicUrl: string },
  mailSecret: LinkWay['mailSecret'],
): Route[] => [
  route({
    method: 'post',
    path: '/api/admin/password-links',
    summary:
      'Links through which people set their password, once, by mail to whoever has an address; earlier ones end',
    permission: { action: 'update', subject: 'Agency' },
    body: z.strictObject({ personIds: z.array(z.uuid()).min(1).max(MOST_LINKS) }),
    answer: PasswordLinks,
    status: 201,
    serve: async ({ db, actor, body }) => {
      const links = await db.transact(actor, (tx) =>
        createPasswordLinks(tx, body.personIds, { publicUrl: settings.publicUrl, mailSecret }),
      )
      const rows = links.map(({ name, login, url, sentTo, expiresAt }) => [
        name,
        login,
        url ?? `${SENT[actor.locale]} ${sentTo}`,
        formatLegal(expiresAt, actor.locale),
      ])
      return { links, csv: csvOf(HEAD[actor.locale], rows).toString('utf8') }
    },
  }),
  route({
    method: 'post',
    path: '/api/password-links/use',
    summary: 'Set a password through a link',
    permission: 'public',
    body: z.strictObject({ token: z.string().min(20).max(100), password: z.string().min(12).max(200) }),
    answer: z.object({ login: z.string() }),
    serve: async ({ db, actor, body }) => ({
      login: await db.transact(actor, (tx) => setPasswordByLink(tx, body.token, body.password)),
    }),
  }),
]
