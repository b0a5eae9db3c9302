import { z } from 'zod'
import { PersonRef, TaskSummary, Text, UnitRef } from '../dossiers/schemas.ts'

const Id = z.uuid()
const Day = z.iso.date()

/** Somebody of the unit with what they hold there: open, due today, late (their step's limit or the dossier's date). */
export const TeamPerson = PersonRef.extend({
  title: Text,
  roles: z.array(z.string()),
  open: z.int(),
  dueToday: z.int(),
  late: z.int(),
  /** Has left the unit and still holds work of it. */
  gone: z.boolean(),
  absences: z.array(
    z.object({
      fromDay: Day,
      toDay: Day,
      substitute: PersonRef.nullable(),
      /** Away from some kinds of work only. */
      partly: z.boolean(),
      running: z.boolean(),
    }),
  ),
})

export const Team = z.object({
  units: z.array(UnitRef.extend({ open: z.int(), late: z.int() })),
  unit: UnitRef,
  people: z.array(TeamPerson),
  unassigned: z.object({ open: z.int(), dueToday: z.int(), late: z.int() }),
  /** "Cần can thiệp": steps overdue for so long that whoever reads this was told. */
  intervention: z.array(TaskSummary.extend({ shownAt: z.iso.datetime({ offset: true }) })),
  /** After how many working days: data, unverified. */
  escalation: z.object({ headAfterWorkingDays: z.number(), leaderAfterWorkingDays: z.number() }),
})

export const TeamTasks = z.object({
  tasks: z.array(TaskSummary.extend({ suggested: PersonRef.nullable() })),
  next: z.string().nullable(),
  total: z.int(),
})

export const TeamQuery = z.strictObject({ unitId: Id.optional() })
export const TeamTasksQuery = z.strictObject({
  unitId: Id,
  /** Whose tasks; without it those that nobody has. */
  personId: Id.optional(),
  after: z.uuid().optional(),
})
