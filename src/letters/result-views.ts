import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { mergeFor } from './result.ts'
import { freeParts, templatesFor } from './result-choice.ts'
import { ResultChoice } from './result-schema.ts'

/** What an officer may choose for each outcome that writes the result, with the free parts merged for this dossier. */
export async function resultChoices(tx: Tx, dossier: Dossier, writing: { key: string; denied: boolean }[]) {
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  // The reason is not known yet: what stands in its place is what the officer will type.
  const merge = await mergeFor(tx, dossier, '')
  return {
    outcomes: writing.map(({ key, denied }) => ({
      key,
      denied,
      title: denied ? 'Thông báo không cấp kết quả' : (version.definition.catalogue.results[0]?.vi ?? ''),
      templates: templatesFor(version, dossier.caseKey, denied).map((template) => ({
        key: template.key,
        name: template.name,
        basis: template.basis,
        parts: freeParts(template, merge),
      })),
    })),
    previous: await previousChoice(tx, dossier.id),
  }
}

/** The choice of the draft that came back, so that nobody types it again. */
async function previousChoice(tx: Tx, dossierId: string): Promise<ResultChoice | null> {
  const [row] = await tx.sql<{ choice: unknown }>(
    `select data->'result' as choice from decision
      where dossier_id = $1 and state = 'released' and data ? 'result' order by acted_at desc limit 1`,
    [dossierId],
  )
  const parsed = ResultChoice.safeParse(row?.choice)
  return parsed.success ? parsed.data : null
}
