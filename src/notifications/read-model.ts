import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'

type Row = {
  id: string
  dossier_id: string | null
  dossier_code: string | null
  address: string
  subject: string
  body: string
  state: 'queued' | 'sent' | 'shown' | 'failed'
  attempts: number
  last_error: string | null
  created_at: Date
  sent_at: Date | null
  read_at: Date | null
}

type Filter = { mine?: string; state?: string; dossierId?: string; cursor?: string; limit: number }

/** Messages that the actor may read, newest first, after `cursor` (the id of the last one seen). */
export const listMail = async (tx: Tx, filter: Filter) => {
  const params: unknown[] = [
    filter.mine ?? null,
    filter.state ?? null,
    filter.cursor ?? null,
    filter.limit + 1,
    filter.dossierId ?? null,
  ]
  const rows = await tx.sql<Row>(
    `select n.id, n.dossier_id, d.code as dossier_code, n.address, n.subject, n.body, n.state, n.attempts,
            n.last_error, n.created_at, n.sent_at, n.read_at
       from notification n left join dossier d on d.id = n.dossier_id
      where ($1::uuid is null or n.person_id = $1) and ($2::text is null or n.state = $2)
        and ($3::uuid is null or n.id < $3) and ($5::uuid is null or n.dossier_id = $5) and ${scope(tx.actor.ability, 'read', 'Mail', 'n', params)}
      order by n.id desc limit $4`,
    params,
  )
  const page = rows.slice(0, filter.limit)
  return { rows: page, next: rows.length > filter.limit ? (page.at(-1)?.id ?? null) : null }
}

/** How many messages are in each state, for the head of the mail page. */
export const countMail = async (tx: Tx): Promise<Record<Row['state'], number>> => {
  const params: unknown[] = []
  const rows = await tx.sql<{ state: Row['state']; count: number }>(
    `select n.state, count(*)::int as count from notification n
      where ${scope(tx.actor.ability, 'read', 'Mail', 'n', params)} group by n.state`,
    params,
  )
  return {
    queued: 0,
    sent: 0,
    shown: 0,
    failed: 0,
    ...Object.fromEntries(rows.map((row) => [row.state, row.count])),
  }
}

/** How many messages a person has not opened yet. */
export const countUnread = async (tx: Tx, personId: string): Promise<number> => {
  const [row] = await tx.sql<{ count: number }>(
    'select count(*)::int as count from notification where person_id = $1 and read_at is null',
    [personId],
  )
  return row?.count ?? 0
}

/** The person has opened these of their own messages (all of a dossier, or those named); answers the newly read. */
export const markRead = async (
  tx: Tx,
  personId: string,
  { ids, dossierId }: { ids?: string[] | undefined; dossierId?: string | undefined },
): Promise<string[]> => {
  const rows = await tx.sql<{ id: string }>(
    `update notification set read_at = $2
      where person_id = $1 and read_at is null and ($3::uuid[] is null or id = any($3)) and ($4::uuid is null or dossier_id = $4)
      returning id`,
    [personId, tx.at, ids ?? null, dossierId ?? null],
  )
  return rows.map(({ id }) => id)
}
