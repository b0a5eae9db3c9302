import type { Actor } from '../../access/actor.ts'
import { legalDay } from '../../clock.ts'
import type { Database, Tx } from '../../database/transaction.ts'
import { Problem } from '../../http/problem.ts'
import type { Text } from '../../text.ts'
import { createDraft } from '../drafts/draft.ts'
import { type Built, buildAll } from './making.ts'
import { rowsFor } from './read.ts'
import { skeletonFaults } from './skeleton.ts'

type Words = Required<Text>
export type Made = {
  code: string
  name: string
  draftId: string | null
  /** What the rules find in the draft. */
  errors: number
  warnings: number
  /** Why there is no draft. */
  reasons: Words[]
}
type Found = Awaited<ReturnType<typeof rowsFor>> extends Map<string, infer Row> ? Row : never

const UNKNOWN: Words = {
  vi: 'Danh mục không có thủ tục này.',
  en: 'The catalogue has no such procedure.',
}
const DRAFTED: Words = {
  vi: 'Đã có bản thảo đang mở; hãy soạn tiếp bản đó.',
  en: 'There is an open draft; go on with that one.',
}
const IN_FORCE: Words = {
  vi: 'Đã có phiên bản có hiệu lực; hãy soạn từ phiên bản đó.',
  en: 'There is a version in force; draft from that.',
}

/** Why a code has a procedure already; by code. */
async function thereAlready(tx: Tx, codes: string[]): Promise<Map<string, Words>> {
  const rows = await tx.sql<{ code: string; drafted: boolean }>(
    `select code, bool_or(drafted) as drafted from (
       select code, true as drafted from procedure_draft where state in ('draft', 'review', 'approved')
       union all select code, false from procedure_version where current) t
      where code = any($1) group by code`,
    [codes],
  )
  return new Map(rows.map(({ code, drafted }) => [code, drafted ? DRAFTED : IN_FORCE]))
}

/** What the rows lack, without making anything. */
const lacks = (found: Found | undefined, there: Words | undefined): Words[] => {
  if (!found) return [UNKNOWN]
  if (there) return [there]
  return skeletonFaults(found.row, found.steps).map(({ message }) => message)
}

/**
 * Drafts from the catalogue, one for each code: what cannot be made is named with its reason and holds no other back. A
 * procedure with a version or an open draft keeps those, so the same act again makes nothing twice. They are made and
 * checked in a thread; then all of them are kept in one transaction, or none.
 */
export async function makeSkeletons(db: Database, actor: Actor, codes: string[]): Promise<Made[]> {
  const wanted = [...new Set(codes)]
  const { found, today, roles, reasons } = await db.transact(actor, async (tx) => {
    const rows = await rowsFor(tx, wanted)
    const there = await thereAlready(tx, wanted)
    const day = legalDay(tx.at)
    const held = await tx.sql<{ role: string }>(
      'select distinct role from post where valid_on(valid_from, valid_to, $1)',
      [day],
    )
    return {
      found: rows,
      today: day,
      roles: held.map(({ role }) => role),
      reasons: new Map(wanted.map((code) => [code, lacks(rows.get(code), there.get(code))])),
    }
  })
  const rows = wanted.flatMap((code) => (reasons.get(code)!.length === 0 ? found.get(code)! : []))
  const built = await buildAll({ rows, today, roles })
  return db.transact(actor, async (tx) => {
    // Of two acts at once the second sees the drafts of the first.
    await tx.sql('select pg_advisory_xact_lock($1)', [20_261_136])
    const there = await thereAlready(tx, [...built.keys()])
    const made: Made[] = []
    for (const code of wanted) {
      const name = found.get(code)?.row.name.vi ?? ''
      const one = built.get(code)
      const known = there.get(code)
      const failed = (why: Words[]): Made => ({
        code,
        name,
        draftId: null,
        errors: 0,
        warnings: 0,
        reasons: why,
      })
      made.push(
        one && !known ? await keep(tx, one, name, failed) : failed(known ? [known] : reasons.get(code)!),
      )
    }
    return made
  })
}

async function keep(
  tx: Tx,
  { code, source, errors, warnings }: Built,
  name: string,
  failed: (reasons: Words[]) => Made,
): Promise<Made> {
  await tx.sql('savepoint skeleton')
  try {
    const title = `Bộ khung từ danh mục: ${name}`.slice(0, 200)
    const draftId = await createDraft(tx, { code, title, source, baseVersionId: null })
    await tx.sql('release savepoint skeleton')
    return { code, name, draftId, errors, warnings, reasons: [] }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await tx.sql('rollback to savepoint skeleton')
    return failed([error.words])
  }
}
