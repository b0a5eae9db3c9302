import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import type { Draft } from '../../http/route.ts'
import { ruleFaults } from '../publishing/warnings.ts'
import { type DraftRow, draftRow, mayEdit, mayReview, readDraft, revisionOf } from './draft.ts'
import type {
  AcknowledgementList,
  CommentList,
  DraftActs,
  DraftList,
  DraftQuery,
  DraftSummary,
  DraftView,
  RevisionList,
  RevisionView,
} from './schemas.ts'

type Person = { id: string; name: string }
type SummaryRow = DraftRow & {
  base: { id: string; version: number } | null
  authors: Person[]
  updater: Person
  open_comments: number
}

const SHOWN = 500
const REVISIONS = 200

const person = (column: string) =>
  `(select jsonb_build_object('id', p.id, 'name', p.full_name) from person p where p.id = ${column})`

const summarySql = (where: string) =>
  `select d.id, d.code, d.title, d.state, d.revision, d.author_ids, d.updated_at, d.updated_by, d.base_version_id,
          (select jsonb_build_object('id', v.id, 'version', v.version) from procedure_version v
            where v.id = d.base_version_id) as base,
          (select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.full_name) order by array_position(d.author_ids, p.id))
             from person p where p.id = any(d.author_ids)) as authors,
          ${person('d.updated_by')} as updater,
          (select count(*)::int from draft_comment c where c.draft_id = d.id and c.resolved_at is null) as open_comments
     from procedure_draft d where ${where}`

const summaryOf = (tx: Tx, row: SummaryRow): Draft<z.input<typeof DraftSummary>> => ({
  id: row.id,
  code: row.code,
  title: row.title,
  state: row.state,
  revision: row.revision,
  baseVersion: row.base,
  authors: row.authors,
  updatedAt: row.updated_at,
  updatedBy: row.updater,
  openComments: row.open_comments,
  mayDecide: row.state === 'review' && mayReview(tx, row),
  mayEdit: mayEdit(tx, row),
})

/** Drafts that the actor may read, the latest saved first. */
export async function drafts(
  tx: Tx,
  { code, state }: z.output<typeof DraftQuery>,
): Promise<Draft<z.input<typeof DraftList>>> {
  const params: unknown[] = [code ?? null, state ?? null]
  const readable = scope(tx.actor.ability, 'read', 'Draft', 'd', params)
  const rows = await tx.sql<SummaryRow>(
    `${summarySql(`($1::text is null or d.code = $1) and ($2::text is null or d.state = $2) and ${readable}`)}
      order by d.updated_at desc, d.id desc limit ${SHOWN}`,
    params,
  )
  return { drafts: rows.map((row) => summaryOf(tx, row)) }
}

export async function draftView(tx: Tx, id: string): Promise<Draft<z.input<typeof DraftView>>> {
  const params: unknown[] = [id]
  const readable = scope(tx.actor.ability, 'read', 'Draft', 'd', params)
  const [row] = await tx.sql<SummaryRow>(summarySql(`d.id = $1 and ${readable}`), params)
  if (!row) throw notFound()
  const { source } = await revisionOf(tx.sql, id, row.revision)
  return { ...summaryOf(tx, row), source }
}

type RevisionRow = {
  revision: number
  at: Date
  by: Person
  changed: z.output<typeof RevisionView>['changed']
  restored_from: number | null
}

const revisionSql = `select r.revision, r.at, ${person('r.by')} as by, r.changed, r.restored_from
  from procedure_draft_revision r where r.draft_id = $1`

const revisionRow = ({ restored_from: restoredFrom, ...row }: RevisionRow) => ({ ...row, restoredFrom })

export async function revisions(
  tx: Tx,
  id: string,
  before: number | undefined,
): Promise<Draft<z.input<typeof RevisionList>>> {
  await draftRow(tx, id)
  const rows = await tx.sql<RevisionRow>(
    `${revisionSql} and ($2::int is null or r.revision < $2) order by r.revision desc limit ${REVISIONS + 1}`,
    [id, before ?? null],
  )
  return { revisions: rows.slice(0, REVISIONS).map(revisionRow), more: rows.length > REVISIONS }
}

export async function revisionView(
  tx: Tx,
  id: string,
  n: number,
): Promise<Draft<z.input<typeof RevisionView>>> {
  await draftRow(tx, id)
  const [row] = await tx.sql<RevisionRow>(`${revisionSql} and r.revision = $2`, [id, n])
  if (!row) throw notFound()
  return { ...revisionRow(row), source: (await revisionOf(tx.sql, id, n)).source }
}

type CommentRow = {
  n: number
  element_id: string | null
  text: string
  revision: number
  by: Person
  at: Date
  resolved_by: Person | null
  resolved_at: Date | null
}

export async function comments(
  tx: Tx,
  id: string,
  mayComment: boolean,
): Promise<Draft<z.input<typeof CommentList>>> {
  const rows = await tx.sql<CommentRow>(
    `select c.n, c.element_id, c.text, c.revision, ${person('c.by')} as by, c.at, ${person('c.resolved_by')} as resolved_by,
            c.resolved_at
       from draft_comment c where c.draft_id = $1 order by c.n`,
    [id],
  )
  return {
    mayComment,
    comments: rows.map((row) => ({
      n: row.n,
      elementId: row.element_id,
      text: row.text,
      revision: row.revision,
      by: row.by,
      at: row.at,
      resolvedBy: row.resolved_by,
      resolvedAt: row.resolved_at,
    })),
  }
}

type ActRow = z.output<typeof DraftActs>['acts'][number] & { at: Date }

export async function acts(tx: Tx, id: string): Promise<Draft<z.input<typeof DraftActs>>> {
  await draftRow(tx, id)
  const rows = await tx.sql<ActRow>(
    `select a.n, a.kind, a.revision, a.note, a.at, ${person('a.by')} as by from draft_act a where a.draft_id = $1 order by a.n`,
    [id],
  )
  return { acts: rows }
}

type AcknowledgementRow = {
  rule: string
  element_id: string
  fingerprint: string
  message: { vi: string; en: string } | null
  reason: string
  revision: number
  by: Person
  at: Date
}

export async function acknowledgements(
  tx: Tx,
  id: string,
  mayAcknowledge: boolean,
): Promise<Draft<z.input<typeof AcknowledgementList>>> {
  const { source } = await readDraft(tx, id)
  const { warnings } = await ruleFaults(tx, source)
  const rows = await tx.sql<AcknowledgementRow>(
    `select a.rule, a.element_id, a.fingerprint, a.message, a.reason, a.revision, ${person('a.by')} as by, a.at
       from draft_acknowledgement a where a.draft_id = $1 order by a.rule, a.element_id, a.at`,
    [id],
  )
  return {
    mayAcknowledge,
    acknowledgements: rows.map(({ element_id: elementId, fingerprint, ...row }) => ({
      ...row,
      elementId: elementId || null,
      stands: warnings.some(
        (one) =>
          one.rule === row.rule && (one.elementId ?? '') === elementId && one.fingerprint === fingerprint,
      ),
    })),
  }
}
