import type { Sql } from '../database/sql.ts'
import type { Standstill } from './variance.ts'

/** A raw event of a dossier's clock, as stored. */
export type ClockEventRow = { dossier_id: string; clock_id: string; at: Date; kind: string }

const BEGINS = ['asked', 'excluded']

/** The raw events of dossiers' own clocks, each dossier's in the order of time. */
export const clockEvents = (sql: Sql, dossierIds: string[]): Promise<ClockEventRow[]> =>
  sql<ClockEventRow>(
    `select e.dossier_id, e.clock_id, e.at, e.kind from clock_event e join clock c on c.id = e.clock_id
      where e.dossier_id = any($1::uuid[]) and c.kind = 'dossier' order by e.dossier_id, e.at, e.id`,
    [dossierIds],
  )

/**
 * Where clocks stood still, by clock: a wait for supplements and an excluded stage alike. Where a text restarts the count
 * the rest of such a round lies in it, so nobody uses it up.
 */
export function standstillsOf(events: ClockEventRow[]): Map<string, Standstill[]> {
  const byClock = new Map<string, Standstill[]>()
  for (const { clock_id, at, kind } of events) {
    const stops = byClock.get(clock_id) ?? []
    byClock.set(clock_id, stops)
    const open = stops.at(-1)
    if (BEGINS.includes(kind)) stops.push({ from: at, to: null })
    else if (open && open.to === null) open.to = at
  }
  return byClock
}

export const standstills = async (sql: Sql, dossierIds: string[]): Promise<Map<string, Standstill[]>> =>
  standstillsOf(await clockEvents(sql, dossierIds))
