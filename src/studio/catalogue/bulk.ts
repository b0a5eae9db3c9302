import type { Tx } from '../../database/transaction.ts'
import { Problem } from '../../http/problem.ts'
import type { Text } from '../../text.ts'
import { createDraft } from '../drafts/draft.ts'
import { rowsFor } from './read.ts'
import { skeletonFaults, skeletonOf } from './skeleton.ts'

export type Made = { code: string; name: string; draftId: string | null; reasons: Required<Text>[] }

const because = (vi: string, en: string): Required<Text>[] => [{ vi, en }]

/**
 * Drafts from the catalogue, one for each code: what cannot be made is named with its reason and holds no other back. A
 * procedure with a version or an open draft keeps those, so the same act again makes nothing twice.
 */
export async function makeSkeletons(tx: Tx, codes: string[]): Promise<Made[]> {
  const found = await rowsFor(tx, codes)
  // Of two acts at once the second sees the drafts of the first.
  await tx.sql('select pg_advisory_xact_lock($1)', [20_261_136])
  const taken = await tx.sql<{ code: string; drafted: boolean }>(
    `select code, bool_or(drafted) as drafted from (
       select code, true as drafted from procedure_draft where state in ('draft', 'review', 'approved')
       union all select code, false from procedure_version where current) t
      where code = any($1) group by code`,
    [codes],
  )
  const there = new Map(taken.map(({ code, drafted }) => [code, drafted]))
  const made: Made[] = []
  for (const code of new Set(codes)) made.push(await makeOne(tx, code, found.get(code), there.get(code)))
  return made
}

type Found = Awaited<ReturnType<typeof rowsFor>> extends Map<string, infer Row> ? Row : never

async function makeOne(tx: Tx, code: string, found: Found | undefined, drafted: boolean | undefined) {
  const failed = (reasons: Required<Text>[]): Made => ({
    code,
    name: found?.row.name.vi ?? '',
    draftId: null,
    reasons,
  })
  if (!found) return failed(because('Danh mục không có thủ tục này.', 'The catalogue has no such procedure.'))
  if (drafted !== undefined)
    return failed(
      drafted
        ? because(
            'Đã có bản thảo đang mở; hãy soạn tiếp bản đó.',
            'There is an open draft; go on with that one.',
          )
        : because(
            'Đã có phiên bản có hiệu lực; hãy soạn từ phiên bản đó.',
            'There is a version in force; draft from that.',
          ),
    )
  const faults = skeletonFaults(found.row, found.steps)
  if (faults.length > 0) return failed(faults.map(({ message }) => message))
  await tx.sql('savepoint skeleton')
  try {
    const source = skeletonOf(found.row, found.steps)
    const title = `Bộ khung từ danh mục: ${found.row.name.vi}`.slice(0, 200)
    const draftId = await createDraft(tx, { code, title, source, baseVersionId: null })
    await tx.sql('release savepoint skeleton')
    return { code, name: found.row.name.vi, draftId, reasons: [] }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await tx.sql('rollback to savepoint skeleton')
    return failed([error.words])
  }
}
