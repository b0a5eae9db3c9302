import { z } from 'zod'
import { allows } from '../../access/ability.ts'
import { legalDay } from '../../clock.ts'
import type { Tx } from '../../database/transaction.ts'
import { servePdf } from '../../documents/serve.ts'
import { unprocessable } from '../../http/problem.ts'
import { idParams, type Route, route } from '../../http/route.ts'
import type { Services } from '../../services.ts'
import { keyedFacts } from '../diff/keyed.ts'
import { nameOf } from '../diff/words.ts'
import { annexDocx } from '../documents/annex.ts'
import { beforeAfterPdf } from '../documents/before-after.ts'
import { proposalDocx } from '../documents/proposal.ts'
import { draftNumbers } from '../flow/numbers.ts'
import { costParameters } from '../savings/cost-parameters.ts'
import { readCounted } from '../savings/figures.ts'
import { judgedChanges, proposals } from '../savings/power.ts'
import { withProposals } from '../savings/proposed.ts'
import { savingsOf } from '../savings/savings.ts'
import { parametersOf, setParameters } from '../savings/store.ts'
import { volumeOf } from '../savings/volume.ts'
import { type Compared, choicesOf, comparedDraft, readable } from './compared.ts'
import { CompareQuery, Comparison, Savings } from './schemas.ts'

const permission = { action: 'read', subject: 'Draft' } as const
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

type Sink = { set(headers: Record<string, string>): unknown; send(body: Buffer): unknown }

function sendDocx(res: Sink, bytes: Buffer, name: string): undefined {
  res.set({
    'Content-Type': DOCX,
    'Content-Disposition': `attachment; filename="${name}.docx"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
  res.send(bytes)
  return undefined
}

/** Everything that the documents are drawn from, read in one transaction; they are drawn after it. */
async function gathered(tx: Tx, id: string, against: z.output<typeof CompareQuery>['against']) {
  const compared = await comparedDraft(tx, id, against)
  return {
    compared,
    volume: await volumeOf(tx, compared.draft.code),
    parameters: await parametersOf(tx),
    printedOn: legalDay(tx.at),
  }
}

type WithBefore = Compared & { before: NonNullable<Compared['before']> }
function demandBefore(compared: Compared): asserts compared is WithBefore {
  if (!compared.before)
    throw unprocessable('nothing-before', {
      vi: 'Thủ tục này mới, chưa có phiên bản trước để so. Hãy chọn một lần lưu để so với.',
      en: 'This procedure is new and has nothing before it. Choose a revision to compare with.',
    })
}

/** A draft beside what was before: in words, in figures, on one page, and as the papers that go with a decision. */
export const compareRoutes = (services: Pick<Services, 'settings'>): Route[] => [
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/diff',
    summary: 'What a draft changes, in words, and whose it is to decide',
    permission,
    params: idParams,
    query: CompareQuery,
    answer: Comparison,
    async handler({ tx, params, query }) {
      const { draft, before, after } = await comparedDraft(tx, params.id, query.against)
      const changes = before ? await readable(() => judgedChanges(before.source, after.source)) : []
      return {
        code: draft.code,
        name: nameOf(after.source.definition.name, draft.code),
        title: draft.title,
        revision: draft.revision,
        before: before && {
          label: before.label,
          bpmn: before.source.bpmn,
          versionId: before.versionId,
          revision: before.revision,
        },
        after: { label: after.label, bpmn: after.source.bpmn },
        changes,
        choices: await choicesOf(tx, params.id, draft.code),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/savings',
    summary: 'What a draft saves, each figure on its elements, per dossier and per year',
    permission,
    params: idParams,
    query: CompareQuery,
    answer: Savings,
    async handler({ tx, params, query }) {
      const { compared, volume, parameters } = await gathered(tx, params.id, query.against)
      const { before, after } = compared
      const savings = await readable(() =>
        savingsOf(before?.source ?? null, after.source, volume, parameters),
      )
      return { ...savings, maySet: allows(tx.actor.ability, 'update', 'Catalogue', {}) }
    },
  }),
  route({
    method: 'put',
    path: '/api/studio/cost-parameters',
    summary: 'Set what compliance cost is computed with, for the province',
    permission: { action: 'update', subject: 'Catalogue' },
    body: costParameters,
    answer: z.void(),
    handler: ({ tx, body }) => setParameters(tx, body),
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/before-after.pdf',
    summary: 'Before and after on one A3 page',
    permission,
    params: idParams,
    query: CompareQuery,
    answer: z.void(),
    async serve({ db, actor, params, query, res }) {
      const { compared, volume, parameters, printedOn } = await db.transact(actor, (tx) =>
        gathered(tx, params.id, query.against),
      )
      demandBefore(compared)
      const { draft, before, after } = compared
      const bytes = await readable(async () =>
        beforeAfterPdf({
          code: draft.code,
          before: { ...(await readCounted(before.source)), label: before.label.vi },
          after: { ...(await readCounted(after.source)), label: after.label.vi },
          changes: await judgedChanges(before.source, after.source),
          savings: await savingsOf(before.source, after.source, volume, parameters),
          printedOn,
          demo: services.settings.demo,
        }),
      )
      return servePdf(res, bytes, `truoc-sau-${draft.code}.pdf`)
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/annex.docx',
    summary: 'Annex “Quy trình nội bộ” of a draft, or of the version asked for',
    permission,
    params: idParams,
    query: CompareQuery,
    answer: z.void(),
    async serve({ db, actor, params, query, res }) {
      const { compared, printedOn } = await db.transact(actor, (tx) => gathered(tx, params.id, query.against))
      const { draft, before, after } = compared
      const shown = query.against !== undefined && before ? before : after
      const bytes = await annexDocx({
        code: draft.code,
        facts: keyedFacts(shown.source),
        earlier: before && shown === after ? keyedFacts(before.source) : null,
        numbers: await draftNumbers(shown.source),
        label: shown.label.vi,
        printedOn,
        demo: services.settings.demo,
      })
      return sendDocx(res, bytes, `quy-trinh-noi-bo-${draft.code}`)
    },
  }),
  route({
    method: 'get',
    path: '/api/studio/drafts/:id/proposal.docx',
    summary: 'What can only be proposed, with its reasons and savings',
    permission,
    params: idParams,
    query: CompareQuery,
    answer: z.void(),
    async serve({ db, actor, params, query, res }) {
      const { compared, volume, parameters, printedOn } = await db.transact(actor, (tx) =>
        gathered(tx, params.id, query.against),
      )
      demandBefore(compared)
      const { draft, before, after } = compared
      const bytes = await readable(async () => {
        const changes = await proposals(before.source, after.source)
        const proposed = withProposals(before.source, after.source, changes)
        return proposalDocx({
          code: draft.code,
          facts: keyedFacts(before.source),
          changes,
          savings: await savingsOf(before.source, proposed, volume, parameters),
          label: after.label.vi,
          printedOn,
          demo: services.settings.demo,
        })
      })
      return sendDocx(res, bytes, `phuong-an-don-gian-hoa-${draft.code}`)
    },
  }),
]
