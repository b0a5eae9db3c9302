import { z } from 'zod'
import { AgencyRef, PersonRef, Text, UnitRef } from '../dossiers/schemas.ts'

const Instant = z.iso.datetime({ offset: true })

const Score = z.object({
  numerator: z.int(),
  denominator: z.int(),
  /** Null without a denominator: unknown is not zero. */
  points: z.number().nullable(),
  /** 2.2, followed and not scored: days from receipt to end on average. */
  meanDays: z.number().nullable(),
})

const Indicator = z.object({
  no: z.string(),
  name: z.string(),
  max: z.number().nullable(),
  formula: z.string(),
  unverified: z.string(),
  /** What is missing before it can be counted; null for what is counted. */
  needs: Text.nullable(),
})

export const Index766 = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  decision: z.string(),
  version: z.object({
    key: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    source: z.string(),
    formulaSource: z.string(),
    maxSource: z.string(),
    verified: z.boolean(),
  }),
  max: z.number(),
  indicators: z.array(Indicator),
  total: Score,
  tables: z.array(
    z.object({
      dimension: z.enum(['agency', 'unit', 'person']),
      rows: z.array(Score.extend({ key: z.string(), name: Text })),
    }),
  ),
  /** Groups that this page does not count, with what each still needs. */
  others: z.array(z.object({ id: z.string(), name: Text, max: z.number(), indicators: z.array(Indicator) })),
})

export const Index766Dossiers = z.object({
  count: z.int(),
  dossiers: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      procedure: z.object({ code: z.string(), name: Text }),
      agency: AgencyRef,
      unit: UnitRef,
      person: PersonRef.nullable(),
      dueAt: Instant,
      endedAt: Instant,
      onTime: z.boolean(),
      differ: Text.nullable(),
    }),
  ),
  unlisted: z.int(),
})
