import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { auditScope, dueDays, isDueIn, type LateFilter } from '../reports/read-model.ts'
import type { Text } from '../text.ts'
import type { Sample } from './schemas.ts'

type Row = {
  id: string
  code: string
  procedure_code: string
  procedure_name: Text
  agency_id: string
  agency_code: string
  agency_name: Text
  due_at: Date
  finished_at: Date
  population: number
}

export const newSeed = (): string => randomBytes(4).toString('hex')

/**
 * Finished dossiers of the period that were not late, drawn by the hash of seed and id: nobody can foresee or steer the
 * draw, and whoever knows the seed draws the same again. Later dossiers of the same period may change it.
 */
export async function sample(
  tx: Tx,
  filter: Pick<LateFilter, 'from' | 'to' | 'agencyId'>,
  { seed, size }: { seed: string; size: number },
): Promise<z.input<typeof Sample>> {
  const params: unknown[] = [...dueDays(filter), filter.agencyId ?? null, tx.at, seed, size]
  const rows = await tx.sql<Row>(
    `select d.id, d.code, d.procedure_code, v.definition->'name' as procedure_name, a.id as agency_id, a.code as agency_code,
            a.name as agency_name, j.due_at, d.finished_at, count(*) over ()::int as population
       from dossier d
       join judged_dossier($4) j on j.dossier_id = d.id and not j.late
       join procedure_version v on v.id = d.procedure_version_id
       join agency a on a.id = d.agency_id
      where ${isDueIn('j')} and ($3::uuid is null or d.agency_id = $3)
        and d.finished_at is not null and d.state in ('done', 'returned') and ${auditScope(tx, 'd', params)}
      order by sha256(convert_to($5 || ':' || d.id::text, 'UTF8')), d.id limit $6`,
    params,
  )
  return {
    seed,
    size,
    population: rows[0]?.population ?? 0,
    dossiers: rows.map((row) => ({
      id: row.id,
      code: row.code,
      procedure: { code: row.procedure_code, name: row.procedure_name },
      agency: { id: row.agency_id, code: row.agency_code, name: row.agency_name },
      dueAt: row.due_at.toISOString(),
      finishedAt: row.finished_at.toISOString(),
    })),
  }
}
