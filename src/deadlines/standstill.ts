import type { Sql } from '../database/sql.ts'
import type { Standstill } from './variance.ts'

/** A raw event of a dossier's clock, as stored. */
export type ClockEventRow = { dossier_id: string; round: number; at: Date; kind: string }

const BEGINS = ['asked', 'excluded']
/** An apology that leaves meanwhile promises a date and ends no standstill. */
const ENDS = ['complete', 'resumed', 'finished']

/** The raw events of dossiers' own clocks, each dossier's in the order of time. */
export const clockEvents = (sql: Sql, dossierIds: string[]): Promise<ClockEventRow[]> =>
  sql<ClockEventRow>(
    `select e.dossier_id, c.round, e.at, e.kind from clock_event e join clock c on c.id = e.clock_id
      where e.dossier_id = any($1::uuid[]) and c.kind = 'dossier' order by e.dossier_id, e.at, e.id`,
    [dossierIds],
  )

/** A round of a dossier's clock, as a key. */
export const roundKey = (dossierId: string, round: number): string => `${dossierId}/${round}`

/**
 * Where clocks stood still, by `roundKey`: a wait for supplements and an excluded stage alike. Where a text restarts the count
 * the rest of such a round lies in it, so nobody uses it up.
 */
export function standstillsOf(events: ClockEventRow[]): Map<string, Standstill[]> {
  const byRound = new Map<string, Standstill[]>()
  for (const { dossier_id, round, at, kind } of events) {
    const key = roundKey(dossier_id, round)
    const stops = byRound.get(key) ?? []
    byRound.set(key, stops)
    const open = stops.at(-1)
    if (BEGINS.includes(kind)) stops.push({ from: at, to: null })
    else if (ENDS.includes(kind) && open && open.to === null) open.to = at
  }
  return byRound
}

export const standstills = async (sql: Sql, dossierIds: string[]): Promise<Map<string, Standstill[]>> =>
  standstillsOf(await clockEvents(sql, dossierIds))
