import { answerOf, BeyondUs, passes, type Value } from './feel.ts'
import type { Table } from './table.ts'

export type Tried =
  /** The first rule whose every test passes, counted from 0, with its outputs by name. */
  | { state: 'matched'; rule: number; outputs: Record<string, string> }
  | { state: 'none' }
  /** A rule on the way there says something that only the engine can work out. */
  | { state: 'beyond'; rule: number; words: string }

/** What a table answers these facts, for tables that take the first rule that fits. */
export function tryTable(table: Table, facts: Record<string, Value>): Tried {
  for (const [n, rule] of table.rules.entries()) {
    try {
      const fits = table.inputs.every((input, column) =>
        passes(rule.inputs[column] ?? '', facts[input.expression.trim()] ?? null, facts),
      )
      if (!fits) continue
      const outputs = table.outputs.map((output, column) => [
        output.expression,
        String(answerOf(rule.outputs[column] ?? '', facts) ?? ''),
      ])
      return { state: 'matched', rule: n, outputs: Object.fromEntries(outputs) }
    } catch (error) {
      if (error instanceof BeyondUs) return { state: 'beyond', rule: n, words: error.message }
      throw error
    }
  }
  return { state: 'none' }
}
