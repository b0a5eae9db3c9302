import { z } from 'zod'
import { text } from '../../procedures/definition.ts'
import { JudgedChange } from '../savings/judged.ts'
import { Savings as SavingsFigures } from '../savings/schemas.ts'

/** With what a draft is compared: a published version, or one of its own revisions. */
export const Against = z.union([z.uuid(), z.coerce.number().int().min(1).max(1_000_000)])
export const CompareQuery = z.strictObject({ against: Against.optional() })

const side = z.strictObject({
  label: text,
  bpmn: z.string(),
})
export const Comparison = z.strictObject({
  code: z.string(),
  name: text,
  title: z.string(),
  revision: z.int(),
  /** Null: a procedure that is new, with nothing to compare it to. */
  before: z
    .strictObject({ ...side.shape, versionId: z.uuid().nullable(), revision: z.int().nullable() })
    .nullable(),
  after: side,
  changes: z.array(JudgedChange),
  /** Other things it can be compared with, newest first. */
  choices: z.array(z.strictObject({ against: z.string(), label: text })),
})

export const Savings = z.strictObject({
  ...SavingsFigures.shape,
  /** Whether the reader may set the parameters. */
  maySet: z.boolean(),
})
