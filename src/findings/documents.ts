import { allows } from '../access/ability.ts'
import type { Tx } from '../database/transaction.ts'
import type { StoredContent } from '../documents/read-model.ts'
import { reaches } from './case.ts'

/** A paper of an explanation that the actor may read: an overseer through the dossier, whoever is asked through the case. */
export async function explanationDocument(tx: Tx, id: string): Promise<StoredContent | undefined> {
  const [row] = await tx.sql<
    StoredContent & { dossierId: string; agencyId: string; unitId: string; personId: string | null }
  >(
    `select e.sha256, e.file_name, e.media_type, e.size, x.dossier_id as "dossierId", x.agency_id as "agencyId",
            x.unit_id as "unitId", x.person_id as "personId"
       from explanation_document e join explanation x on x.id = e.explanation_id join dossier d on d.id = x.dossier_id
      where e.id = $1 and d.applicant_id is distinct from $2::uuid`,
    [id, tx.actor.personId],
  )
  if (!row || !allows(tx.actor.ability, 'read', 'Explanation', row)) return undefined
  if (allows(tx.actor.ability, 'create', 'Finding', {}) && !(await reaches(tx, row.dossierId)))
    return undefined
  tx.audit({ act: 'explanation-document.read', dossierId: row.dossierId, detail: { document: id } })
  return row
}
