import { z } from 'zod'
import { text } from '../../procedures/definition.ts'

const Day = z.iso.date()
const Instant = z.iso.datetime({ offset: true })
/** Between 0 and 1. */
const Share = z.number()

export const HeatElement = z.object({
  id: z.string(),
  name: text,
  /** In the order of the procedure's steps; waits have none. */
  number: z.int().nullable(),
  kind: z.enum(['step', 'wait']),
  /** Whether the diagram that is shown has it. */
  drawn: z.boolean(),
  visits: z.int(),
  dossiers: z.int(),
  /** Working minutes of one stay: in somebody's hand, and not. */
  workMean: z.int(),
  waitMean: z.int(),
  /** Working minutes beyond what the steps of late dossiers were given. */
  overrunMinutes: z.int(),
  overrunShare: Share,
  /** Late dossiers to whose lateness it added. */
  overran: z.int(),
})

export const Heatmap = z.object({
  code: z.string(),
  name: text,
  from: Day,
  to: Day,
  versions: z.array(z.object({ id: z.uuid(), version: z.int(), current: z.boolean(), due: z.int() })),
  shown: z.object({ id: z.uuid(), version: z.int(), bpmn: z.string() }),
  allVersions: z.boolean(),
  /** Dossiers with a date in the period, and those that missed one: the figures of the auditor's breaches. */
  due: z.int(),
  late: z.int(),
  lateShare: Share,
  /** How many of them, the latest, are counted interval by interval. */
  counted: z.int(),
  overrunMinutes: z.int(),
  sentence: text,
  elements: z.array(HeatElement),
})

export const HeatmapDossiers = z.object({
  total: z.int(),
  dossiers: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      visits: z.int(),
      from: Instant,
      to: Instant.nullable(),
      workMinutes: z.int(),
      waitMinutes: z.int(),
      overrunMinutes: z.int(),
      late: z.boolean(),
    }),
  ),
})

export const PainList = z.object({
  from: Day,
  to: Day,
  procedures: z.array(
    z.object({
      code: z.string(),
      /** The version in force: what a redesign starts from. */
      versionId: z.uuid(),
      name: text,
      due: z.int(),
      late: z.int(),
      lateShare: Share,
      /** Late dossiers, the latest, by whose books the worst step is found; 0: it was not looked for. */
      booked: z.int(),
      worst: z
        .object({ elementId: z.string(), name: text, number: z.int().nullable(), share: Share })
        .nullable(),
      sentence: text,
    }),
  ),
})
