import type { Sql } from '../database/sql.ts'
import type { Standstill } from './variance.ts'

type Row = { clock_id: string; at: Date; kind: string }

const BEGINS = ['asked', 'excluded']

/**
 * Where the dossier's clocks stood still, by clock, from the raw events of those dossiers: a wait for supplements and an
 * excluded stage alike. Where a text restarts the count the rest of such a round lies in it, so nobody uses it up.
 */
export async function standstills(sql: Sql, dossierIds: string[]): Promise<Map<string, Standstill[]>> {
  const rows = await sql<Row>(
    `select e.clock_id, e.at, e.kind from clock_event e join clock c on c.id = e.clock_id
      where e.dossier_id = any($1::uuid[]) and c.kind = 'dossier'
        and e.kind in ('asked', 'complete', 'excluded', 'resumed', 'finished') order by e.clock_id, e.at, e.id`,
    [dossierIds],
  )
  const byClock = new Map<string, Standstill[]>()
  for (const { clock_id, at, kind } of rows) {
    const stops = byClock.get(clock_id) ?? []
    byClock.set(clock_id, stops)
    const open = stops.at(-1)
    if (BEGINS.includes(kind)) stops.push({ from: at, to: null })
    else if (open && open.to === null) open.to = at
  }
  return byClock
}
