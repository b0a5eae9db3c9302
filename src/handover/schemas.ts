import { z } from 'zod'
import { Text, UnitRef } from '../dossiers/schemas.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Medium = z.enum(['paper', 'electronic'])

const Line = z.object({
  dossierId: Id,
  code: z.string(),
  applicant: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  medium: Medium,
  /** Sheets that go with it. */
  pages: z.int(),
  /** When the one-stop took it in; null for a result that goes back to the counter. */
  receivedAt: Instant.nullable(),
  /** Until when the one-stop must have handed it over. */
  dueAt: Instant.nullable(),
})

/** Dossiers that wait to leave a unit of the reader, by the unit they go to. */
export const ReadyToHandOver = z.object({
  groups: z.array(
    z.object({
      giver: UnitRef,
      receiver: UnitRef,
      dossiers: z.array(Line.extend({ late: z.boolean(), refusedBefore: z.string().nullable() })),
    }),
  ),
  rule: z.object({ cutoff: z.string(), text: Text, source: z.string(), verified: z.boolean() }),
})

export const HandoverSummary = z.object({
  id: Id,
  number: z.string(),
  giver: UnitRef,
  receiver: UnitRef,
  givenBy: z.string(),
  givenAt: Instant,
  state: z.enum(['given', 'answered']),
  answeredBy: z.string().nullable(),
  answeredAt: Instant.nullable(),
  count: z.int(),
  refused: z.int(),
})
export const HandoverPage = HandoverSummary.extend({
  note: z.string(),
  items: z.array(
    Line.extend({
      state: z.enum(['given', 'received', 'refused']),
      reason: z.string(),
      answeredBy: z.string().nullable(),
      answeredAt: Instant.nullable(),
    }),
  ),
  /** Whether the reader may sign for the receiving unit. */
  canAnswer: z.boolean(),
})

export const GiveHandover = z.strictObject({
  giverUnitId: Id,
  receiverUnitId: Id,
  dossierIds: z.array(Id).min(1).max(200),
  note: z.string().trim().max(1000).default(''),
})
export const AnswerHandover = z.strictObject({
  received: z.array(Id).max(200).default([]),
  refused: z
    .array(z.strictObject({ dossierId: Id, reason: z.string().trim().min(1).max(1000) }))
    .max(200)
    .default([]),
})
