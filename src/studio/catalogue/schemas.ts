import { z } from 'zod'
import { PersonRef } from '../../dossiers/schemas.ts'
import { Report } from '../../intake/schemas.ts'
import { DraftState } from '../drafts/schemas.ts'
import { KINDS } from './columns.ts'
import { CatalogueFees, CatalogueLimit, CataloguePaper, LEVELS, ONLINE_LEVELS, STEP_ROLES } from './entry.ts'
import { Measure, Target } from './measure.ts'

const Words = z.object({ vi: z.string(), en: z.string() })
const Name = z.object({ vi: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date()
const Code = z.string().max(40)

export const ImportKind = z.enum(KINDS)
export const ImportReport = Report.omit({ people: true })

const yesNo = z.enum(['yes', 'no']).optional()

export const CatalogueQuery = z.strictObject({
  q: z.string().max(200).optional(),
  field: z.string().max(300).optional(),
  level: z.enum(LEVELS).optional(),
  online: z.enum(ONLINE_LEVELS).optional(),
  eligible: yesNo,
  dormant: yesNo,
  /** In force, drafted, planned to be redesigned, or none of the first two. */
  state: z.enum(['in-force', 'drafted', 'planned', 'bare']).optional(),
  /** The last code of the page before. */
  after: Code.optional(),
})

export const CatalogueItem = z.object({
  code: z.string(),
  name: Name,
  field: z.string(),
  level: z.enum(LEVELS),
  onlineLevel: z.enum(ONLINE_LEVELS).nullable(),
  eligible: z.boolean().nullable(),
  /** No dossier for three years, as far as is known. */
  dormant: z.boolean(),
  lastDossierOn: Day.nullable(),
  steps: z.int(),
  sample: z.boolean(),
  version: z.object({ id: z.uuid(), version: z.int() }).nullable(),
  draft: z.object({ id: z.uuid(), state: DraftState }).nullable(),
  planned: z.boolean(),
})

export const CatalogueList = z.object({
  entries: z.array(CatalogueItem),
  total: z.int(),
  /** The whole catalogue, whatever the filters. */
  all: z.int(),
  next: z.string().nullable(),
  fields: z.array(z.string()),
})

export const CatalogueEntry = z.object({
  ...CatalogueItem.omit({ steps: true }).shape,
  agency: z.string(),
  unit: z.string().nullable(),
  decision: z.string(),
  source: z.string().nullable(),
  verified: z.boolean(),
  limit: CatalogueLimit.nullable(),
  limitText: z.string(),
  papers: z.array(CataloguePaper),
  fees: CatalogueFees,
  feeText: z.string(),
  results: z.array(z.string()),
  table: z.array(
    z.object({
      number: z.int(),
      role: z.enum(STEP_ROLES),
      action: z.string(),
      hours: z.number().nullable(),
      forms: z.string(),
      bodies: z.array(z.string()),
    }),
  ),
  /** Why no skeleton can be made of it yet. */
  lacks: z.array(z.object({ field: z.string(), message: Words })),
})

/** The most drafts in one act. */
export const MOST_AT_ONCE = 200
export const MakeSkeletons = z.strictObject({
  codes: z.array(Code.min(1)).min(1).max(MOST_AT_ONCE),
})
export const MadeSkeletons = z.object({
  made: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      draftId: z.uuid().nullable(),
      /** What the rules find in the draft. */
      errors: z.int(),
      warnings: z.int(),
      /** Why there is no draft. */
      reasons: z.array(Words),
    }),
  ),
})

export const SetPlan = z.strictObject({
  target: Target,
  responsibleId: z.uuid(),
  dueOn: Day,
  note: z.string().trim().max(2000).default(''),
})

export const PlanState = z.enum(['not-started', 'drafting', 'review', 'approved', 'published'])
export const PlanItem = z.object({
  code: z.string(),
  name: Name,
  field: z.string(),
  target: Target,
  responsible: PersonRef,
  dueOn: Day,
  note: z.string(),
  madeAt: Instant,
  state: PlanState,
  /** Of the version published since, or of the open draft. */
  reached: z.boolean(),
  overdue: z.boolean(),
  before: Measure,
  now: Measure.nullable(),
  draftId: z.uuid().nullable(),
})
export const PlanList = z.object({
  plans: z.array(PlanItem),
  /** Who may be made responsible. */
  people: z.array(PersonRef),
})
