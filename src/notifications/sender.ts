import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import type { Database, Tx } from '../database/transaction.ts'
import type { FileStore } from '../documents/store.ts'
import { isFinal, type Mailer } from './mailer.ts'
import type { Attachment } from './notify.ts'
import { withSecret } from './render.ts'

/** Machine time for which a message belongs to one sender; longer than the mailer's time-outs together. */
const leaseSeconds = 300
/** With waits that double from 30 s to 30 minutes, a dead mail server is tried for four days. */
const mostAttempts = 200

type Queued = {
  id: string
  key: string
  dossier_id: string | null
  address: string
  also_address: string | null
  subject: string
  body: string
  attachments: Attachment[]
  attempts: number
}
type Parts = {
  db: Database
  store: FileStore
  log: Logger /** Null when no mail server is configured. */
  mailer: Mailer | null
  /** What a message has in its mail alone, by the message's key; null where there is nothing of the kind. */
  secretOf?: (key: string) => string | null
}

const actor = () => systemActor('mail')

/**
 * Sends the message that has waited longest, if one is due. False when there was none. Any number of senders may run:
 * a message belongs to one of them at a time. Its Message-ID is its row's id, so that a message sent again after a
 * crash between the sending and its record is recognised by the mail server as the same one.
 */
export const sendNext = async (parts: Parts): Promise<boolean> => {
  const { db, mailer } = parts
  if (mailer === null) return false
  const message = await db.transact(actor(), claim)
  if (message === undefined) return false
  try {
    await mailer.send({
      ...message,
      body: withSecret(message.body, parts.secretOf?.(message.key) ?? null),
      addresses: [message.address, ...(message.also_address ? [message.also_address] : [])],
      attachments: message.attachments.map((file) => ({
        filename: file.fileName,
        contentType: file.mediaType,
        content: parts.store.get(file.sha256),
      })),
    })
  } catch (error) {
    await db.transact(actor(), (tx) => putOff(tx, message, error as Error))
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    // Never the message of the error: mail servers repeat the address in it.
    parts.log.warn(
      { notification: message.id, attempt: message.attempts, code, responseCode },
      'mail not sent',
    )
    return true
  }
  await db.transact(actor(), async (tx) => {
    await tx.sql(`update notification set state = 'sent', sent_at = $2, last_error = null where id = $1`, [
      message.id,
      tx.at,
    ])
    tx.audit({
      act: 'notification.sent',
      ...(message.dossier_id && { dossierId: message.dossier_id }),
      detail: { notification: message.id },
    })
  })
  return true
}

const claim = async (tx: Tx): Promise<Queued | undefined> => {
  const [message] = await tx.sql<Queued>(
    `update notification set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
      where id = (select id from notification where state = 'queued' and next_attempt_at <= now()
                   order by next_attempt_at limit 1 for update skip locked)
      returning id, key, dossier_id, address, also_address, subject, body, attachments, attempts`,
    [leaseSeconds],
  )
  return message
}

const putOff = async (tx: Tx, message: Queued, error: Error): Promise<void> => {
  const gaveUp = isFinal(error) || message.attempts >= mostAttempts
  await tx.sql(
    `update notification set state = $2, last_error = $3,
            next_attempt_at = now() + make_interval(secs => least(30 * 2 ^ ($4::int - 1), 1800))
      where id = $1`,
    [message.id, gaveUp ? 'failed' : 'queued', error.message.slice(0, 500), Math.min(message.attempts, 20)],
  )
  if (gaveUp)
    tx.audit({
      act: 'notification.failed',
      ...(message.dossier_id && { dossierId: message.dossier_id }),
      detail: { notification: message.id },
    })
}

/** Without a mail server, messages are shown on the mail page and under the person's own notifications. */
export const showQueued = (db: Database): Promise<number> =>
  db.transact(actor(), async (tx) => {
    const shown = await tx.sql(`update notification set state = 'shown' where state = 'queued' returning id`)
    return shown.length
  })

export type Sender = {
  /** Looks at the queue now. */ wake(): void /** Ends after the message in hand. */
  stop(): Promise<void>
}

/** Starts the loop: at once when woken, else every `pollSeconds` of machine time. PostgreSQL may be away. */
export const startSender = (parts: Parts, pollSeconds = 5): Sender => {
  let rest = new AbortController()
  let stopped = false
  const work = async () => {
    if (parts.mailer === null) await showQueued(parts.db)
    while (!stopped && (await sendNext(parts)));
  }
  const loop = async () => {
    while (!stopped) {
      rest = new AbortController()
      // A loop must outlive a database that is away; what it could not do is still queued.
      await work().catch((error) => parts.log.error({ err: error }, 'mail queue not readable'))
      if (!stopped) await sleep(pollSeconds * 1000, undefined, { signal: rest.signal }).catch(() => undefined)
    }
    parts.mailer?.close()
  }
  const running = loop()
  return {
    wake: () => rest.abort(),
    stop: () => {
      stopped = true
      rest.abort()
      return running
    },
  }
}
