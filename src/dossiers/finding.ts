import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from './entity.ts'

/** Records what an agency must know or explain. Once per dossier, agency, kind and instant. */
export async function addFinding(
  tx: Tx,
  dossier: Pick<Dossier, 'id' | 'agencyId'>,
  kind: string,
  at: Date,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const added = await tx.sql(
    `insert into finding (id, dossier_id, agency_id, kind, at, detail) values ($1, $2, $3, $4, $5, $6::jsonb)
     on conflict (dossier_id, agency_id, kind, at) do nothing returning id`,
    [uuid(), dossier.id, dossier.agencyId, kind, at, JSON.stringify(detail)],
  )
  if (added.length > 0) tx.audit({ act: 'finding.added', dossierId: dossier.id, detail: { kind, ...detail } })
}
