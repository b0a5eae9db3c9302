import type { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { type FieldError, unprocessable } from '../../http/problem.ts'
import { assemble, SourceError } from '../../procedures/assemble.ts'
import { publishedVersion } from '../../procedures/version.ts'
import { readDraft } from '../drafts/draft.ts'
import { type Flow, type FlowNode, readDiagram, UnreadableDiagram } from '../flow/diagram.ts'
import { checkOnServer, lintContext } from '../lint/server.ts'
import { filesOf, type ProcedureSource } from '../source.ts'
import type { Assumptions, Design } from './plan.ts'
import type { ReplaySetup } from './schemas.ts'

export type Designs = {
  code: string
  revision: number
  current: Design & { version: number }
  draft: Design
}

const isStop = ({ kind }: FlowNode) => kind === 'step' || kind === 'wait'
export const stopsOf = ({ nodes }: Flow): FlowNode[] => [...nodes.values()].filter(isStop)

/** A draft and the version it redesigns, ready to be replayed. Throws 404, or 422 with what keeps the draft from it. */
export async function designsOf(tx: Tx, draftId: string): Promise<Designs> {
  const { code, revision, source, baseVersionId } = await readDraft(tx, draftId)
  const [base] = await tx.sql<{ id: string; version: number; bpmn: string }>(
    'select id, version, bpmn from procedure_version where id = $1 or ($1::uuid is null and code = $2 and current)',
    [baseVersionId, code],
  )
  if (!base)
    throw unprocessable('no-version', {
      vi: 'Thủ tục này chưa có phiên bản nào đang chạy nên chưa có hồ sơ để phát lại.',
      en: 'This procedure has no version in force yet, so there are no dossiers to replay.',
    })
  try {
    const { definition, bpmn } = assemble(filesOf(source))
    return {
      code,
      revision,
      current: {
        version: base.version,
        flow: await readDiagram(base.bpmn),
        definition: (await publishedVersion(tx.sql, base.id)).definition,
      },
      draft: { flow: await readDiagram(bpmn), definition },
    }
  } catch (error) {
    if (error instanceof SourceError)
      throw unprocessable(
        'draft-not-whole',
        {
          vi: 'Bản thảo chưa thành một thủ tục nên chưa phát lại được; hãy sửa các mục được nêu.',
          en: 'The draft makes no procedure yet and cannot be replayed; mend what is named.',
        },
        (await mends(tx, source, error)).slice(0, 20),
      )
    if (error instanceof UnreadableDiagram)
      throw invalidField(
        'bpmn',
        `Không đọc được sơ đồ: ${error.message}`,
        `The diagram cannot be read: ${error.message}`,
      )
    throw error
  }
}

/** What is to be mended, in the words of the rules that the editor shows; what they pass over, in the reader's own. */
async function mends(tx: Tx, source: ProcedureSource, { faults }: SourceError): Promise<FieldError[]> {
  const found = await checkOnServer(source, await lintContext(tx))
  const errors = found.filter(({ severity }) => severity === 'error')
  // Data without their shape cannot be read: what else is found follows from that.
  const shapes = errors.filter(({ rule }) => rule === 'shape')
  const told = (shapes.length > 0 ? shapes : errors).map(({ field, elementId, part, message }) => ({
    field: field ?? elementId ?? part,
    message,
  }))
  if (told.length > 0) return told
  return faults.map(({ file, field, message }) => ({
    field: field ? `${file}: ${field}` : file,
    message: { vi: message, en: message },
  }))
}

const named = ({ id, name }: FlowNode) => ({ id, name: name || id })

/** Working minutes that the draft itself gives a step, in any case; a working hour where it gives none. */
function allotted({ definition }: Design, id: string): number {
  const minutes = Object.values(definition.allotments).flatMap((steps) => {
    const span = steps[id]
    if (!span) return []
    return [span.unit === 'working-hour' ? span.value * 60 : span.value * 480]
  })
  return Math.max(...minutes, 0) || 60
}

const takerOf = ({ definition }: Design, gone: string, kept: ReadonlySet<string>): string | null =>
  Object.entries(definition.steps).find(
    ([id, { mergedFrom }]) => kept.has(id) && mergedFrom?.includes(gone),
  )?.[0] ?? null

/** What the analyst has to assume, with a suggestion. */
export function setupOf(
  { code, revision, current, draft }: Designs,
  period: { from: string; to: string },
): z.input<typeof ReplaySetup> {
  const known = new Set(stopsOf(current.flow).map(({ id }) => id))
  const kept = new Set(stopsOf(draft.flow).map(({ id }) => id))
  return {
    code,
    revision,
    baseVersion: current.version,
    ...period,
    newSteps: stopsOf(draft.flow)
      .filter(({ id }) => !known.has(id))
      .map((node) => {
        const likely = allotted(draft, node.id)
        return {
          ...named(node),
          kind: node.kind as 'step' | 'wait',
          suggested: { shape: 'triangular' as const, least: likely / 2, likely, most: likely * 2 },
        }
      }),
    removedSteps: stopsOf(current.flow)
      .filter(({ id }) => !kept.has(id))
      .map((node) => ({ ...named(node), into: takerOf(draft, node.id, kept) })),
    steps: stopsOf(draft.flow).map(named),
    gateways: [...draft.flow.nodes.values()]
      .filter(({ kind, ways }) => kind === 'choice' && ways.length > 1)
      .map((node) => ({
        ...named(node),
        isNew: !current.flow.nodes.has(node.id),
        ways: node.ways.map(({ id, name, target }) => ({ id, name: name || id, target })),
      })),
  }
}

/** Every assumption speaks of something there is, and nothing that has to be assumed is missing. */
export function checkAssumptions({ current, draft }: Designs, given: Assumptions): void {
  const stops = new Set(stopsOf(draft.flow).map(({ id }) => id))
  const old = new Set(stopsOf(current.flow).map(({ id }) => id))
  const strange = (field: string) =>
    invalidField(
      field,
      'Sơ đồ không có phần tử này; hãy tải lại trang rồi nhập lại.',
      'The diagram has no such element; load the page again and enter it anew.',
    )
  for (const id of Object.keys(given.steps)) if (!stops.has(id)) throw strange(`steps.${id}`)
  for (const [id, sources] of Object.entries(given.takesOver))
    if (!stops.has(id) || sources.some((source) => !old.has(source))) throw strange(`takesOver.${id}`)
  for (const [id, weights] of Object.entries(given.gateways)) {
    const node = draft.flow.nodes.get(id)
    const ways = node?.ways.map((way) => way.id) ?? []
    if (node?.kind !== 'choice' || Object.keys(weights).some((way) => !ways.includes(way)))
      throw strange(`gateways.${id}`)
    if (Object.values(weights).every((weight) => weight === 0))
      throw invalidField(
        `gateways.${id}`,
        'Ít nhất một hướng phải có tỷ lệ lớn hơn 0.',
        'At least one way must have a share above 0.',
      )
  }
  for (const id of stops)
    if (!old.has(id) && !given.takesOver[id] && !given.steps[id])
      throw invalidField(
        `steps.${id}`,
        `Bước mới “${draft.flow.nodes.get(id)?.name || id}” cần một ước lượng thời gian.`,
        `The new step “${draft.flow.nodes.get(id)?.name || id}” needs an estimate.`,
      )
}
