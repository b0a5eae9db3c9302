import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../../access/ability.ts'
import { scope } from '../../access/scope.ts'
import type { Sql, Tx } from '../../database/transaction.ts'
import { conflict, forbidden, notFound } from '../../http/problem.ts'
import { baseIdOf, type NamedText } from '../../procedures/assemble.ts'
import type { Eform, ProcedureDefinition } from '../../procedures/definition.ts'
import { harmlessChanges } from '../lint/refuse.ts'
import { type ProcedureSource, type SourcePart, sourceOfVersion } from '../source.ts'
import type { ActKind, DraftState } from './schemas.ts'
import { keepParts, PARTS, type Parts, sourceAt } from './store.ts'

export type DraftRow = {
  id: string
  code: string
  title: string
  state: z.infer<typeof DraftState>
  revision: number
  base_version_id: string | null
  author_ids: string[]
  updated_at: Date
  updated_by: string
  /** The last save that stands in the trail. */
  audited_at: Date | null
  audited_by: string | null
}

/** Saves of one person in a row make one line of the trail per so many milliseconds; each is a revision all the same. */
const QUIET_MS = 10 * 60_000

/** The row of a draft that the actor may look at and, with `lock`, change; 404 else. */
export async function draftRow(tx: Tx, id: string, options: { lock?: boolean } = {}): Promise<DraftRow> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Draft', 'd', params)
  const [row] = await tx.sql<DraftRow>(
    `select d.id, d.code, d.title, d.state, d.revision, d.base_version_id, d.author_ids, d.updated_at, d.updated_by,
            d.audited_at, d.audited_by
       from procedure_draft d where d.id = $1 and ${readable} ${options.lock ? 'for update' : ''}`,
    params,
  )
  if (!row) throw notFound()
  return row
}

export const isOpen = ({ state }: Pick<DraftRow, 'state'>) => state !== 'published' && state !== 'withdrawn'

/** Whether the actor may give a verdict on it; never somebody who has saved it. */
export const mayReview = (tx: Tx, row: Pick<DraftRow, 'author_ids'>) =>
  allows(tx.actor.ability, 'decide', 'Draft', { authorIds: row.author_ids })

export const mayEdit = (tx: Tx, row: Pick<DraftRow, 'author_ids' | 'state'>) =>
  isOpen(row) && allows(tx.actor.ability, 'update', 'Draft', { authorIds: row.author_ids })

export const draftClosed = () =>
  conflict('draft-closed', {
    vi: 'Bản thảo này đã ban hành hoặc đã rút; hãy tạo bản thảo mới từ phiên bản đang có hiệu lực.',
    en: 'This draft is published or withdrawn; make a new draft from the version in force.',
  })

/** A draft whole, for other parts of the Studio. Throws 404 for whoever may not read it. */
export async function readDraft(tx: Tx, id: string) {
  const row = await draftRow(tx, id)
  const { source } = await revisionOf(tx.sql, id, row.revision)
  return {
    id,
    code: row.code,
    title: row.title,
    state: row.state,
    revision: row.revision,
    source,
    baseVersionId: row.base_version_id,
  }
}

export async function partsOf(sql: Sql, id: string, revision: number): Promise<Parts> {
  const [row] = await sql<{ parts: Parts }>(
    'select parts from procedure_draft_revision where draft_id = $1 and revision = $2',
    [id, revision],
  )
  if (!row) throw notFound()
  return row.parts
}

export async function revisionOf(sql: Sql, id: string, revision: number) {
  const parts = await partsOf(sql, id, revision)
  return { parts, source: await sourceAt(sql, id, parts) }
}

type VersionRow = {
  code: string
  process_id: string
  decision_id: string
  definition: ProcedureDefinition
  eform: Eform
  bpmn: string
  dmn: string
  examples: ProcedureSource['examples'] | null
  texts: { results: NamedText[] } | null
}

/** A published version as a source, its ids without the version. Throws 404 when there is none. */
export async function versionSource(tx: Tx, versionId: string): Promise<ProcedureSource> {
  const params: unknown[] = [versionId]
  const readable = scope(tx.actor.ability, 'read', 'Procedure', 'v', params)
  const [row] = await tx.sql<VersionRow>(
    `select v.code, v.process_id, v.decision_id, v.definition, v.eform, v.bpmn, v.dmn, v.examples, v.texts
       from procedure_version v where v.id = $1 and ${readable}`,
    params,
  )
  if (!row)
    throw notFound({
      vi: 'Không có phiên bản này. Hãy chọn phiên bản trong danh sách của thủ tục.',
      en: 'There is no such version. Choose one from the list of the procedure.',
    })
  const source = sourceOfVersion(
    {
      processId: row.process_id,
      decisionId: row.decision_id,
      definition: row.definition,
      eform: row.eform,
      bpmn: row.bpmn,
      dmn: row.dmn,
      examples: row.examples ?? [],
    },
    baseIdOf(row.code),
  )
  if (!row.texts) return source
  // Under the names they had: officers are offered the templates in their order.
  const results = row.texts.results.map(({ name, text }) => ({ name, content: JSON.parse(text) }))
  return { ...source, results }
}

/** Makes a draft of a whole source; its maker is its first author. Answers its id. */
export async function createDraft(
  tx: Tx,
  given: { code: string; title: string; source: ProcedureSource; baseVersionId: string | null },
): Promise<string> {
  const me = tx.actor.personId
  if (!me) throw forbidden()
  const id = uuid()
  await tx.sql(
    `insert into procedure_draft (id, code, title, state, revision, base_version_id, author_ids, created_at, created_by,
                                  updated_at, updated_by)
     values ($1, $2, $3, 'draft', 1, $4, array[$5]::uuid[], $6, $5, $6, $5)`,
    [id, given.code, given.title.normalize('NFC'), given.baseVersionId, me, tx.at],
  )
  const source = harmlessChanges(given.source, { field: 'source', code: given.code })
  const parts = await keepParts(tx.sql, id, source, null)
  await addRevision(tx, { id, revision: 1, parts, changed: [...PARTS] })
  tx.audit({
    act: 'draft.created',
    detail: { draft: id, code: given.code, base: given.baseVersionId },
  })
  return id
}

async function addRevision(
  tx: Tx,
  made: { id: string; revision: number; parts: Parts; changed: SourcePart[]; restoredFrom?: number },
): Promise<void> {
  await tx.sql(
    `insert into procedure_draft_revision (draft_id, revision, at, by, parts, changed, restored_from)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      made.id,
      made.revision,
      tx.at,
      tx.actor.personId,
      JSON.stringify(made.parts),
      made.changed,
      made.restoredFrom ?? null,
    ],
  )
}

/** The draft has changed since: both versions come back to the person, and nothing is lost. */
async function changedSince(tx: Tx, row: DraftRow): Promise<never> {
  const { source } = await revisionOf(tx.sql, row.id, row.revision)
  const [by] = await tx.sql<{ name: string }>('select full_name as name from person where id = $1', [
    row.updated_by,
  ])
  throw conflict(
    'draft-changed',
    {
      vi: `${by!.name} đã lưu bản thảo này trước. Hãy xem thay đổi của họ rồi chọn giữ phần nào.`,
      en: `${by!.name} has saved this draft first. Look at their changes and choose what to keep.`,
    },
    { theirs: { revision: row.revision, by: by!.name, at: row.updated_at, source } },
  )
}

/** The draft for an act on one of its revisions: locked, and still at that revision (409 `draft-changed`). */
export async function draftAt(tx: Tx, id: string, revision: number): Promise<DraftRow> {
  const row = await draftRow(tx, id, { lock: true })
  if (row.revision !== revision) await changedSince(tx, row)
  return row
}

/**
 * Saves what was typed as the next revision; a save that changes nothing makes none. A draft in review or approved is a
 * draft again. 409 `draft-changed` when somebody has saved since the revision that was changed.
 */
export async function saveDraft(
  tx: Tx,
  id: string,
  given: { revision: number; changes: Partial<ProcedureSource>; restoredFrom?: number },
): Promise<{ revision: number; updatedAt: Date }> {
  const row = await draftRow(tx, id, { lock: true })
  if (!isOpen(row)) throw draftClosed()
  if (!mayEdit(tx, row)) throw forbidden()
  const before = await partsOf(tx.sql, id, row.revision)
  const changes = harmlessChanges(given.changes, { field: 'changes' })
  const parts = await keepParts(tx.sql, id, changes, before)
  const changed = PARTS.filter((part) => parts[part] !== before[part])
  // Nothing new, or the same save that came twice because its answer was lost.
  if (changed.length === 0 && (given.revision === row.revision || row.updated_by === tx.actor.personId))
    return { revision: row.revision, updatedAt: row.updated_at }
  if (given.revision !== row.revision) await changedSince(tx, row)
  const revision = row.revision + 1
  await addRevision(tx, {
    id,
    revision,
    parts,
    changed,
    ...(given.restoredFrom && { restoredFrom: given.restoredFrom }),
  })
  const quiet =
    row.state === 'draft' &&
    row.audited_by === tx.actor.personId &&
    row.audited_at !== null &&
    tx.at.getTime() - row.audited_at.getTime() < QUIET_MS
  const told = !quiet || given.restoredFrom !== undefined
  await tx.sql(
    `update procedure_draft set revision = $2, updated_at = $3, updated_by = $4, state = 'draft',
            author_ids = case when $4 = any(author_ids) then author_ids else author_ids || $4::uuid end,
            audited_at = case when $5 then $3 else audited_at end,
            audited_by = case when $5 then $4 else audited_by end
      where id = $1`,
    [id, revision, tx.at, tx.actor.personId, told],
  )
  if (row.state !== 'draft') await addAct(tx, { id, kind: 'returned', revision })
  if (told)
    tx.audit({ act: 'draft.saved', detail: { draft: id, revision, restoredFrom: given.restoredFrom } })
  return { revision, updatedAt: tx.at }
}

/** Gives a draft another name; its content, and where it stands in the review, stay. */
export async function renameDraft(tx: Tx, id: string, title: string): Promise<{ title: string }> {
  const row = await draftRow(tx, id, { lock: true })
  if (!isOpen(row)) throw draftClosed()
  if (!mayEdit(tx, row)) throw forbidden()
  const name = title.normalize('NFC')
  if (name !== row.title) {
    await tx.sql('update procedure_draft set title = $2 where id = $1', [id, name])
    tx.audit({ act: 'draft.renamed', detail: { draft: id } })
  }
  return { title: name }
}

/** Brings an earlier revision back as a new one. */
export async function restoreRevision(tx: Tx, id: string, n: number, revision: number) {
  const row = await draftAt(tx, id, revision)
  const { source } = await revisionOf(tx.sql, id, n)
  return saveDraft(tx, id, { revision: row.revision, changes: source, restoredFrom: n })
}

type Act = z.infer<typeof ActKind>

/** Writes what happened to a draft beside its saves. The draft's row is locked by the caller. */
export async function addAct(
  tx: Tx,
  { id, kind, revision, note = '' }: { id: string; kind: Act; revision: number; note?: string },
): Promise<void> {
  await tx.sql(
    `insert into draft_act (draft_id, n, kind, revision, note, at, by)
     values ($1, (select coalesce(max(n), 0) + 1 from draft_act where draft_id = $1), $2, $3, $4, $5, $6)`,
    [id, kind, revision, note.normalize('NFC'), tx.at, tx.actor.personId],
  )
}
