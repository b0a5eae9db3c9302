import { addDays, dayNumber } from '../../calendar/day.ts'
import { fromLegalMinute, legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import type { Volume } from './schemas.ts'

const startOf = (day: string) => fromLegalMinute(dayNumber(day) * 1440)

/**
 * Dossiers of a procedure filed in the whole province in the last twelve months of the legal clock, today included, by
 * way and case. A number betrays nobody, and what is printed must not depend on who prints it: no scope.
 */
export async function volumeOf(tx: Tx, code: string): Promise<Volume> {
  const to = legalDay(tx.at)
  const from = addDays(to, -364)
  const rows = await tx.sql<{ channel: string; case_key: string; count: number }>(
    `select d.channel, d.case_key, count(*)::int as count from dossier d
      where d.procedure_code = $1 and d.filed_at >= $2 and d.filed_at < $3
      group by d.channel, d.case_key order by d.channel, d.case_key`,
    [code, startOf(from), startOf(addDays(to, 1))],
  )
  return {
    from,
    to,
    dossiers: rows.reduce((sum, { count }) => sum + count, 0),
    rows: rows.map(({ channel, case_key, count }) => ({ channel, case: case_key, count })),
  }
}
