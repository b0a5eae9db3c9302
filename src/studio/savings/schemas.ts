import { z } from 'zod'
import { text } from '../../procedures/definition.ts'
import { costParameters } from './cost-parameters.ts'

/** A figure of the earlier and the later version; null where there is none to tell. */
const pair = z.strictObject({ before: z.number().nullable(), after: z.number() })
export type Pair = z.infer<typeof pair>

export const FIGURES = [
  'steps',
  'agencyHandovers',
  'handovers',
  'papers',
  'fields',
  'askedTwice',
  'committed',
  'allotments',
  'visits',
] as const

export const Figure = z.strictObject({
  key: z.enum(FIGURES),
  label: text,
  /** The case it holds for; null for all of them. */
  case: text.nullable(),
  ...pair.shape,
  unit: z.enum(['count', 'working-hour', 'working-day', 'calendar-day']),
  /** “10 → 8 ngày làm việc”, with what it is measured against. */
  words: text,
  /** What of it hangs on which element of the diagrams. */
  elements: z.array(z.strictObject({ elementId: z.string(), words: text, ...pair.shape })),
})
export type Figure = z.infer<typeof Figure>

export const Cost = z.strictObject({
  perDossier: pair,
  /** At today's volume; null when nobody has filed in the last twelve months. */
  perYear: pair.nullable(),
  hours: pair,
  lines: z.array(
    z.strictObject({ key: z.enum(['time', 'fees', 'travel', 'copies']), label: text, ...pair.shape }),
  ),
  channels: z.array(z.strictObject({ channel: z.string(), ...pair.shape })),
})

export const Volume = z.strictObject({
  /** Legal days, the last twelve months. */
  from: z.string(),
  to: z.string(),
  dossiers: z.int(),
  rows: z.array(z.strictObject({ channel: z.string(), case: z.string(), count: z.int() })),
})
export type Volume = z.infer<typeof Volume>

export const Savings = z.strictObject({
  /** What it comes to, in one sentence. */
  headline: text,
  figures: z.array(Figure),
  cost: Cost,
  volume: Volume,
  /** The province's goal for what people declare. */
  goal: z.strictObject({
    /** Share of the fields taken away; null without an earlier version. */
    fewer: z.number().nullable(),
    target: z.number(),
    met: z.boolean(),
    source: z.string(),
    verified: z.literal(false),
  }),
  parameters: z.strictObject({
    ...costParameters.shape,
    /** False: nobody has set them here, they are the product's sample. */
    set: z.boolean(),
    verified: z.literal(false),
  }),
})
export type Savings = z.infer<typeof Savings>
