import { z } from 'zod'
import { MOST_DIAGRAM } from '../source.ts'

const words = z.object({ vi: z.string(), en: z.string() })

export const CheckDiagram = z.strictObject({
  kind: z.enum(['bpmn', 'dmn']),
  xml: z.string().min(1).max(MOST_DIAGRAM),
  /** The procedure it is for; without it any process id is taken. */
  code: z
    .string()
    .regex(/^\d\.\d{6}(-[A-Z0-9]+)?$/)
    .optional(),
})

const Place = z.object({
  rule: z.string(),
  line: z.int(),
  elementId: z.string().nullable(),
  message: words,
})

export const CheckedDiagram = z.object({
  harmless: z.boolean(),
  /** Why it is refused. */
  harms: z.array(Place),
  /** What is kept, and has no effect. */
  notes: z.array(Place),
})

/** What a source is checked against on the server, for whoever checks it in a browser. */
export const LintContext = z.object({
  /** The legal day, YYYY-MM-DD. */
  today: z.iso.date(),
  roles: z.array(z.string()),
  jobTypes: z.array(z.string()),
})

export const CheckForm = z.strictObject({ schema: z.record(z.string(), z.json()) })

export const CheckedForm = z.object({
  /** What keeps the form from being compiled. */
  fault: z.string().nullable(),
})
