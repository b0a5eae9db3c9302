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

const Totals = z.object({ stays: z.int(), can: z.int(), cannot: z.int(), changed: z.int() })

export const MigrationPlan = z.object({
  from: VersionRef,
  to: VersionRef,
  /** People's steps of the old version. */
  steps: z.array(Step.extend({ kept: z.boolean(), dossiers: z.int() })),
  /** People's steps of the new version. */
  targets: z.array(Step),
  /** Of all open dossiers of the version, also those the reader does not see. */
  totals: Totals,
  /** Of those the reader sees. */
  seen: Totals,
})

/** A page of the plan's dossiers, in the order of their filing: those after one, of one verdict. */
export const PlanDossiers = PlanMigration.extend({
  only: MigrationVerdict.optional(),
  after: z.uuid().optional(),
})

export const MigrationDossiers = z.object({
  dossiers: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      agency: z.string(),
      at: z.array(Step),
      goesTo: z.array(Step),
      verdict: MigrationVerdict,
      obstacles: z.array(Obstacle),
      /** Of what can move. */
      clock: ClockChange.nullable(),
    }),
  ),
  /** To be asked for after; null where there are no more. */
  next: z.uuid().nullable(),
})

export const StartMigration = z.strictObject({
  fromVersionId: z.uuid(),
  toVersionId: z.uuid(),
  mapping,
  /** Those named, or every one that can move and that the actor sees, but for `except`. */
  dossierIds: z.union([z.array(z.uuid()).min(1).max(5000), z.literal('movable')]),
  except: z.array(z.uuid()).max(5000).default([]),
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
  /** Why the act as a whole cannot go on; it is tried again by itself. */
  failure: z.string().nullable(),
})

export const MigrationRunPage = MigrationRun.extend({
  mapping: z.array(z.object({ from: Step, to: Step })),
  mayAct: z.boolean(),
})

/** Results of an act, so many after one: all, or those in one state. */
export const MigrationItemsQuery = z.strictObject({
  state: ItemState.optional(),
  after: z.coerce.number().int().min(0).default(0),
})

export const MigrationItems = z.object({
  items: z.array(
    z.object({
      dossierId: z.uuid(),
      code: z.string(),
      state: ItemState,
      obstacles: z.array(Obstacle),
      clock: ClockChange.nullable(),
      doneAt: Instant.nullable(),
      /** Why its last step failed; it is tried again by itself. */
      failure: z.string().nullable(),
    }),
  ),
  next: z.int().nullable(),
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
      /** Is or has been in force: dossiers may be moved to it. */
      wasInForce: z.boolean(),
      decision: z.object({ number: z.string(), date: z.string() }),
      /** Open dossiers that run under it. */
      open: z.int(),
      /** People's steps, and which of them says that it was merged from which. */
      steps: z.array(z.string()),
      merged: z.array(z.object({ from: z.string(), to: z.string() })),
    }),
  ),
})

export const RetryMigration = z.strictObject({ dossierIds: z.array(z.uuid()).min(1).max(5000).optional() })
