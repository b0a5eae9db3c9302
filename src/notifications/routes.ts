import { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { viewed } from '../inspections/viewed.ts'
import { masked } from '../personal/sight.ts'
import { consentsOf, setConsent } from './consent.ts'
import { deliveriesOf } from './delivered.ts'
import { channels } from './gateway.ts'
import { countMail, countUnread, listMail, markRead } from './read-model.ts'
import { Deliveries, MailPage, MyChannels, MyNotifications, State } from './schemas.ts'

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

async function channelsOf(tx: Tx, personId: string) {
  const { phone, channels: given } = await consentsOf(tx, personId)
  return { phone: masked.value('phone', phone), channels: given }
}

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
    method: 'get',
    path: '/api/dossiers/:id/deliveries',
    summary: 'What was sent to those who filed a dossier, by mail, Zalo and SMS, and what proves it',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: Deliveries,
    async handler({ tx, params }) {
      const rows = await deliveriesOf(tx, params.id)
      if (rows.length > 0) viewed(tx, params.id, 'deliveries')
      return {
        items: rows.map((row) => ({
          id: row.id,
          channel: row.channel,
          letterId: row.letter_id,
          subject: row.subject,
          address: masked.value(row.channel === 'mail' ? 'email' : 'phone', row.address),
          state: row.state,
          attempts: row.attempts,
          createdAt: row.created_at,
          takenAt: row.taken_at,
          readAt: row.read_at,
          providerId: row.provider_id,
        })),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/my/channels',
    summary: 'By which channels beside mail I agreed to be written to',
    permission: { action: 'read', subject: 'Mail' },
    answer: MyChannels,
    handler: ({ tx, actor }) => channelsOf(tx, actor.personId!),
  }),
  route({
    method: 'put',
    path: '/api/my/channels',
    summary: 'I agree to be written to by a channel, or no longer do',
    permission: { action: 'read', subject: 'Mail' },
    body: z.strictObject({ channel: z.enum(channels), given: z.boolean() }),
    answer: MyChannels,
    async handler({ tx, actor, body }) {
      await setConsent(tx, actor.personId!, body.channel, body.given)
      return channelsOf(tx, actor.personId!)
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
