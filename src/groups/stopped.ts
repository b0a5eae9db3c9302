import type { Sql } from '../database/sql.ts'

/** Whether the applicant has stopped a group, wholly or as far as nothing was decided: nothing more of it is opened. */
export const isStopped = async (sql: Sql, groupId: string): Promise<boolean> => {
  const rows = await sql(`select from stop_request where dossier_id = $1 and outcome = 'stopped' limit 1`, [
    groupId,
  ])
  return rows.length > 0
}
