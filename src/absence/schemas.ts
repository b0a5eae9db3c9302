import { z } from 'zod'
import { PersonRef, Text } from '../dossiers/schemas.ts'

const Id = z.uuid()
const Day = z.iso.date()

/** Kinds of work: empty lists mean all of it. */
const Kinds = {
  procedures: z.array(z.string().max(60)).max(100),
  forms: z.array(z.string().max(60)).max(100),
}

export const AbsenceView = z.object({
  id: Id,
  person: PersonRef,
  substitute: PersonRef.nullable(),
  unit: Text,
  fromDay: Day,
  toDay: Day,
  ...Kinds,
  reason: z.string(),
  enteredBy: PersonRef,
  enteredAt: z.iso.datetime({ offset: true }),
  state: z.enum(['planned', 'running', 'over', 'cancelled']),
  /** Whether the reader may end it; a substitute only sees it. */
  canEnd: z.boolean(),
})

export const Absences = z.object({
  absences: z.array(AbsenceView),
  /** Whom I stand in for today, for the head of every page of work. */
  standsInFor: z.array(z.object({ person: PersonRef, toDay: Day })),
  /** Whose absences I may enter: myself, and the people of the units I head. */
  people: z.array(PersonRef.extend({ title: Text, unit: Text })),
})

export const AbsenceChoices = z.object({
  substitutes: z.array(PersonRef.extend({ title: Text, unit: Text, open: z.int() })),
  procedures: z.array(z.object({ code: z.string(), name: Text })),
  forms: z.array(z.object({ form: z.string(), name: Text })),
})

export const EnterAbsence = z.strictObject({
  personId: Id,
  substituteId: Id.nullable(),
  fromDay: Day,
  toDay: Day,
  procedures: Kinds.procedures.default([]),
  forms: Kinds.forms.default([]),
  reason: z.string().trim().min(1).max(500),
})
export const EndAbsence = z.strictObject({ lastDay: Day.nullable() })
