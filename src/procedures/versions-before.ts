import type { Sql } from '../database/transaction.ts'

/** A version that a dossier ran under until a named act moved it to another; `mapping`: steps that went on under another id. */
export type VersionBefore = {
  dossier_id: string
  until: Date
  versionId: string
  processId: string
  mapping: { from: string; to: string }[]
}

/** The versions that dossiers were moved from, the earliest first. Most dossiers keep theirs and have none. */
export const versionsBefore = (sql: Sql, dossierIds: string[]): Promise<VersionBefore[]> =>
  sql<VersionBefore>(
    `select i.dossier_id, i.acted_at as until, v.id as "versionId", v.process_id as "processId", r.mapping
       from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.from_version_id
      where i.dossier_id = any($1) and i.state in ('moved', 'done') order by i.dossier_id, i.acted_at`,
    [dossierIds],
  )
