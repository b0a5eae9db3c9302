import { z } from 'zod'
import { Proof } from '../../dossiers/schemas.ts'
import { words } from '../../http/words.ts'

const Instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Step = z.object({ id: z.string(), name: Text })
const VersionRef = z.object({ id: z.uuid(), version: z.int() })
const elementId = z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/)

export const Obstacle = z.object({ rule: z.string(), elementId: z.string(), message: Text })

export const MigrationVerdict = z.enum(['stays', 'can', 'cannot', 'changed'])
export const ItemState = z.enum(['waiting', 'sent', 'moved', 'done', 'cannot', 'changed', 'refused'])

const ClockDates = z.object({
  dueAt: Instant.nullable(),
  legalDueAt: Instant.nullable(),
  /** Working minutes allotted to the steps after the appraisal. */
  allottedAfterMinutes: z.int(),
})

/** What another version does to a dossier's own clock; see countByVersion for the rule. */
export const ClockChange = z.object({
  effect: z.enum(['none', 'stands-still', 'reappointed', 'same', 'kept', 'earlier']),
  before: ClockDates,
  after: ClockDates,
  countedDueAt: Instant.nullable(),
  proof: Proof.nullable(),
})

const mapping = z
  .array(z.strictObject({ from: elementId, to: elementId }))
  .max(100)
  .default([])

export const PlanMigration = z.strictObject({ fromVersionId: z.uuid(), toVersionId: z.uuid(), mapping })

export const MigrationPlan = z.object({
  from: VersionRef,
  to: VersionRef,
  /** People's steps of the old version. */
  steps: z.array(Step.extend({ kept: z.boolean(), dossiers: z.int() })),
  /** People's steps of the new version. */
  targets: z.array(Step),
  /** Of all open dossiers of the version, also those the reader does not see. */
  totals: z.object({ stays: z.int(), can: z.int(), cannot: z.int(), changed: z.int() }),
  dossiers: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      agency: z.string(),
      at: z.array(Step),
      goesTo: z.array(Step),
      verdict: MigrationVerdict,
      obstacles: z.array(Obstacle),
      clock: ClockChange.nullable(),
    }),
  ),
})

export const StartMigration = z.strictObject({
  fromVersionId: z.uuid(),
  toVersionId: z.uuid(),
  mapping,
  dossierIds: z.array(z.uuid()).min(1).max(5000),
  reason: words(2000).min(10),
  decisionNumber: words(80).min(1).optional(),
})

export const MigrationRun = z.object({
  id: z.uuid(),
  code: z.string(),
  from: VersionRef,
  to: VersionRef,
  reason: z.string(),
  decisionNumber: z.string().nullable(),
  state: z.enum(['running', 'paused', 'done']),
  startedAt: Instant,
  startedBy: z.string(),
  finishedAt: Instant.nullable(),
  /** Dossiers by what became of them. */
  counts: z.record(ItemState, z.int()),
})

export const MigrationRunPage = MigrationRun.extend({
  mapping: z.array(z.object({ from: Step, to: Step })),
  mayAct: z.boolean(),
  items: z.array(
    z.object({
      dossierId: z.uuid(),
      code: z.string(),
      state: ItemState,
      obstacles: z.array(Obstacle),
      clock: ClockChange.nullable(),
      doneAt: Instant.nullable(),
    }),
  ),
})

export const MigrationRuns = z.object({ runs: z.array(MigrationRun) })
export const MigrationQuery = z.strictObject({ code: z.string().regex(/^\d\.\d{6}(-[A-Z0-9]+)?$/) })

export const MigrationVersions = z.object({
  versions: z.array(
    z.object({
      id: z.uuid(),
      version: z.int(),
      name: Text,
      current: z.boolean(),
      withdrawn: z.boolean(),
      decision: z.object({ number: z.string(), date: z.string() }),
      /** Open dossiers that run under it. */
      open: z.int(),
    }),
  ),
})

export const RetryMigration = z.strictObject({ dossierIds: z.array(z.uuid()).min(1).max(5000).optional() })
