import { z } from 'zod'
import type { LegalDay } from '../calendar/day.ts'
import data from './data/index766.json' with { type: 'json' }

const Words = z.object({ vi: z.string(), en: z.string() })
const Version = z.object({
  key: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  source: z.string(),
  formulaSource: z.string(),
  maxSource: z.string(),
  verified: z.boolean(),
  total: z.int(),
  groups: z.array(
    z.object({
      id: z.string(),
      name: Words,
      max: z.number(),
      indicators: z.array(
        z.object({
          no: z.string(),
          name: z.string(),
          max: z.number().nullable(),
          formula: z.string(),
          fullScoreAt: z.number().nullable(),
          unverified: z.string(),
          computed: z.boolean(),
          /** What is missing before it can be counted. */
          needs: Words.optional(),
        }),
      ),
    }),
  ),
})
export type FormulaVersion = z.output<typeof Version>

const versions = z.array(Version).parse(data.versions)
export const decision: string = data.decision

/** The formula in force on a legal day; undefined before there was any. */
export const formulaOn = (day: LegalDay): FormulaVersion | undefined =>
  versions.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day))

/** Points of an indicator, two decimals: full at the target, in proportion below. Null without a denominator, never zero. */
export function points(numerator: number, denominator: number, max: number, target: number): number | null {
  if (denominator === 0) return null
  const share = numerator / denominator
  return Math.round(Math.min(1, share / target) * max * 100) / 100
}
