import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { shippedDays } from './shipped.ts'

/** Brings the shipped decisions of 2021–2026 into the record; days an administrator has changed stay as they are. */
export async function loadShippedDays(tx: Tx): Promise<void> {
  const rows = shippedDays.map((day) => ({
    id: uuid(),
    date: day.date,
    kind: day.kind,
    name: day.name,
    source: day.source,
    decision: day.decision ?? '',
    swap_with: day.swapWith ?? null,
    substitutes_for: day.substitutesFor ?? null,
    verified: day.verified,
    known_from: day.knownFrom ?? null,
    valid_from: tx.at,
  }))
  const added = await tx.sql<{ id: string }>(
    `insert into calendar_day (id, date, kind, name, source, decision, swap_with, substitutes_for, verified, known_from, valid_from)
     select r.* from jsonb_to_recordset($1::jsonb) as r (id uuid, date date, kind text, name jsonb, source text, decision text,
            swap_with date, substitutes_for date, verified boolean, known_from date, valid_from timestamptz)
      where not exists (select from calendar_day known where known.date = r.date)
     returning id`,
    [JSON.stringify(rows)],
  )
  // Loaded before this was kept: the day as shipped was known when its decision was.
  await tx.sql(
    `update calendar_day d set known_from = r.known_from
       from jsonb_to_recordset($1::jsonb) as r (date date, source text, known_from date)
      where d.known_from is null and d.date = r.date and d.source = r.source and r.known_from is not null
        and not exists (select from calendar_day earlier where earlier.date = d.date and earlier.valid_from < d.valid_from)`,
    [JSON.stringify(rows)],
  )
  if (added.length > 0) tx.audit({ act: 'calendar.loaded', detail: { days: added.length } })
}
