import type { Sql } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { notFound } from '../../http/problem.ts'
import { publishedVersion } from '../../procedures/version.ts'
import { readDrawn } from './drawn.ts'
import type { Mapping } from './precheck.ts'
import type { Side } from './verdict.ts'

// Published versions never change.
const known = new Map<string, Side>()

/** A published version with what migration asks of its diagram. Throws 404 when there is none. */
export async function sideOf(sql: Sql, versionId: string): Promise<Side> {
  const cached = known.get(versionId)
  if (cached) return cached
  const [row] = await sql<{ bpmn: string }>('select bpmn from procedure_version where id = $1', [versionId])
  if (!row)
    throw notFound({
      vi: 'Không có phiên bản này. Hãy chọn phiên bản trong danh sách của thủ tục.',
      en: 'There is no such version. Choose one from the list of the procedure.',
    })
  const { version, processId, definition } = await publishedVersion(sql, versionId)
  const side = { versionId, version, processId, definition, drawn: await readDrawn(row.bpmn), bpmn: row.bpmn }
  known.set(versionId, side)
  return side
}

/** Whether a version is, or has been, the one that filings get. What is planned, waits for a decision or was taken back binds nobody. */
export async function wasInForce(sql: Sql, versionId: string): Promise<boolean> {
  const rows = await sql('select from procedure_version where id = $1 and ever_current', [versionId])
  return rows.length > 0
}

/** Both versions of a move. 422 when they are the same, of two procedures, or the new one was never in force; 404 when one is not there. */
export async function sidesOf(
  sql: Sql,
  { fromVersionId, toVersionId }: { fromVersionId: string; toVersionId: string },
): Promise<{ from: Side; to: Side }> {
  const [from, to] = [await sideOf(sql, fromVersionId), await sideOf(sql, toVersionId)]
  if (fromVersionId === toVersionId)
    throw invalidField(
      'toVersionId',
      'Phiên bản đi và phiên bản đến là một; hãy chọn phiên bản khác.',
      'The dossiers are under this version already; choose another one.',
    )
  if (from.definition.code !== to.definition.code)
    throw invalidField(
      'toVersionId',
      `Phiên bản đến thuộc thủ tục ${to.definition.code}; hãy chọn phiên bản của ${from.definition.code}.`,
      `The version belongs to ${to.definition.code}; choose one of ${from.definition.code}.`,
    )
  if (!(await wasInForce(sql, toVersionId)))
    throw invalidField(
      'toVersionId',
      'Phiên bản đến chưa từng có hiệu lực; hãy chọn phiên bản đang hoặc đã có hiệu lực.',
      'That version has never been in force; choose one that is, or has been.',
    )
  return { from, to }
}

/** 422 naming the row: a step that is not there, or mapped twice. */
export function checkMapping(from: Side, to: Side, mapping: Mapping): void {
  mapping.forEach((pair, n) => {
    const twice = mapping.findIndex((other) => other.from === pair.from) !== n
    if (twice || !from.definition.steps[pair.from])
      throw invalidField(
        `mapping.${n}.from`,
        twice ? 'Bước này đã được nối ở dòng trên; giữ một dòng.' : 'Phiên bản cũ không có bước này.',
        twice ? 'This step is mapped above; keep one row.' : 'The old version has no such step.',
      )
    if (!to.definition.steps[pair.to])
      throw invalidField(
        `mapping.${n}.to`,
        'Phiên bản mới không có bước này.',
        'The new version has no such step.',
      )
  })
}
