import { scope } from '../../access/scope.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound, unprocessable } from '../../http/problem.ts'
import type { ProcedureSource } from '../source.ts'
import type { CatalogueRow, CatalogueStep } from './entry.ts'
import { SkeletonError, skeletonOf } from './skeleton.ts'
import { ENTRY_COLUMNS, type EntryRow, entryFrom, knownSteps } from './store.ts'

/** Rows of the catalogue with their step tables and the communes of today, as a skeleton needs them; by code. */
export async function rowsFor(
  tx: Tx,
  codes: string[],
): Promise<Map<string, { row: CatalogueRow; steps: CatalogueStep[] }>> {
  const params: unknown[] = [codes]
  const readable = scope(tx.actor.ability, 'read', 'Catalogue', 'e', params)
  const entries = await tx.sql<EntryRow>(
    `select ${ENTRY_COLUMNS} from catalogue_entry e where e.code = any($1) and ${readable}`,
    params,
  )
  const today = legalDay(tx.at)
  // Codes of places, as on every public page; whoever may draw a procedure may know where it can be filed.
  const communes = await tx.sql<{ code: string }>(
    `select code from agency where level = 'commune' and valid_from <= $1 and (valid_to is null or valid_to >= $1) order by code`,
    [today],
  )
  const places = communes.map(({ code }) => code)
  const steps = await knownSteps(tx, codes)
  return new Map(
    entries.map((entry) => {
      const { lastDossierOn: _, ...row } = entryFrom(entry)
      return [entry.code, { row: { ...row, places, asOf: today }, steps: steps.get(entry.code) ?? [] }]
    }),
  )
}

/**
 * A whole procedure from the catalogue's row of a code. 404 when the catalogue has none; 422 `no-skeleton` says what the
 * row lacks.
 */
export async function skeletonFor(tx: Tx, code: string): Promise<ProcedureSource> {
  const found = (await rowsFor(tx, [code])).get(code)
  if (!found)
    throw notFound({
      vi: `Danh mục chưa có thủ tục ${code}. Hãy nhập danh mục trước.`,
      en: `The catalogue has no procedure ${code}. Import it first.`,
    })
  try {
    return skeletonOf(found.row, found.steps)
  } catch (error) {
    if (!(error instanceof SkeletonError)) throw error
    throw unprocessable('no-skeleton', {
      vi: error.faults.map(({ message }) => message.vi).join(' '),
      en: error.faults.map(({ message }) => message.en).join(' '),
    })
  }
}
