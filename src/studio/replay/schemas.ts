import { z } from 'zod'
import { PersonRef } from '../../dossiers/schemas.ts'
import { text } from '../../procedures/definition.ts'

const Instant = z.iso.datetime({ offset: true })
const ElementId = z.string().min(1).max(200)
const MOST_ENTRIES = 100
const few = <T extends z.ZodType>(value: T) =>
  z.record(ElementId, value).refine((record) => Object.keys(record).length <= MOST_ENTRIES, {
    message: `at most ${MOST_ENTRIES}`,
  })
/** About two years. */
const Minutes = z.number().min(0).max(1_000_000)

export const Estimate = z
  .strictObject({ shape: z.enum(['triangular', 'uniform']), least: Minutes, likely: Minutes, most: Minutes })
  .refine(({ least, likely, most }) => least <= likely && likely <= most, {
    message: 'least ≤ likely ≤ most',
    path: ['likely'],
  })

/** What somebody assumes where nothing has been recorded; the period is of filing, both days counted. */
export const NewReplay = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  seed: z.int().min(0).max(2_147_483_647),
  /** New step: working minutes; new wait: minutes by the clock on the wall. */
  steps: few(Estimate),
  gateways: few(few(z.number().min(0).max(1_000_000))),
  /** Step of the draft → steps of the version in force whose work it takes over. */
  takesOver: few(z.array(ElementId).min(1).max(20)),
})
export const ReplayStarted = z.object({ id: z.uuid() })

export const ReplayState = z.enum(['running', 'done', 'cancelled', 'failed', 'broken-off'])
const Progress = z.object({
  phase: z.enum(['read', 'plan', 'current', 'draft', 'sum']),
  done: z.int(),
  total: z.int(),
})
export const ReplaySummary = z.object({
  id: z.uuid(),
  revision: z.int(),
  state: ReplayState,
  progress: Progress,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  by: PersonRef,
  mayCancel: z.boolean(),
})

const Way = z.object({ id: z.string(), name: z.string(), target: z.string() })
const Named = z.object({ id: z.string(), name: z.string() })
/** What the draft has that nothing was recorded of, and what it no longer has. */
export const ReplaySetup = z.object({
  code: z.string(),
  revision: z.int(),
  baseVersion: z.int(),
  from: z.iso.date(),
  to: z.iso.date(),
  newSteps: z.array(z.object({ ...Named.shape, kind: z.enum(['step', 'wait']), suggested: Estimate })),
  /** `into`: the step of the draft that says it was merged from it. */
  removedSteps: z.array(Named.extend({ into: z.string().nullable() })),
  /** Steps there are in the draft, to take over what is removed. */
  steps: z.array(Named),
  gateways: z.array(z.object({ ...Named.shape, isNew: z.boolean(), ways: z.array(Way) })),
})
export const ReplayPage = z.object({ setup: ReplaySetup, runs: z.array(ReplaySummary) })

const Lead = z.object({ mean: z.number(), p50: z.number(), p90: z.number() })
const Column = z.object({
  dossiers: z.int(),
  lead: Lead,
  judged: z.int(),
  late: z.int(),
  elements: z.array(
    z.object({
      id: z.string(),
      visits: z.int(),
      wait: z.number(),
      queue: z.number(),
      work: z.number(),
      waited: z.number(),
    }),
  ),
  units: z.array(
    z.object({
      key: z.string(),
      unit: text,
      agency: text,
      role: z.string(),
      people: z.int(),
      work: z.number(),
      load: z.number(),
    }),
  ),
  borrowed: z.int(),
  estimated: z.int(),
  inSystem: z.int(),
})
export const ReplayResult = z.object({
  total: z.int(),
  replayed: z.int(),
  left: z.array(
    z.object({
      reason: z.enum([
        'open',
        'withdrawn',
        'part',
        'other-path',
        'no-way',
        'no-time',
        'endless',
        'unsupported',
      ]),
      elementId: z.string().nullable(),
      elementName: z.string().nullable(),
      count: z.int(),
      codes: z.array(z.string()),
    }),
  ),
  actual: Column,
  current: Column,
  draft: Column,
  calibration: z.object({
    mean: z.number().nullable(),
    p50: z.number().nullable(),
    p90: z.number().nullable(),
    lateShare: z.number(),
  }),
  /** What the calibration means, in a sentence. */
  sentence: text,
  /** Steps and waits of both versions in their order. */
  elements: z.array(
    z.object({ ...Named.shape, kind: z.enum(['step', 'wait']), current: z.boolean(), draft: z.boolean() }),
  ),
})
export const ReplayView = z.object({
  ...ReplaySummary.shape,
  params: NewReplay,
  result: ReplayResult.nullable(),
  failure: text.nullable(),
})
