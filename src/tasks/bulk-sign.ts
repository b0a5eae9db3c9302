import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import type { Letter } from '../letters/entity.ts'
import type { SignPreview } from './desk-schemas.ts'
import { type TaskRow, taskRow } from './read-model.ts'
import { letterOf } from './task-page.ts'

/** The letter that a task of signing is about, and the fingerprint of everything that its page prints. */
export async function previewOf(
  tx: Tx,
  row: TaskRow,
): Promise<{ letter: Letter | null; fingerprint: string }> {
  const dossier = await tx.em.findOneOrFail(Dossier, { id: row.dossier_id })
  const letter = await letterOf(tx, row, dossier)
  if (!letter) return { letter, fingerprint: '' }
  const printed = [
    letter.id,
    letter.template,
    letter.data,
    letter.reason,
    letter.newDueAt,
    letter.form,
    letter.agencyId,
  ]
  return { letter, fingerprint: createHash('sha256').update(JSON.stringify(printed)).digest('hex') }
}

/** The letters of several tasks of signing that the person may read, in the order asked; others are left out. */
export async function signPreviews(tx: Tx, taskIds: string[]): Promise<z.input<typeof SignPreview>[]> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'previews before signing') }
  const previews: z.input<typeof SignPreview>[] = []
  for (const id of taskIds) {
    const row = await taskRow(tx, id)
    if (!row?.form.endsWith('-sign')) continue
    const { letter, fingerprint } = await previewOf(system, row)
    previews.push({
      taskId: row.id,
      dossierCode: row.dossier_code,
      applicant: row.applicant,
      letterId: letter?.id ?? null,
      fingerprint,
    })
  }
  return previews
}
