import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { dueDays, isDueIn, type MissedRound } from '../../reports/read-model.ts'
import type { Text } from '../../text.ts'
import { flowScope, type Period } from '../history/read-model.ts'

export type Asked = Period & { code: string; versionId?: string | undefined }

/** While a clock stands still nothing is due: the same dossiers as the auditor's page of breaches counts. */
const COUNTS = `(j.late or not exists (select from clock k where k.dossier_id = d.id and k.kind = 'dossier' and k.round = j.round
                                          and k.stopped_at is not null))`

/** Versions that dossiers were moved away from by a named act, by dossier; joined as `m`. */
const MOVED = `left join (select i.dossier_id, array_agg(distinct r.from_version_id) as before
                 from migration_item i join migration_run r on r.id = i.run_id
                where i.state in ('moved', 'done') group by 1) m on m.dossier_id = d.id`

/** `before`: other versions that these dossiers ran under until they were moved; null: none. */
export type Due = { code: string; version_id: string; before: string[] | null; due: number; late: number }

/** Whether dossiers ran under a version: to their end, or until they were moved. */
export const ranUnder = ({ version_id, before }: Due, versionId: string): boolean =>
  version_id === versionId || (before ?? []).includes(versionId)

/** Dossiers due in a period and those that missed a date, by procedure and version, as `judged_dossier` says. */
export function dueByVersion(tx: Tx, period: Period, code?: string): Promise<Due[]> {
  const params: unknown[] = [...dueDays(period), tx.at, code ?? null]
  return tx.sql<Due>(
    `select d.procedure_code as code, d.procedure_version_id as version_id, m.before, count(*)::int as due,
            (count(*) filter (where j.late))::int as late
       from dossier d join judged_dossier($3) j on j.dossier_id = d.id ${MOVED}
      where ${isDueIn('j')} and ($4::text is null or d.procedure_code = $4) and ${COUNTS} and ${flowScope(tx, 'd', params)}
      group by 1, 2, 3`,
    params,
  )
}

export type DueRow = {
  id: string
  code: string
  case_key: string
  agency_id: string
  procedure_version_id: string
  filed_at: Date
  received_at: Date
  finished_at: Date | null
  late: boolean
  /** Every round that missed its date, in order; null where none did. */
  missed: MissedRound[] | null
}

/** The dossiers due in a period, the latest first, at most `limit`; `onlyLate`: those that missed a date. */
export function dueRows(tx: Tx, asked: Asked, limit: number, onlyLate = false): Promise<DueRow[]> {
  const params: unknown[] = [...dueDays(asked), tx.at, asked.code, asked.versionId ?? null, limit, onlyLate]
  return tx.sql<DueRow>(
    `select d.id, d.code, d.case_key, d.agency_id, d.procedure_version_id, d.filed_at, d.received_at, d.finished_at, j.late,
            case when j.late then (
              select jsonb_agg(jsonb_build_object('round', m.round, 'startedAt', m.started_at, 'dueAt', m.due_at,
                                                  'until', m.until, 'committed', m.committed) order by m.round)
                from judged_round($3) m where m.dossier_id = d.id and m.late) end as missed
       from dossier d join judged_dossier($3) j on j.dossier_id = d.id ${MOVED}
      where ${isDueIn('j')} and d.procedure_code = $4
        and ($5::uuid is null or d.procedure_version_id = $5 or $5 = any(m.before))
        and (j.late or not $7) and ${COUNTS} and ${flowScope(tx, 'd', params)}
      order by j.due_at desc, d.id limit $6`,
    params,
  )
}

export type VersionRow = {
  id: string
  version: number
  current: boolean
  process_id: string
  name: Text
  bpmn: string
}

/** The published versions of a procedure, the latest first; an unknown procedure or a version of another is not found. */
export async function versionsOf(
  tx: Tx,
  { code, versionId }: Pick<Asked, 'code' | 'versionId'>,
): Promise<VersionRow[]> {
  const versions = await tx.sql<VersionRow>(
    `select id, version, current, process_id, definition->'name' as name, bpmn from procedure_version
      where code = $1 order by version desc`,
    [code],
  )
  if (versions.length === 0 || (versionId && !versions.some(({ id }) => id === versionId))) throw notFound()
  return versions
}
