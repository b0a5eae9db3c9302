import { legalDay } from '../clock.ts'
import type { Sql } from '../database/transaction.ts'

/**
 * The dossier's legal code: agency code, legal day, running number of the day (TT 01/2018/TT-VPCP art. 19:
 * `V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX`). Drawn in the transaction of filing, so that no number is lost or given twice.
 */
export async function drawCode(sql: Sql, agency: { id: string; code: string }, at: Date): Promise<string> {
  const day = legalDay(at)
  const [row] = await sql<{ last: number }>(
    `insert into dossier_number (agency_id, day, last) values ($1, $2, 1)
     on conflict (agency_id, day) do update set last = dossier_number.last + 1 returning last`,
    [agency.id, day],
  )
  if (!row) throw new Error('no dossier number was drawn')
  return `${agency.code}-${day.slice(2).replaceAll('-', '')}-${String(row.last).padStart(4, '0')}`
}
