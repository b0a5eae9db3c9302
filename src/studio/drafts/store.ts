import type { Sql } from '../../database/transaction.ts'
import type { ProcedureSource, SourcePart } from '../source.ts'
import { difference, sumOf, withDifference } from './texts.ts'

/** The hash of each part's text, as a revision keeps it. */
export type Parts = Record<SourcePart, string>

export const PARTS: readonly SourcePart[] = ['definition', 'eform', 'bpmn', 'dmn', 'results', 'examples']

/** A longer chain of differences would make opening slow; each chain begins with a whole text. */
const LONGEST_CHAIN = 40

const isText = (part: SourcePart): part is 'bpmn' | 'dmn' => part === 'bpmn' || part === 'dmn'

/** A part as it is kept: one value a line, so that a change is a few lines. */
export const textOfPart = (part: SourcePart, source: Partial<ProcedureSource>): string =>
  isText(part) ? source[part]! : JSON.stringify(source[part], null, 1)

const partOfText = (part: SourcePart, text: string): unknown => (isText(part) ? text : JSON.parse(text))

/** Texts of a draft by their hash. Throws when one is not there or is not what its hash says. */
async function textsOf(sql: Sql, draftId: string, sums: string[]): Promise<Map<string, string>> {
  const rows = await sql<{ wanted: string; content: string; depth: number }>(
    `with recursive chain as (
       select sha256 as wanted, base, content, depth from draft_text where draft_id = $1 and sha256 = any($2)
       union all
       select c.wanted, t.base, t.content, t.depth from chain c
         join draft_text t on t.draft_id = $1 and t.sha256 = c.base)
     select wanted, content, depth from chain order by wanted, depth`,
    [draftId, sums],
  )
  const texts = new Map<string, string>()
  for (const { wanted, content, depth } of rows)
    texts.set(wanted, depth === 0 ? content : withDifference(texts.get(wanted)!, content))
  for (const sum of sums)
    if (sumOf(texts.get(sum) ?? '') !== sum) throw new Error(`text ${sum} of draft ${draftId} is not whole`)
  return texts
}

export async function sourceAt(sql: Sql, draftId: string, parts: Parts): Promise<ProcedureSource> {
  const texts = await textsOf(sql, draftId, [...new Set(Object.values(parts))])
  return Object.fromEntries(
    PARTS.map((part) => [part, partOfText(part, texts.get(parts[part])!)]),
  ) as ProcedureSource
}

/**
 * Keeps the texts of changed parts and answers the parts of the next revision. A text that the draft has had before is
 * not kept again; another is kept as its changed lines where that is less than half of it.
 */
export async function keepParts(
  sql: Sql,
  draftId: string,
  changes: Partial<ProcedureSource>,
  before: Parts | null,
): Promise<Parts> {
  const parts = { ...before } as Parts
  for (const part of PARTS) {
    if (changes[part] === undefined) continue
    const text = textOfPart(part, changes)
    parts[part] = sumOf(text)
    if (parts[part] !== before?.[part]) await keepText(sql, draftId, text, before?.[part])
  }
  return parts
}

async function keepText(sql: Sql, draftId: string, text: string, before: string | undefined): Promise<void> {
  const sum = sumOf(text)
  const known = await sql<{ sha256: string; depth: number }>(
    'select sha256, depth from draft_text where draft_id = $1 and sha256 = any($2)',
    [draftId, before ? [sum, before] : [sum]],
  )
  if (known.some((row) => row.sha256 === sum)) return
  const base = known.find((row) => row.sha256 === before)
  let kept = { base: null as string | null, depth: 0, content: text }
  if (base && base.depth < LONGEST_CHAIN) {
    const texts = await textsOf(sql, draftId, [base.sha256])
    const content = difference(texts.get(base.sha256)!, text)
    if (content.length < text.length / 2) kept = { base: base.sha256, depth: base.depth + 1, content }
  }
  await sql('insert into draft_text (draft_id, sha256, base, depth, content) values ($1, $2, $3, $4, $5)', [
    draftId,
    sum,
    kept.base,
    kept.depth,
    kept.content,
  ])
}
