import { z } from 'zod'
import { text } from '../../procedures/definition.ts'

/** Which part of a procedure a change is in. */
export const CHANGE_PARTS = [
  'steps',
  'diagram',
  'limits',
  'papers',
  'form',
  'fees',
  'routing',
  'letters',
  'facts',
  'examples',
] as const

export const Change = z.strictObject({
  part: z.enum(CHANGE_PARTS),
  /** The element of the diagram that it is about: of the later diagram, of the earlier one for what was removed. */
  elementId: z.string().nullable(),
  /** Where it stands among the data: `papers.land.requiredFor`; null for what is only drawn. */
  field: z.string().nullable(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.json(),
  after: z.json(),
  /** The change as an analyst would say it. */
  words: text,
  /** What is marked in each of the two diagrams. */
  marks: z.strictObject({ before: z.array(z.string()), after: z.array(z.string()) }),
})
export type Change = z.infer<typeof Change>
export type ChangePart = Change['part']
export type Json = z.infer<ReturnType<typeof z.json>>

/** A value as data; what is absent is null. */
export const asJson = (value: unknown): Json => (value === undefined ? null : (value as Json))
