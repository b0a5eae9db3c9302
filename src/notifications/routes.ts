import { z } from 'zod'
import { type Route, route } from '../http/route.ts'
import { masked } from '../personal/sight.ts'
import { countMail, countUnread, listMail, markRead } from './read-model.ts'
import { MailPage, MyNotifications, State } from './schemas.ts'

const pageLimit = z.coerce.number().int().min(1).max(200).default(50)

const itemOf = (row: Awaited<ReturnType<typeof listMail>>['rows'][number]) => ({
  id: row.id,
  dossierId: row.dossier_id,
  dossierCode: row.dossier_code,
  subject: row.subject,
  body: row.body,
  createdAt: row.created_at,
  readAt: row.read_at,
  address: masked.value('email', row.address),
  state: row.state,
  attempts: row.attempts,
  lastError: row.last_error,
  sentAt: row.sent_at,
})

/** `smtpConfigured`: whether the mail page shows what was sent or what would have been. */
export const notificationRoutes = (smtpConfigured: boolean): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/mail',
    summary: 'Messages to people: waiting, sent, shown and failed',
    permission: { action: 'read', subject: 'Mail' },
    query: z.strictObject({ state: State.optional(), cursor: z.uuid().optional(), limit: pageLimit }),
    answer: MailPage,
    async handler({ tx, query }) {
      const { rows, next } = await listMail(tx, query)
      return { configured: smtpConfigured, counts: await countMail(tx), items: rows.map(itemOf), next }
    },
  }),
  route({
    method: 'get',
    path: '/api/my/notifications',
    summary: 'What the one-stop has written to me',
    permission: { action: 'read', subject: 'Mail' },
    query: z.strictObject({ dossierId: z.uuid().optional(), cursor: z.uuid().optional(), limit: pageLimit }),
    answer: MyNotifications,
    async handler({ tx, actor, query }) {
      const { rows, next } = await listMail(tx, { ...query, mine: actor.personId! })
      return { items: rows.map(itemOf), unread: await countUnread(tx, actor.personId!), next }
    },
  }),
  route({
    method: 'post',
    path: '/api/my/notifications/read',
    summary: 'I have opened these messages',
    permission: { action: 'read', subject: 'Mail' },
    body: z.strictObject({ ids: z.array(z.uuid()).max(200).optional(), dossierId: z.uuid().optional() }),
    answer: z.object({ unread: z.int() }),
    async handler({ tx, actor, body }) {
      const read = await markRead(tx, actor.personId!, body)
      // Who has read what the one-stop wrote, and when, is proof of its delivery.
      if (read.length > 0) tx.audit({ act: 'notification.read', detail: { notifications: read } })
      return { unread: await countUnread(tx, actor.personId!) }
    },
  }),
]
