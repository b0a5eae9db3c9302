/** What the desk's own API takes and answers, beside the tasks themselves (schemas.ts). */
import { z } from 'zod'
import { Text } from '../dossiers/schemas.ts'
import { WorklistTab } from './schemas.ts'
import { Filter } from './worklist-filter.ts'

const Instant = z.iso.datetime({ offset: true })

export const NEVER = ['supplement', 'refuse', 'reappoint', 'silence'] as const
/** More than this nobody looks at one by one in one sitting. */
export const MOST = 50
const ACTS = ['claim', 'receive', 'assign', 'hand-over', 'print', 'sign'] as const

export const Bulk = z.strictObject({
  act: z.enum([...ACTS, ...NEVER]),
  items: z
    .array(
      z.strictObject({
        taskId: z.uuid(),
        version: z.int(),
        /** For signing: the fingerprint of the text that was previewed. */
        seen: z.string().max(64).default(''),
      }),
    )
    .min(1)
    .max(MOST)
    .refine((items) => new Set(items.map(({ taskId }) => taskId)).size === items.length, 'each task once'),
  /** For assigning: to whom, and why when somebody has it. */
  personId: z.uuid().optional(),
  reason: z.string().trim().max(1000).default(''),
  /** For signing: in which capacity. */
  postId: z.uuid().optional(),
})
export const Head = z.object({
  code: z.string(),
  applicant: z.string(),
  procedure: Text,
  receivedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
})
/** A line of the control list that goes along when dossiers change hands. */
export const HandedOver = Head.extend({
  unit: Text,
  person: z.string().nullable(),
  step: Text,
  papers: z.int(),
  /** The minutes (biên bản bàn giao) on which the receiver signs; null where no papers go from counter to unit or back. */
  minutes: z.object({ id: z.uuid(), number: z.string() }).nullable(),
})
/** Who had the dossier from when to when, with what was allotted (phiếu kiểm soát quá trình giải quyết). */
export const ControlSheet = Head.extend({
  steps: z.array(
    z.object({
      step: Text,
      unit: Text,
      person: z.string().nullable(),
      fromAt: Instant,
      toAt: Instant.nullable(),
    }),
  ),
})

const ProblemAnswer = z.object({ status: z.int(), type: z.string(), title: z.string(), detail: z.string() })
export const BulkAnswer = z.object({
  at: Instant,
  results: z.array(
    z.object({
      taskId: z.uuid(),
      done: z.boolean(),
      problem: ProblemAnswer.nullable(),
      handedOver: HandedOver.nullable(),
      sheet: ControlSheet.nullable(),
      takeBackUntil: Instant.nullable(),
    }),
  ),
})
export const SignPreview = z.object({
  taskId: z.uuid(),
  dossierCode: z.string(),
  applicant: z.string(),
  letterId: z.uuid().nullable(),
  /** What a signature in bulk must bring back, so that only what was looked at is signed. */
  fingerprint: z.string(),
})

export const COLUMNS = ['dossier', 'todo', 'procedure', 'step', 'due', 'from', 'flags', 'note'] as const
export const Columns = z
  .array(z.enum(COLUMNS))
  .min(1)
  .max(COLUMNS.length)
  .refine((list) => new Set(list).size === list.length, 'each column once')
  .refine((list) => list.includes('dossier'), 'the dossier is always shown')
export const Density = z.enum(['compact', 'comfortable'])

/** A list as somebody wants to see it again: what the page's address says, too. */
export const ViewContent = z.strictObject({
  tab: WorklistTab.default('mine'),
  ...Filter.shape,
  columns: Columns.optional(),
  density: Density.optional(),
})
const name = z.string().trim().min(1).max(80)
export const NewView = z.strictObject({
  name,
  content: ViewContent,
  /** The unit that the view is shared with; only whoever assigns that unit's work may say so. */
  unitId: z.uuid().nullable().default(null),
})
export const ViewAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  content: ViewContent,
  sharedWith: z
    .object({ id: z.uuid(), name: z.object({ vi: z.string(), en: z.string().optional() }) })
    .nullable(),
  owner: z.string(),
  mine: z.boolean(),
})
export const Settings = z.strictObject({ columns: Columns, density: Density, singleKeys: z.boolean() })
export const NewReminder = z.strictObject({
  dossierId: z.uuid(),
  taskId: z.uuid().nullable().default(null),
  at: Instant,
  text: z.string().trim().max(500).default(''),
})
export const ReminderView = z.object({
  id: z.uuid(),
  dossierId: z.uuid(),
  taskId: z.uuid().nullable(),
  dossierCode: z.string(),
  applicant: z.string(),
  at: Instant,
  text: z.string(),
  due: z.boolean(),
})

export const Found = z.object({
  dossierId: z.uuid(),
  code: z.string(),
  applicant: z.string(),
  taskId: z.uuid().nullable(),
})
export const Procedures = z.array(
  z.object({
    code: z.string(),
    name: z.object({ vi: z.string(), en: z.string().optional() }),
    count: z.int(),
  }),
)
