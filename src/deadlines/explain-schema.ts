import { z } from 'zod'
import { PROOF_KINDS } from './proof.ts'

const LARGEST_TEXT = 300

const WithSeconds = z.iso.datetime({ offset: true, local: true })

/**
 * An instant in ISO 8601, to the minute or finer, as proofs write it and as programs do; without an offset it is a
 * wall-clock time of Asia/Ho_Chi_Minh.
 */
const Instant = z
  .string()
  .refine((text) => WithSeconds.safeParse(text.replace(/^(.{10}T\d\d:\d\d)(?=[Z+-])/, '$1:00')).success, {
    params: {
      vi: 'Phải là thời điểm, ví dụ 2026-11-24T17:00:00+07:00.',
      en: 'Must be a time such as 2026-11-24T17:00:00+07:00.',
    },
  })
const Unit = z.enum(['working-day', 'working-hour', 'half-day', 'calendar-day', 'month', 'same-day'])
const Span = z.strictObject({ value: z.number(), unit: Unit })

/** What can be asked of the clock without a dossier. */
export const Question = z.strictObject({
  received: Instant,
  limit: z.strictObject({
    ...Span.shape,
    /** Two appointments, with the mode EXCLUDED-STAGE: the second is counted from `resumed`. */
    split: z.strictObject({ first: Span, second: Span }).optional(),
  }),
  mode: z.enum(['RESTART', 'PAUSE', 'EXCLUDED-STAGE']).default('RESTART'),
  events: z
    .array(
      z.strictObject({
        at: Instant,
        kind: z.enum(['asked', 'complete', 'excluded', 'resumed', 'finished']),
        /** The paper behind the event, named in the proof. */
        document: z.string().max(LARGEST_TEXT).optional(),
      }),
    )
    .max(200)
    .default([]),
  /** Code of the agency whose working hours count; the usual office hours without it. */
  agency: z.string().min(1).max(60).optional(),
  /** A legal day or an instant: rules and calendar as known then. */
  asOf: z.union([z.iso.date(), Instant]).optional(),
})
export type Question = z.output<typeof Question>

const Words = z.object({ vi: z.string(), en: z.string() })

/** One step of the proof; `warning` names an undecided day, `sentence` is the proof in words, as letters print it. */
const Line = z.object({
  kind: z.enum([...PROOF_KINDS, 'warning', 'sentence']),
  day: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  counted: z.boolean(),
  minutes: z.number().optional(),
  reason: Words,
  source: z.string(),
  dueAtIfOff: z.string().optional(),
})

const LegalInstant = z.iso.datetime({ offset: true })

export const Explained = z.object({
  /** Null while the clock stands still, and with it the two moments before. */
  dueAt: LegalInstant.nullable(),
  warnAt: LegalInstant.nullable(),
  apologyBy: LegalInstant.nullable(),
  /** A year without a decision was consulted: the dates may move. */
  provisional: z.boolean(),
  proof: z.array(Line),
})
export type Explained = z.output<typeof Explained>
