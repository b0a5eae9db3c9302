import { z } from 'zod'
import { notFound, unprocessable } from '../../http/problem.ts'
import { idParams, type Route, route } from '../../http/route.ts'
import { skeletonFor } from '../catalogue/read.ts'
import {
  createDraft,
  draftRow,
  readDraft,
  renameDraft,
  restoreRevision,
  saveDraft,
  versionSource,
} from './draft.ts'
import { exportFile, importFile } from './file.ts'
import { acknowledgements, acts, comments, drafts, draftView, revisions, revisionView } from './read-model.ts'
import {
  acknowledge,
  addComment,
  giveVerdict,
  mayAcknowledge,
  mayComment,
  resolveComment,
  submitDraft,
  withdrawDraft,
} from './review.ts'
import {
  AcknowledgementList,
  CommentList,
  DraftActs,
  DraftList,
  DraftQuery,
  DraftView,
  ImportDraft,
  NewAcknowledgement,
  NewComment,
  NewDraft,
  OfRevision,
  ProcedureFile,
  RenameDraft,
  Renamed,
  RevisionList,
  RevisionQuery,
  RevisionView,
  revisionParams,
  SaveDraft,
  Saved,
  StateAnswer,
  Verdict,
  WithdrawDraft,
} from './schemas.ts'

const read = { action: 'read', subject: 'Draft' } as const
const update = { action: 'update', subject: 'Draft' } as const
const create = { action: 'create', subject: 'Draft' } as const

/** A whole procedure with its largest diagram, as JSON. */
const MOST_BYTES = 12_000_000

async function sourceFor(tx: Parameters<typeof versionSource>[0], { code, from }: z.output<typeof NewDraft>) {
  if ('skeleton' in from) return { source: await skeletonFor(tx, code), baseVersionId: null }
  const [version] = await tx.sql('select from procedure_version where id = $1 and code = $2', [
    from.version,
    code,
  ])
  if (!version)
    throw notFound({
      vi: `Thủ tục ${code} không có phiên bản này. Hãy chọn phiên bản trong danh sách của thủ tục.`,
      en: `Procedure ${code} has no such version. Choose one from its list.`,
    })
  return { source: await versionSource(tx, from.version), baseVersionId: from.version }
}

/** Drafts of procedures: what is typed, its revisions, and what reviewers say of it. */
export const draftRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/studio/drafts',
    summary: 'Drafts, the latest saved first',
    permission: read,
    query: DraftQuery,
    answer: DraftList,
    handler: ({ tx, query }) => drafts(tx, query),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts',
    summary: 'Begin a draft from a published version or from the catalogue',
    permission: create,
    body: NewDraft,
    answer: DraftView,
    status: 201,
    handler: async ({ tx, body }) => {
      const id = await createDraft(tx, {
        code: body.code,
        title: body.title,
        ...(await sourceFor(tx, body)),
      })
      return draftView(tx, id)
    },
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/import',
    summary: 'Begin a draft from a whole procedure in one file',
    permission: create,
    body: ImportDraft,
    answer: DraftView,
    status: 201,
    mostBytes: MOST_BYTES,
    handler: async ({ tx, body }) => {
      const source = importFile(body.file)
      const code = NewDraft.shape.code.safeParse(source.definition.code)
      if (!code.success)
        throw unprocessable(
          'procedure-file',
          {
            vi: 'procedure.json không có mã thủ tục đúng dạng, ví dụ 1.013225.',
            en: 'procedure.json has no code of a procedure such as 1.013225.',
          },
          [{ field: 'file.files.procedure.json', message: { vi: 'code: 1.013225', en: 'code: 1.013225' } }],
        )
      const [current] = await tx.sql<{ id: string }>(
        'select id from procedure_version where code = $1 and current',
        [code.data],
      )
      const id = await createDraft(tx, {
        code: code.data,
        title: body.title,
        source,
        baseVersionId: current?.id ?? null,
      })
      return draftView(tx, id)
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id',
    summary: 'A draft with its content',
    permission: read,
    params: idParams,
    answer: DraftView,
    handler: ({ tx, params }) => draftView(tx, params.id),
  }),
  route({
    method: 'put',
    path: '/api/studio/drafts/:id',
    summary: 'Save what was typed as the next revision',
    permission: update,
    params: idParams,
    body: SaveDraft,
    answer: Saved,
    mostBytes: MOST_BYTES,
    handler: ({ tx, params, body }) =>
      saveDraft(
        tx,
        params.id,
        body as { revision: number; changes: Parameters<typeof saveDraft>[2]['changes'] },
      ),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/revisions',
    summary: 'Every save of a draft, the latest first',
    permission: read,
    params: idParams,
    query: RevisionQuery,
    answer: RevisionList,
    handler: ({ tx, params, query }) => revisions(tx, params.id, query.before),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/revisions/:n',
    summary: 'A draft as it was saved then',
    permission: read,
    params: revisionParams,
    answer: RevisionView,
    handler: ({ tx, params }) => revisionView(tx, params.id, params.n),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/revisions/:n/restore',
    summary: 'Bring an earlier revision back as a new one',
    permission: update,
    params: revisionParams,
    body: OfRevision,
    answer: Saved,
    handler: ({ tx, params, body }) => restoreRevision(tx, params.id, params.n, body.revision),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/export',
    summary: 'The whole procedure as one file',
    permission: read,
    params: idParams,
    answer: ProcedureFile,
    handler: async ({ tx, params, res }) => {
      const { code, source } = await readDraft(tx, params.id)
      res.set('Content-Disposition', `attachment; filename="${code}.mot-cua.json"`)
      return exportFile(source)
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/diagram.bpmn',
    summary: 'The diagram of a draft as a BPMN file',
    permission: read,
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const { code, source } = await db.transact(actor, (tx) => readDraft(tx, params.id))
      res
        .set('Content-Disposition', `attachment; filename="${code}.bpmn"`)
        .type('application/xml; charset=utf-8')
        .send(source.bpmn)
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/comments',
    summary: 'What was said about a draft and its elements',
    permission: read,
    params: idParams,
    answer: CommentList,
    handler: async ({ tx, params }) => comments(tx, params.id, mayComment(tx, await draftRow(tx, params.id))),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/comments',
    summary: 'Say something about an element of a draft',
    permission: read,
    params: idParams,
    body: NewComment,
    answer: z.object({ n: z.int() }),
    status: 201,
    handler: async ({ tx, params, body }) => ({ n: await addComment(tx, params.id, body) }),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/comments/:n/resolve',
    summary: 'Settle a comment',
    permission: read,
    params: revisionParams,
    answer: z.void(),
    handler: ({ tx, params }) => resolveComment(tx, params.id, params.n),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/rename',
    summary: 'Give a draft another name',
    permission: update,
    params: idParams,
    body: RenameDraft,
    answer: Renamed,
    handler: ({ tx, params, body }) => renameDraft(tx, params.id, body.title),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/acts',
    summary: 'What became of a draft: handed in, approved, sent back, returned by a change',
    permission: read,
    params: idParams,
    answer: DraftActs,
    handler: ({ tx, params }) => acts(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/submit',
    summary: 'Hand a revision in for review',
    permission: update,
    params: idParams,
    body: OfRevision,
    answer: StateAnswer,
    handler: ({ tx, params, body }) => submitDraft(tx, params.id, body.revision),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/verdict',
    summary: 'Approve a revision, or send it back with a note',
    permission: { action: 'decide', subject: 'Draft' },
    params: idParams,
    body: Verdict,
    answer: StateAnswer,
    handler: ({ tx, params, body }) => giveVerdict(tx, params.id, body),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/withdraw',
    summary: 'Give a draft up; it stays readable',
    permission: update,
    params: idParams,
    body: WithdrawDraft,
    answer: StateAnswer,
    handler: ({ tx, params, body }) => withdrawDraft(tx, params.id, body),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/acknowledgements',
    summary: 'Warnings that stand, each with its reason',
    permission: read,
    params: idParams,
    answer: AcknowledgementList,
    handler: async ({ tx, params }) =>
      acknowledgements(tx, params.id, mayAcknowledge(tx, await draftRow(tx, params.id))),
  }),
  route({
    method: 'post',
    path: '/api/studio/drafts/:id/acknowledgements',
    summary: 'Say why a warning stands',
    permission: read,
    params: idParams,
    body: NewAcknowledgement,
    answer: z.void(),
    handler: ({ tx, params, body }) => acknowledge(tx, params.id, body),
  }),
]
