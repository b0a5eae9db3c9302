import type { z } from 'zod'
import { scope } from '../../access/scope.ts'
import { formatLegal } from '../../calendar/format.ts'
import type { Tx } from '../../database/transaction.ts'
import { notFound, unprocessable } from '../../http/problem.ts'
import type { Text } from '../../text.ts'
import { UnreadableDiagram } from '../diff/diagram.ts'
import { say } from '../diff/words.ts'
import { draftRow, readDraft, revisionOf, versionSource } from '../drafts/draft.ts'
import type { ProcedureSource } from '../source.ts'
import type { Against } from './schemas.ts'

export type Compared = {
  draft: { id: string; code: string; title: string; revision: number }
  before: {
    source: ProcedureSource
    label: Required<Text>
    versionId: string | null
    revision: number | null
  } | null
  after: { source: ProcedureSource; label: Required<Text> }
}

type VersionRow = { id: string; version: number; current: boolean }

const versionLabel = ({ version, current }: VersionRow) =>
  current
    ? say(`Phiên bản ${version} (đang có hiệu lực)`, `Version ${version} (in force)`)
    : say(`Phiên bản ${version}`, `Version ${version}`)

async function versions(tx: Tx, code: string): Promise<VersionRow[]> {
  const params: unknown[] = [code]
  const readable = scope(tx.actor.ability, 'read', 'Procedure', 'v', params)
  return tx.sql<VersionRow>(
    `select v.id, v.version, v.current from procedure_version v where v.code = $1 and ${readable}
      order by v.version desc limit 20`,
    params,
  )
}

/**
 * A draft, and what it is compared with: the version or revision asked for, else the version it was begun from. 404 for
 * a version of another procedure or a revision there is none of.
 */
export async function comparedDraft(
  tx: Tx,
  id: string,
  against: z.output<typeof Against> | undefined,
): Promise<Compared> {
  const { source, baseVersionId, ...draft } = await readDraft(tx, id)
  const after = {
    source,
    label: say(
      `Bản thảo “${draft.title}”, lần lưu ${draft.revision}`,
      `Draft “${draft.title}”, revision ${draft.revision}`,
    ),
  }
  if (typeof against === 'number') {
    const { source: earlier } = await revisionOf(tx.sql, id, against)
    const label = say(`Bản thảo, lần lưu ${against}`, `Draft, revision ${against}`)
    return { draft, before: { source: earlier, label, versionId: null, revision: against }, after }
  }
  const versionId = against ?? baseVersionId
  if (versionId === null) return { draft, before: null, after }
  const version = (await versions(tx, draft.code)).find((one) => one.id === versionId)
  if (!version)
    throw notFound({
      vi: `Thủ tục ${draft.code} không có phiên bản này. Hãy chọn phiên bản hoặc lần lưu trong danh sách.`,
      en: `Procedure ${draft.code} has no such version. Choose a version or revision from the list.`,
    })
  return {
    draft,
    before: {
      source: await versionSource(tx, versionId),
      label: versionLabel(version),
      versionId,
      revision: null,
    },
    after,
  }
}

const MOST_REVISIONS = 20

/** What a draft can be compared with: the procedure's versions and the draft's own earlier states, newest first. */
export async function choicesOf(
  tx: Tx,
  id: string,
  code: string,
): Promise<{ against: string; label: Required<Text> }[]> {
  const row = await draftRow(tx, id)
  const revisions = await tx.sql<{ revision: number; at: Date }>(
    `select revision, at from procedure_draft_revision where draft_id = $1 and revision < $2
      order by revision desc limit ${MOST_REVISIONS}`,
    [id, row.revision],
  )
  return [
    ...(await versions(tx, code)).map((version) => ({ against: version.id, label: versionLabel(version) })),
    ...revisions.map(({ revision, at }) => ({
      against: String(revision),
      label: say(
        `Lần lưu ${revision}, ${formatLegal(at, 'vi')}`,
        `Revision ${revision}, ${formatLegal(at, 'en')}`,
      ),
    })),
  ]
}

/** A diagram that cannot be read is the draft's fault, said as one. */
export async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UnreadableDiagram)) throw error
    throw unprocessable(
      'unreadable-diagram',
      {
        vi: 'Không đọc được sơ đồ của một trong hai bản. Hãy mở bản thảo, sửa sơ đồ rồi so sánh lại.',
        en: 'The diagram of one of the two cannot be read. Open the draft, mend its diagram and compare again.',
      },
      [
        {
          field: 'bpmn',
          message: { vi: `Sơ đồ không đúng: ${error.message}`, en: `Not a diagram: ${error.message}` },
        },
      ],
    )
  }
}
