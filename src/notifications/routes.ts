import { z } from 'zod'
import { type Route, route } from '../http/route.ts'
import { countMail, listMail } from './read-model.ts'

const Instant = z.iso.datetime({ offset: true })
const State = z.enum(['queued', 'sent', 'shown', 'failed'])
const pageLimit = z.coerce.number().int().min(1).max(200).default(50)

export const MyNotification = z.object({
  id: z.uuid(),
  dossierId: z.uuid(),
  dossierCode: z.string(),
  subject: z.string(),
  body: z.string(),
  createdAt: Instant,
})
export const MyNotifications = z.object({ items: z.array(MyNotification), next: z.uuid().nullable() })

export const MailItem = MyNotification.extend({
  address: z.string(),
  state: State,
  attempts: z.int(),
  lastError: z.string().nullable(),
  sentAt: Instant.nullable(),
})
/** `configured` is false when no mail server is set and messages are shown in the product only. */
export const MailPage = z.object({
  configured: z.boolean(),
  counts: z.record(State, z.int()),
  items: z.array(MailItem),
  next: z.uuid().nullable(),
})

const itemOf = (row: Awaited<ReturnType<typeof listMail>>['rows'][number]) => ({
  id: row.id,
  dossierId: row.dossier_id,
  dossierCode: row.dossier_code,
  subject: row.subject,
  body: row.body,
  createdAt: row.created_at,
  address: row.address,
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
    query: z.strictObject({ cursor: z.uuid().optional(), limit: pageLimit }),
    answer: MyNotifications,
    async handler({ tx, actor, query }) {
      const { rows, next } = await listMail(tx, { ...query, mine: actor.personId! })
      return { items: rows.map(itemOf), next }
    },
  }),
]
