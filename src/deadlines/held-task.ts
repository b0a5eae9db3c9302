import { calendarOf } from '../calendar/agency-calendar.ts'
import type { Sql } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { allottedMinutes } from './allotted.ts'

type Row = {
  agency_id: string
  unit_id: string
  assignee_id: string | null
  element_id: string
  name: Text
  kind: string
  dossier_id: string
  process_id: string
}

/** A task as its own unit holds it: the holder and step of an interval that an act outside the task begins. */
export async function heldTask(sql: Sql, taskId: string) {
  const [task] = await sql<Row>(
    `select t.agency_id, t.unit_id, t.assignee_id, t.element_id, t.name, s.kind, t.dossier_id, s.process_id
       from task t join subject s on s.id = t.subject_id where t.id = $1`,
    [taskId],
  )
  if (!task) return undefined
  const calendar = await calendarOf(sql, task.agency_id)
  const subject = { kind: task.kind, dossierId: task.dossier_id, processId: task.process_id }
  return {
    holder: { agencyId: task.agency_id, unitId: task.unit_id, personId: task.assignee_id },
    step: {
      elementId: task.element_id,
      stepName: task.name,
      taskId,
      allottedMinutes: await allottedMinutes(sql, subject, task.element_id, calendar),
    },
  }
}
