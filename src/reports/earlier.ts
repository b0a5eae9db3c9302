import type { Calendar } from '../calendar/calendar.ts'
import type { Sql } from '../database/sql.ts'
import { allotmentTable } from '../deadlines/allotted.ts'
import { publishedVersion } from '../procedures/version.ts'
import { type VersionBefore, versionsBefore } from '../procedures/versions-before.ts'
import { allotmentsInLimit, type EarlierAllotments } from './books.ts'

/** The versions that dossiers were moved from, by dossier, the earliest first. Most have none. */
export const movedFrom = async (sql: Sql, dossierIds: string[]): Promise<Map<string, VersionBefore[]>> =>
  Map.groupBy(await versionsBefore(sql, dossierIds), ({ dossier_id }) => dossier_id)

/** What those versions gave the steps of a dossier's case: nobody is judged by a version that was not there yet. */
export async function earlierAllotments(
  sql: Sql,
  before: readonly VersionBefore[],
  caseKey: string,
  calendar: Calendar,
): Promise<EarlierAllotments[]> {
  const found: EarlierAllotments[] = []
  for (const { until, versionId, processId } of before) {
    const { definition } = await publishedVersion(sql, versionId)
    const allotted = await allotmentTable(sql, processId, caseKey, calendar)
    found.push({ until, allotments: allotmentsInLimit(allotted, definition) })
  }
  return found
}
