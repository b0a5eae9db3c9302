import type { Logger } from 'pino'
import { v7 as uuid } from 'uuid'
import { systemActor } from '../access/actor.ts'
import { listen } from '../database/listen.ts'
import type { Database, Tx } from '../database/transaction.ts'
import { startLoop } from '../loop.ts'
import { type Channel, type Gateways, handOver, NotAccepted, type Receipt } from './gateway.ts'

type Message = { notificationId: string; dossierId: string | null; personId: string; text: string }

/**
 * Queues a message to go by Zalo or SMS as well, where its person has consented to one of them and a telephone number is
 * known: theirs, else the one written on the dossier's paper. A message goes by one channel; `after` has failed already.
 */
export async function queueDelivery(tx: Tx, message: Message, after?: Channel): Promise<boolean> {
  const { notificationId, dossierId, personId, text } = message
  const added = await tx.sql(
    `insert into delivery (id, notification_id, dossier_id, person_id, channel, address, text, state, created_at)
     select $1, $2, $3::uuid, p.id, c.channel, n.phone, $5, 'queued', $6
       from person p
       join channel_consent c on c.person_id = p.id and c.withdrawn_at is null and c.channel is distinct from $7
       join lateral (select coalesce(nullif(p.phone, ''), (
              select k.phone from dossier_contact k join dossier d on d.id = k.dossier_id
               where k.dossier_id = $3::uuid and d.applicant_id = p.id), '') as phone) n on n.phone <> ''
      where p.id = $4
      order by c.channel = 'zalo' desc limit 1
     on conflict (notification_id, channel) do nothing returning id`,
    [uuid(), notificationId, dossierId, personId, text, tx.at, after ?? null],
  )
  if (added.length > 0) tx.notify('delivery', {})
  return added.length > 0
}

type Queued = {
  id: string
  notification_id: string
  dossier_id: string | null
  person_id: string
  channel: Channel
  address: string
  text: string
  attempts: number
  maybe_taken: boolean
  /** Consent may have been withdrawn while the message waited. */
  consented: boolean
}
type Parts = { db: Database; log: Logger; gateways: Gateways /** Machine time. */; timeoutMs?: number }

const TIMEOUT_MS = 10_000
/** With waits that double from 30 s to 30 minutes, a gateway that is away is tried for two days. */
const MOST_ATTEMPTS = 100

const actor = () => systemActor('deliveries')
const about = ({ dossier_id }: Queued) => (dossier_id ? { dossierId: dossier_id } : {})

/**
 * Hands over the message that has waited longest, if one is due; false when there was none. Any number of processes may:
 * a message belongs to one of them for longer than the time-out. One killed after handing over does it again with the
 * same key, which the gateway takes for the same message.
 */
export async function deliverNext(parts: Parts): Promise<boolean> {
  const timeoutMs = parts.timeoutMs ?? TIMEOUT_MS
  const message = await parts.db.transact(actor(), (tx) => claim(tx, timeoutMs))
  if (!message) return false
  if (!message.consented) {
    await parts.db.transact(actor(), (tx) => end(tx, message, 'withdrawn', 'consent was withdrawn'))
    return true
  }
  const gateway = parts.gateways[message.channel]
  if (!gateway) {
    await parts.db.transact(actor(), (tx) => end(tx, message, 'off', 'no gateway is configured'))
    return true
  }
  try {
    const receipt = await handOver(
      gateway,
      { key: message.id, to: message.address, text: message.text },
      timeoutMs,
    )
    await parts.db.transact(actor(), (tx) => accepted(tx, message, receipt))
  } catch (error) {
    if (!(error instanceof NotAccepted)) throw error
    const gaveUp = error.final || message.attempts >= MOST_ATTEMPTS
    await parts.db.transact(actor(), async (tx) => {
      if (!gaveUp) await putOff(tx, message, error)
      else if (!error.final && (error.unsure || message.maybe_taken)) await lose(tx, message, error.message)
      else await end(tx, message, 'failed', error.message)
    })
    parts.log.warn(
      { delivery: message.id, channel: message.channel, attempt: message.attempts, reason: error.message },
      'message not delivered',
    )
  }
  return true
}

async function claim(tx: Tx, timeoutMs: number): Promise<Queued | undefined> {
  const [message] = await tx.sql<Queued>(
    `update delivery set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
      where id = (select id from delivery where state = 'queued' and next_attempt_at <= now()
                   order by next_attempt_at limit 1 for update skip locked)
      returning id, notification_id, dossier_id, person_id, channel, address, text, attempts, maybe_taken,
                exists (select from channel_consent c where c.person_id = delivery.person_id and c.channel = delivery.channel
                           and c.withdrawn_at is null) as consented`,
    [(3 * timeoutMs) / 1000],
  )
  return message
}

async function accepted(tx: Tx, message: Queued, receipt: Receipt): Promise<void> {
  await tx.sql(
    `update delivery set state = 'accepted', provider_id = $2, proof = $3::jsonb, accepted_at = $4, last_error = null
      where id = $1`,
    [message.id, receipt.providerId, JSON.stringify(receipt), tx.at],
  )
  tx.audit({
    act: 'delivery.accepted',
    ...about(message),
    detail: { delivery: message.id, channel: message.channel, provider: receipt.providerId },
  })
}

const putOff = (tx: Tx, { id, attempts }: Queued, { message, unsure }: NotAccepted) =>
  tx.sql(
    `update delivery set last_error = $2, maybe_taken = maybe_taken or $4, next_attempt_at = now() + make_interval(secs => least(30 * 2 ^ ($3::int - 1), 1800))
      where id = $1`,
    [id, message.slice(0, 500), Math.min(attempts, 20), unsure],
  )

async function settle(tx: Tx, message: Queued, state: string, reason: string): Promise<void> {
  await tx.sql('update delivery set state = $2, last_error = $3 where id = $1', [
    message.id,
    state,
    reason.slice(0, 500),
  ])
  tx.audit({
    act: `delivery.${state}`,
    ...about(message),
    detail: { delivery: message.id, channel: message.channel },
  })
}

/** It may be there, and nobody can say: by another channel its person might get it twice. */
const lose = (tx: Tx, message: Queued, reason: string) => settle(tx, message, 'unknown', reason)

/** It will not get there this way; the other channel is tried where its person has consented to it. */
async function end(
  tx: Tx,
  message: Queued,
  state: 'failed' | 'off' | 'withdrawn',
  reason: string,
): Promise<void> {
  await settle(tx, message, state, reason)
  await queueDelivery(
    tx,
    {
      notificationId: message.notification_id,
      dossierId: message.dossier_id,
      personId: message.person_id,
      text: message.text,
    },
    message.channel,
  )
}

/** Starts the loop: at once when a message is written, else every `pollSeconds` of machine time. */
export function startDeliverer(parts: Parts, pollSeconds = 5) {
  const loop = startLoop({
    name: 'deliveries',
    log: parts.log,
    onErrorMs: 5_000,
    step: async () => ((await deliverNext(parts)) ? 0 : pollSeconds * 1000),
  })
  const silence = listen(parts.db.pool, 'delivery', { heard: loop.wake, opened: loop.wake }, parts.log)
  return {
    stop: async () => {
      await silence()
      await loop.stop()
    },
  }
}
