import { z } from 'zod'
import { KINDS } from './columns.ts'
import { VERDICTS } from './line.ts'

const Words = z.object({ vi: z.string(), en: z.string() })
export const Kind = z.enum(KINDS)

/** What a file may hold, for whoever writes one. */
export const Guide = z.object({
  columns: z.array(
    z.object({ key: z.string(), label: Words, help: Words, required: z.boolean(), max: z.int() }),
  ),
  maxRows: z.int(),
  maxBytes: z.int(),
})

const Line = z.object({
  /** As a spreadsheet counts. */
  row: z.int(),
  code: z.string(),
  name: z.string(),
  verdict: z.enum(VERDICTS),
  faults: z.array(z.object({ column: z.string(), message: z.string() })),
  changes: z.array(z.string()),
})

export const Report = z.object({
  saved: z.boolean(),
  /** Of the file: taking over asks for it. */
  sha256: z.string(),
  counts: z.record(z.enum(VERDICTS), z.int()),
  /** The first lines of each verdict; `csv` has them all. */
  lines: z.array(Line),
  csv: z.string(),
  /** Whom a file has added: they have no password yet. */
  people: z.array(z.uuid()),
})
export type Report = z.infer<typeof Report>
