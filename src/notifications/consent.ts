import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { type Channel, channels } from './gateway.ts'

export type Consent = { channel: Channel; givenAt: Date | null }

/** By which channels beside mail the person has agreed to be written to, since when, and the number they would go to. */
export async function consentsOf(tx: Tx, personId: string): Promise<{ phone: string; channels: Consent[] }> {
  const [person] = await tx.sql<{ phone: string }>('select phone from person where id = $1', [personId])
  const rows = await tx.sql<{ channel: Channel; given_at: Date }>(
    'select channel, given_at from channel_consent where person_id = $1 and withdrawn_at is null',
    [personId],
  )
  return {
    phone: person?.phone ?? '',
    channels: channels.map((channel) => ({
      channel,
      givenAt: rows.find((row) => row.channel === channel)?.given_at ?? null,
    })),
  }
}

/** Gives or withdraws consent; when it was given and withdrawn stays on the record. A repeat changes nothing. */
export async function setConsent(tx: Tx, personId: string, channel: Channel, given: boolean): Promise<void> {
  const changed = given
    ? await tx.sql(
        `insert into channel_consent (id, person_id, channel, given_at) values ($1, $2, $3, $4)
         on conflict (person_id, channel) where withdrawn_at is null do nothing returning id`,
        [uuid(), personId, channel, tx.at],
      )
    : await tx.sql(
        `update channel_consent set withdrawn_at = $3 where person_id = $1 and channel = $2 and withdrawn_at is null
         returning id`,
        [personId, channel, tx.at],
      )
  if (changed.length > 0)
    tx.audit({ act: given ? 'consent.given' : 'consent.withdrawn', detail: { channel } })
}
