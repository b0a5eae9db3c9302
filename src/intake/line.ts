import type { FieldError } from '../http/problem.ts'

export const VERDICTS = ['refused', 'added', 'changed', 'unchanged'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What becomes of one row of the file. */
export type Line = {
  row: number
  /** Code or login, as far as it could be read. */
  code: string
  name: string
  verdict: Verdict
  /** Why it is refused, by column; '' is the row as a whole. */
  faults: FieldError[]
  /** Columns that change something there is. */
  changes: string[]
}

export const fault = (field: string, vi: string, en: string): FieldError => ({ field, message: { vi, en } })
