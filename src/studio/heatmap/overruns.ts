import { setImmediate } from 'node:timers/promises'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { allotmentTable } from '../../deadlines/allotted.ts'
import { rulesOn } from '../../deadlines/rules.ts'
import { roundKey, standstills } from '../../deadlines/standstill.ts'
import { publishedVersion } from '../../procedures/version.ts'
import { allotmentsInLimit, booksOf, windowOf } from '../../reports/books.ts'
import { earlierAllotments, movedFrom } from '../../reports/earlier.ts'
import { calendars } from '../../reports/facts.ts'
import { linesOf } from '../../reports/read-model.ts'
import { reignAt, reignsOf } from '../history/versions.ts'
import type { DueRow } from './read-model.ts'

/** Working minutes beyond its share, by element, of one dossier. */
export type Overruns = Map<string, number>

const BATCH = 200

/**
 * What each late dossier's steps used beyond what they were given, in the rounds that missed their dates: from the same
 * books as the auditor's page (rules 10). A step's savings make up for its own overruns and for no other's.
 * `versionId`: only what began under that version.
 */
export async function overrunsOf(
  tx: Tx,
  rows: readonly DueRow[],
  versionId?: string,
): Promise<Map<string, Overruns>> {
  const calendarFor = calendars(tx)
  const found = new Map<string, Overruns>()
  const late = rows.filter(({ missed }) => missed !== null)
  for (let from = 0; from < late.length; from += BATCH) {
    const batch = late.slice(from, from + BATCH)
    const ids = batch.map(({ id }) => id)
    const lines = await linesOf(tx, ids)
    const stops = await standstills(tx.sql, ids)
    const moves = await movedFrom(tx.sql, ids)
    for (const row of batch) {
      const calendar = await calendarFor(row.agency_id)
      const { definition, processId } = await publishedVersion(tx.sql, row.procedure_version_id)
      const allotted = await allotmentTable(tx.sql, processId, row.case_key, calendar)
      const before = moves.get(row.id) ?? []
      const earlier = await earlierAllotments(tx.sql, before, row.case_key, calendar)
      const reigns = reignsOf(before, row.procedure_version_id)
      const isAsked = (from: Date | null) =>
        !versionId || (from !== null && reignAt(reigns, from).versionId === versionId)
      const rules = rulesOn(legalDay(row.received_at))
      const variance: Overruns = new Map()
      for (const { round, startedAt, dueAt, until, committed } of row.missed!) {
        const clock = { round, startedAt: new Date(startedAt), dueAt: new Date(dueAt), committed }
        const ledger = booksOf({
          calendar,
          clock,
          window: windowOf(calendar, rules, clock, new Date(until)),
          rows: lines.get(row.id) ?? [],
          allotments: allotmentsInLimit(allotted, definition),
          earlier,
          stops: stops.get(roundKey(row.id, round)),
        })
        for (const line of ledger.lines)
          if (line.kind === 'interval' && line.step !== '' && isAsked(line.from))
            variance.set(line.step, (variance.get(line.step) ?? 0) + line.variance)
      }
      found.set(row.id, new Map([...variance].filter(([, minutes]) => minutes > 0)))
    }
    await setImmediate()
  }
  return found
}

/** Each element's overrun over all dossiers together, the largest first. */
export function sumOverruns(overruns: Iterable<Overruns>): [element: string, minutes: number][] {
  const sums = new Map<string, number>()
  for (const one of overruns)
    for (const [element, minutes] of one) sums.set(element, (sums.get(element) ?? 0) + minutes)
  return [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
}
