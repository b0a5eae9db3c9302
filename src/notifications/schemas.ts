import { z } from 'zod'

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
