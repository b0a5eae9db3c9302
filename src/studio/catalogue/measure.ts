import { z } from 'zod'
import type { Eform, ProcedureDefinition } from '../../procedures/definition.ts'
import { hoursIn } from './allot.ts'
import type { CatalogueRow } from './entry.ts'

/** What a redesign wants fewer of; null where it is not known. */
export const Measure = z.object({
  /** Questions of the form. */
  fields: z.int().nullable(),
  papers: z.int(),
  /** Working days committed, of the longest case. */
  days: z.number().nullable(),
})
export type Measure = z.infer<typeof Measure>

/** By how much fewer; what a target leaves out is no aim. */
export const Target = z.strictObject({
  fieldsPercent: z.int().min(1).max(100).optional(),
  papers: z.int().min(1).max(50).optional(),
  days: z.number().positive().max(365).optional(),
})
export type Target = z.infer<typeof Target>

const DAY = 8
const longest = (hours: (number | null)[]): number | null => {
  const known = hours.filter((each) => each !== null)
  return known.length > 0 ? Math.max(...known) / DAY : null
}

/** Of a procedure; drafts may lack parts of it. */
export const measureOf = (definition: Partial<ProcedureDefinition>, eform: Partial<Eform>): Measure => ({
  fields: eform.schema?.properties ? Object.keys(eform.schema.properties).length : null,
  papers: definition.papers?.length ?? 0,
  days: longest((definition.limits ?? []).map(({ committed }) => (committed ? hoursIn(committed) : null))),
})

/** Of a row of the catalogue, which has no form. */
export const measureOfRow = ({ papers, limit }: Pick<CatalogueRow, 'papers' | 'limit'>): Measure => ({
  fields: null,
  papers: papers.length,
  days: longest([limit && hoursIn(limit)]),
})

/** Whether every aim is reached; an aim whose figures are not known is not. */
export function isReached(target: Target, from: Measure, now: Measure): boolean {
  const fewer = (before: number | null, after: number | null, by: number) =>
    before !== null && after !== null && before - after >= by - 1e-9
  const { fieldsPercent, papers, days } = target
  return (
    (fieldsPercent === undefined ||
      fewer(from.fields, now.fields, ((from.fields ?? 0) * fieldsPercent) / 100)) &&
    (papers === undefined || fewer(from.papers, now.papers, papers)) &&
    (days === undefined || fewer(from.days, now.days, days))
  )
}
