import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'

export type DeliveredRow = {
  id: string
  channel: 'mail' | 'zalo' | 'sms'
  letter_id: string | null
  subject: string
  address: string
  state: 'queued' | 'sent' | 'shown' | 'failed' | 'accepted' | 'off' | 'unknown' | 'withdrawn'
  attempts: number
  created_at: Date
  /** When the mail server or the gateway took it; legal time. */
  taken_at: Date | null
  read_at: Date | null
  provider_id: string | null
  last_error: string | null
}

/**
 * What was sent to those who filed a dossier, by whichever channel, with the letter that it carried: of dossiers within
 * the actor's reach.
 */
export function deliveriesOf(tx: Tx, dossierId: string): Promise<DeliveredRow[]> {
  const params: unknown[] = [dossierId]
  return tx.sql<DeliveredRow>(
    `with told as (
       select n.*, (select l.id from letter l where l.dossier_id = n.dossier_id and l.file_sha256 is not null
                       and n.attachments @> jsonb_build_array(jsonb_build_object('sha256', l.file_sha256)) limit 1) as letter_id
         from notification n join dossier d on d.id = n.dossier_id
        where d.id = $1 and n.person_id in (d.applicant_id, d.filed_by) and ${scope(tx.actor.ability, 'read', 'Dossier', 'd', params)}
          and exists (select from person p where p.id = n.person_id and p.kind = 'citizen'))
     select id, 'mail' as channel, letter_id, subject, address, state, attempts, created_at, sent_at as taken_at, read_at,
            null as provider_id, last_error from told
     union all
     select v.id, v.channel, t.letter_id, t.subject, v.address, v.state, v.attempts, v.created_at, v.accepted_at, null,
            v.provider_id, v.last_error from delivery v join told t on t.id = v.notification_id
     order by created_at, id`,
    params,
  )
}
