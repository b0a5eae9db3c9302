import { z } from 'zod'
import { PERSONAL_KINDS } from '../../personal/mask.ts'
import { text } from '../../procedures/definition.ts'

const json = z.record(z.string(), z.json())

/** A question as procedures in force ask it: the same key in the same shape. */
export const KnownField = z.object({
  key: z.string(),
  title: text,
  schema: json,
  ui: json,
  /** What kind of personal data it asks for, by its mark or its name. */
  personal: z.enum(PERSONAL_KINDS).nullable(),
  procedures: z.array(z.object({ code: z.string(), name: text })),
  /**
   * Systems of the State that answer this very question in a procedure in force. That the paper or question may be
   * left out for it is for the text to say: nobody has verified that here.
   */
  heldBy: z.array(z.object({ system: z.string(), label: text, verified: z.literal(false) })),
})

export const KnownFieldList = z.object({ fields: z.array(KnownField) })
