import { z } from 'zod'

const Instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })

const Deviation = z.object({
  kind: z.enum(['other-step', 'other-end', 'goes-on', 'incident', 'stuck']),
  elementId: z.string(),
  expected: z.string(),
  message: Text,
})

export const TrialExample = z.object({
  /** The example's file in the draft. */
  file: z.string(),
  name: Text,
  /** Elements in the order in which the token came to them. */
  path: z.array(z.string()),
  flows: z.array(z.string()),
  endedAt: z.string().nullable(),
  /** The end that the example says. */
  ends: z.string(),
  /** Steps of the example that were reached, of so many. */
  walked: z.int(),
  steps: z.int(),
  deviation: Deviation.nullable(),
})

export const TrialOutcome = z.object({
  problems: z.array(z.object({ elementId: z.string().nullable(), message: Text })),
  examples: z.array(TrialExample),
})

export const TrialSummary = z.object({
  id: z.uuid(),
  revision: z.int(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  progress: z.object({
    phase: z.enum(['starting', 'deploying', 'playing']).optional(),
    done: z.int().optional(),
    total: z.int().optional(),
  }),
  /** Why it could not run at all. */
  failure: Text.nullable(),
  askedAt: Instant,
  askedBy: z.string(),
  endedAt: Instant.nullable(),
})

export const TrialView = z.object({
  ...TrialSummary.shape,
  result: TrialOutcome.nullable(),
  /** The diagram of the revision that ran. */
  bpmn: z.string(),
})

export const TrialList = z.object({
  trials: z.array(TrialSummary),
  /** Why none can be started here; null where they can. */
  refused: Text.nullable(),
})
export const StartTrial = z.strictObject({ revision: z.int().min(1) })
export const trialParams = z.strictObject({ id: z.uuid(), trial: z.uuid() })
