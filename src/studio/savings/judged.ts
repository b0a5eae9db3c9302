import { z } from 'zod'
import { text } from '../../procedures/definition.ts'
import { Change } from '../diff/change.ts'

/** A change with whose it is to decide (rules 13): `within` our power it publishes, a `proposal` leaves as a document. */
export const JudgedChange = z.strictObject({
  ...Change.shape,
  power: z.enum(['within', 'proposal']),
  reason: text,
})
export type JudgedChange = z.infer<typeof JudgedChange>
