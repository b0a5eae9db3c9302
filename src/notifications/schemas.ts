import { z } from 'zod'
import { channels } from './gateway.ts'

const Instant = z.iso.datetime({ offset: true })
export const State = z.enum(['queued', 'sent', 'shown', 'failed'])

export const MyNotification = z.object({
  id: z.uuid(),
  /** Null for a message about the person's own work. */
  dossierId: z.uuid().nullable(),
  dossierCode: z.string().nullable(),
  subject: z.string(),
  body: z.string(),
  createdAt: Instant,
  /** When its person first opened it. */
  readAt: Instant.nullable(),
})
export const MyNotifications = z.object({
  items: z.array(MyNotification),
  unread: z.int(),
  next: z.uuid().nullable(),
})

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

/** By which channels beside mail the person wants to be written to; the telephone number is masked. */
export const MyChannels = z.object({
  phone: z.string(),
  channels: z.array(z.object({ channel: z.enum(channels), givenAt: Instant.nullable() })),
})

/** One message to those who filed, on its way or there: proof of delivery. */
export const Delivery = z.object({
  id: z.uuid(),
  channel: z.enum(['mail', ...channels]),
  /** The letter that went with it; null for a message alone. */
  letterId: z.uuid().nullable(),
  subject: z.string(),
  address: z.string(),
  state: z.enum(['queued', 'sent', 'shown', 'failed', 'accepted', 'off', 'unknown', 'withdrawn']),
  attempts: z.int(),
  createdAt: Instant,
  takenAt: Instant.nullable(),
  readAt: Instant.nullable(),
  /** Under which number the gateway keeps it. */
  providerId: z.string().nullable(),
})
export const Deliveries = z.object({ items: z.array(Delivery) })
