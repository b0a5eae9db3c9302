import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { Letter } from '../letters/entity.ts'
import type { Text } from '../text.ts'

type Section = { title: string; rows: { label: string; value: string }[] }

/**
 * What another system has given (a tax code, a personal number) stands in the result that waits for its signature, as a
 * section of its own. A result already signed is never touched.
 */
export async function tellResult(
  tx: Tx,
  dossier: Dossier,
  system: Text,
  labels: Record<string, Text>,
  data: Record<string, unknown>,
): Promise<void> {
  const letter = await tx.em.findOne(
    Letter,
    { dossierId: dossier.id, kind: 'result', template: 'grant', state: { $in: ['draft', 'initialled'] } },
    { orderBy: { draftedAt: 'desc' } },
  )
  if (!letter) return
  const title = `${system.vi} cung cấp`
  const rows = Object.entries(labels).flatMap(([name, label]) =>
    data[name] === undefined ? [] : [{ label: label.vi, value: String(data[name]) }],
  )
  const sections = ((letter.data.sections ?? []) as Section[]).filter((section) => section.title !== title)
  letter.data = { ...letter.data, sections: [...sections, { title, rows }] }
  await tx.em.flush()
}
