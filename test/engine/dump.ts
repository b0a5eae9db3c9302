import type { Sql } from '../../src/database/sql.ts'

const TABLES = ['instance', 'element', 'flow', 'job', 'variable', 'user_task', 'incident']

/** Every row of an epoch's projection, without the epoch, in an order of its own. */
export async function dump(sql: Sql, epoch: number): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {}
  for (const table of TABLES) {
    const rows = await sql<{ row: string }>(
      `select (to_jsonb(t) - 'epoch')::text as row from engine_${table} t where epoch = $1 order by 1`,
      [epoch],
    )
    tables[`engine_${table}`] = rows.map(({ row }) => row)
  }
  return tables
}
