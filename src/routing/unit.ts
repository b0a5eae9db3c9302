import type { Sql } from '../database/sql.ts'
import type { Words } from '../http/problem.ts'

type Found = { agencyId: string; unitId: string } | { fault: Words; field: 'agencyCode' | 'unitCode' }

type Row = {
  id: string
  ended: boolean
  successor: string | null
  unit_id: string | null
  unit_ended: boolean | null
}

/** The agency and unit of these codes on a legal day, or what is wrong with them. */
export async function receivingUnit(
  sql: Sql,
  { agencyCode, unitCode }: { agencyCode: string; unitCode: string },
  day: string,
): Promise<Found> {
  const [row] = await sql<Row>(
    `select a.id, coalesce(a.valid_to < $3::date, false) as ended, s.code as successor,
            u.id as unit_id, coalesce(u.valid_to < $3::date, false) as unit_ended
       from agency a
       left join agency s on s.id = a.successor_id
       left join unit u on u.agency_id = a.id and u.code = $2
      where a.code = $1`,
    [agencyCode, unitCode, day],
  )
  if (!row)
    return {
      field: 'agencyCode',
      fault: { vi: `Không có cơ quan mã ${agencyCode}.`, en: `There is no agency ${agencyCode}.` },
    }
  if (row.ended)
    return {
      field: 'agencyCode',
      fault: {
        vi: `Cơ quan ${agencyCode} đã kết thúc hoạt động${row.successor ? `, kế thừa là ${row.successor}` : ''}.`,
        en: `Agency ${agencyCode} has ended${row.successor ? `, its successor is ${row.successor}` : ''}.`,
      },
    }
  if (!row.unit_id || row.unit_ended)
    return {
      field: 'unitCode',
      fault: {
        vi: `Cơ quan ${agencyCode} không có đơn vị ${unitCode} đang hoạt động.`,
        en: `Agency ${agencyCode} has no unit ${unitCode} at work.`,
      },
    }
  return { agencyId: row.id, unitId: row.unit_id }
}
