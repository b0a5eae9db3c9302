import { z } from 'zod'
import { AgencyRef, PersonRef, Text, UnitRef } from '../dossiers/schemas.ts'

const Id = z.uuid()
const Instant = z.iso.datetime({ offset: true })
const Day = z.iso.date()

/** Who holds what of the dossiers that a one-stop has taken in. */
export const Holders = z.object({
  oneStop: UnitRef,
  holders: z.array(
    z.object({
      agency: AgencyRef,
      unit: UnitRef,
      open: z.int(),
      /** Waiting for their applicants: nobody in the unit can move them. */
      waiting: z.int(),
      dueSoon: z.int(),
      late: z.int(),
      /** Past the step's internal limit, the dossier's own date still ahead. */
      stepLate: z.int(),
      /** Opinions asked of this unit, and those past their day. */
      asked: z.int(),
      askedLate: z.int(),
    }),
  ),
  totals: z.object({
    open: z.int(),
    dueSoon: z.int(),
    late: z.int(),
    reception: z.int(),
    uncollected: z.int(),
  }),
  uncollectedAfterDays: z.number(),
})

export const WatchedKind = z.enum(['late', 'step-late', 'asked-late', 'soon', 'open', 'reception'])
export const Watched = z.object({
  id: Id,
  code: z.string(),
  applicant: z.string(),
  procedure: z.object({ code: z.string(), name: Text }),
  agency: AgencyRef,
  unit: UnitRef,
  person: z.string().nullable(),
  step: Text,
  /** The day that was or will be missed, and what is left of it in words. */
  dueAt: Instant.nullable(),
  remaining: Text.nullable(),
  remainingMinutes: z.int().nullable(),
  kind: WatchedKind,
  lastUrged: z.object({ number: z.string(), at: Instant, answered: z.boolean() }).nullable(),
})
export const WatchedPage = z.object({ dossiers: z.array(Watched), next: z.string().nullable() })
export const WatchedQuery = z.strictObject({
  kind: WatchedKind.default('late'),
  unitId: Id.optional(),
  after: Id.optional(),
})

export const Uncollected = z.object({
  afterDays: z.number(),
  dossiers: z.array(
    z.object({
      id: Id,
      code: z.string(),
      applicant: z.string(),
      procedure: z.object({ code: z.string(), name: Text }),
      result: z.enum(['granted', 'denied', 'partial']).nullable(),
      finishedAt: Instant,
      /** Working days since it was ready. */
      days: z.int(),
      reminders: z.int(),
      remindedOn: Day.nullable(),
    }),
  ),
  next: z.string().nullable(),
})

export const Urging = z.object({
  id: Id,
  number: z.string(),
  oneStop: UnitRef,
  agency: AgencyRef,
  unit: UnitRef,
  text: z.string(),
  answerBy: Day,
  writtenBy: PersonRef,
  writtenAt: Instant,
  dossiers: z.array(z.object({ id: Id, code: z.string() })),
  answer: z.string().nullable(),
  answeredBy: PersonRef.nullable(),
  answeredAt: Instant.nullable(),
  overdue: z.boolean(),
  canAnswer: z.boolean(),
  canOpenFile: z.boolean(),
})
export const Urgings = z.object({ urgings: z.array(Urging), next: z.string().nullable() })

export const WriteUrging = z.strictObject({
  unitId: Id,
  dossierIds: z.array(Id).min(1).max(50),
  text: z.string().trim().min(1).max(4000),
  answerBy: Day.optional(),
})
export const AnswerUrging = z.strictObject({ answer: z.string().trim().min(1).max(4000) })
