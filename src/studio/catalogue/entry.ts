import { z } from 'zod'
import { limit } from '../../procedures/definition.ts'

/** A paper as the catalogue lists it. */
export const CataloguePaper = z.strictObject({
  name: z.string().min(1).max(500),
  original: z.int().min(0).max(20),
  copies: z.int().min(0).max(20),
  /** Handed in only where it applies ("nếu có", "thuộc diện"). */
  optional: z.boolean(),
  /** Shown at the counter and taken back. */
  presentOnly: z.boolean(),
  /** The State holds these data. */
  reusableData: z.boolean(),
})
export type CataloguePaper = z.infer<typeof CataloguePaper>

/** Mức độ cung cấp trực tuyến: toàn trình, một phần, cung cấp thông tin. */
export const ONLINE_LEVELS = ['full', 'partial', 'information'] as const
export const LEVELS = ['province', 'department', 'commune'] as const

/** A limit as the catalogue gives it; months are known to it, not yet to a procedure. */
export const CatalogueLimit = z.strictObject({
  value: z.number().positive().max(3650),
  unit: z.enum([...limit.shape.unit.options, 'month']),
})
export type CatalogueLimit = z.infer<typeof CatalogueLimit>

/** What filing one way costs, in VND. */
export const CatalogueFees = z.strictObject({
  ONLINE: z.int().positive().optional(),
  DIRECT: z.int().positive().optional(),
  POSTAL: z.int().positive().optional(),
})

/** Who does a step of the internal process. */
export const STEP_ROLES = [
  'clerk',
  'officer',
  'unit-head',
  'leader',
  'clerical',
  'consulted',
  'tax',
  'applicant',
] as const
export type StepRole = (typeof STEP_ROLES)[number]

/** A row of the approved internal process (bước | nội dung | người | thời gian | biểu mẫu). */
export type CatalogueStep = {
  number: number
  role: StepRole
  action: string
  /** Working hours; null where the table gives none, or where the time does not count. */
  hours: number | null
  forms: string
  /** Units asked, of a step of consultation: `T00.S02.CM`, or `place.KT` for that of the commune concerned. */
  bodies: string[]
}

/** A row of the catalogue with what a skeleton needs beside it. */
export type CatalogueRow = {
  code: string
  name: { vi: string; en?: string }
  field: string
  level: (typeof LEVELS)[number]
  /** The agency as the catalogue names it. */
  agency: string
  /** Unit that works on it: `T00.S03.CM`, or `place.KT` for that of the commune concerned. Null: nobody has said. */
  unit: string | null
  decision: string
  source: string | null
  verified: boolean
  onlineLevel: (typeof ONLINE_LEVELS)[number] | null
  eligible: boolean | null
  limit: CatalogueLimit | null
  limitText: string
  papers: CataloguePaper[]
  fees: z.infer<typeof CatalogueFees>
  feeText: string
  results: string[]
  sample: boolean
  /** Codes of the communes in which it may be filed, from the record of agencies. */
  places: string[]
  /** Legal day on which it was read (YYYY-MM-DD): the day of the decision that a draft does not have yet. */
  asOf: string
}
