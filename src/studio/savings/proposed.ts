import { listOf, recOf } from '../diff/keyed.ts'
import type { ProcedureSource } from '../source.ts'
import type { JudgedChange } from './judged.ts'

type Row = ReturnType<typeof recOf>
type Json = ProcedureSource['definition'][string]

/** Lists whose rows are known by a field of their own. */
const ROWS: Record<string, (row: Row) => string> = {
  papers: ({ key }) => String(key),
  limits: (row) => String(row.case),
  fees: (row) => `${row.channel} ${row.case ?? '*'}`,
}

/**
 * The version in force with what is proposed and nothing else of a redesign: what a ministry would be asked for, and
 * what that alone would save.
 */
export function withProposals(
  before: ProcedureSource,
  after: ProcedureSource,
  proposals: JudgedChange[],
): ProcedureSource {
  const definition = structuredClone(before.definition)
  for (const { field } of proposals) {
    const [top = '', key = ''] = (field ?? '').split('.')
    const keyOf = ROWS[top]
    if (!keyOf) {
      definition[top] = (after.definition[top] ?? null) as Json
      continue
    }
    // As a change's field names it.
    const is = (row: unknown) => keyOf(recOf(row)).replaceAll('.', '_') === key
    const rows = listOf(definition[top])
    const now = listOf(after.definition[top]).find(is)
    const at = rows.findIndex(is)
    if (now === undefined) rows.splice(at, at < 0 ? 0 : 1)
    else if (at < 0) rows.push(now)
    else rows[at] = now
    definition[top] = rows as Json
  }
  return { ...before, definition }
}
