import { z } from 'zod'
import { text } from '../../procedures/definition.ts'

const Instant = z.iso.datetime({ offset: true })
const Kind = z.enum(['skipped', 'repeated', 'out-of-order', 'unknown', 'wrong-role'])

const Deviation = z.object({
  kind: Kind,
  /** The place in the real way, from 0; behind its last step where the end was not reached. */
  at: z.int(),
  elements: z.array(z.object({ id: z.string(), name: text })),
  /** Of a wrong role: the one drawn, and those of whoever decided. */
  expected: z.string().nullable(),
  actual: z.array(z.string()),
})
const Dossier = {
  id: z.uuid(),
  code: z.string(),
  /** The version it runs on. */
  version: z.int(),
  finished: z.boolean(),
  deviations: z.array(Deviation),
}

export const ConformanceList = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  checked: z.int(),
  deviating: z.int(),
  kinds: z.array(z.object({ kind: Kind, dossiers: z.int() })),
  dossiers: z.array(z.object(Dossier)),
})
export const DossierConformance = z.object({
  ...Dossier,
  way: z.array(
    z.object({
      elementId: z.string(),
      name: text,
      /** In reading order; waits have none. */
      number: z.int().nullable(),
      kind: z.enum(['step', 'wait']),
      /** Under which it came there. */
      version: z.int(),
      outcome: z.string().nullable(),
      from: Instant,
      to: Instant.nullable(),
      workMinutes: z.int(),
      waitMinutes: z.int(),
    }),
  ),
})
