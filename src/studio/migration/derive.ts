import { calendarOf } from '../../calendar/agency-calendar.ts'
import type { Sql } from '../../database/transaction.ts'
import { allottedMinutes } from '../../deadlines/allotted.ts'
import type { LedgerAct } from '../../deadlines/entity.ts'
import { stepStartsAt } from '../../deadlines/hand-over.ts'
import { changePerson, moveHolder, openHolding } from '../../deadlines/ledger.ts'
import { startStepClock } from '../../deadlines/step-clock.ts'
import type { Step } from '../../procedures/definition.ts'
import { NoSuchUnit, type Receiver, receiverOf } from '../../tasks/receiver.ts'
import { type Subject, stepOf } from '../../tasks/step.ts'
import { type Obstacle, say } from './verdict.ts'

/** The act that moved a dossier: when, whose, and to which version. */
export type Move = { acted_at: Date; started_by: string; version: number }

type LiveTask = {
  id: string
  element_id: string
  state: 'open' | 'moving'
  role: string
  unit_id: string
  agency_id: string
  assignee_id: string | null
  in_place_of: string | null
  opened_at: Date
  due_at: Date | null
}

/** Tasks that people can decide, or could until the engine was asked. */
export const openTasks = (sql: Sql, subject: Subject) =>
  sql<LiveTask>(
    `select id, element_id, state, role, unit_id, agency_id, assignee_id, in_place_of, opened_at, due_at from task t
      where subject_id = $1 and state in ('open', 'moving')
        and not exists (select from decision d where d.task_id = t.id and d.state = 'released') for update`,
    [subject.id],
  )

const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (b ?? a))

/**
 * Form, name, role, receiver, time and interval of an open task by the version that the dossier is under now; from here on people
 * decide it. Answers what a person should know of it. @throws when the version's data do not hold what the step needs.
 */
export async function deriveTask(
  sql: Sql,
  subject: Subject,
  task: LiveTask,
  item: Move,
): Promise<Obstacle[]> {
  const step = await stepOf(sql, subject.processId, task.element_id)
  const { receiver, notes } = await receiverNow(sql, subject, task, item.acted_at)
  const calendar = await calendarOf(sql, receiver.agencyId)
  const minutes = await allottedMinutes(sql, subject, task.element_id, calendar)
  const startsAt = await stepStartsAt(sql, calendar, subject, receiver.unitId, task.opened_at)
  const byTarget = minutes === null ? null : calendar.addWorkingMinutes(startsAt, minutes)
  // A step under way keeps the time it was given: moving a dossier makes nobody late.
  const dueAt = later(task.due_at, byTarget)
  await sql(
    `update task set form = $2, name = $3::jsonb, role = $4, agency_id = $5, unit_id = $6, assignee_id = $7, in_place_of = $8,
            due_at = $9, state = 'open', version = version + 1 where id = $1`,
    [
      task.id,
      step.form,
      JSON.stringify(step.name),
      receiver.role,
      receiver.agencyId,
      receiver.unitId,
      receiver.personId,
      receiver.inPlaceOf,
      dueAt,
    ],
  )
  if (dueAt && minutes !== null && dueAt.getTime() !== task.due_at?.getTime()) {
    await dropStepClock(sql, task.id)
    await startStepClock(
      sql,
      { taskId: task.id, dossierId: subject.dossierId, startedAt: startsAt, dueAt, minutes },
      calendar,
    )
  }
  await moveInterval(sql, subject, task, item, {
    holder: receiver,
    step: { elementId: task.element_id, stepName: step.name, taskId: task.id, allottedMinutes: minutes },
  })
  return notes
}

/** Whoever the step is for; whoever has it, where that is still their work, or where the agency lacks the unit that the version wants. */
async function receiverNow(
  sql: Sql,
  subject: Subject,
  task: LiveTask,
  at: Date,
): Promise<{ receiver: Receiver; notes: Obstacle[] }> {
  const step = await stepOf(sql, subject.processId, task.element_id)
  const { agency_id: agencyId, unit_id: unitId, role, assignee_id: personId, in_place_of: inPlaceOf } = task
  try {
    const target = await receiverOf(sql, subject, task.element_id, step, at)
    const same = target.unitId === unitId && target.role === role
    return { receiver: same ? { ...target, personId, inPlaceOf } : target, notes: [] }
  } catch (error) {
    if (!(error instanceof NoSuchUnit)) throw error
    return {
      receiver: { agencyId, unitId, role, personId, inPlaceOf },
      notes: [unitMissing(task.element_id, step)],
    }
  }
}

const unitMissing = (elementId: string, { name }: Step) =>
  say(
    'unit-missing',
    elementId,
    `Cơ quan chưa có đơn vị mà phiên bản mới giao bước “${name.vi}”; việc ở lại với người đang giữ.`,
    `The agency lacks the unit to which the new version gives “${name.en ?? name.vi}”; the work stays with whoever has it.`,
  )

/** The clock of a step that has rung nothing yet is made anew; one that has rung stays as it is. */
async function dropStepClock(sql: Sql, taskId: string): Promise<void> {
  const rang = 'select from alarm a where a.clock_id = c.id and a.handled_at is not null'
  const [clock] = await sql<{ id: string }>(
    `select id from clock c where subject_id = $1 and kind = 'step' and not exists (${rang})`,
    [taskId],
  )
  if (!clock) return
  await sql('delete from alarm where clock_id = $1', [clock.id])
  await sql('delete from clock where id = $1', [clock.id])
}

/** The ledger before the act is left alone; from its instant on the interval is the target's step, where that is another one. */
async function moveInterval(
  sql: Sql,
  { dossierId }: Subject,
  task: LiveTask,
  { acted_at: at, started_by: personId, version }: Move,
  next: { holder: Parameters<typeof moveHolder>[2]; step: Parameters<typeof moveHolder>[3] },
): Promise<void> {
  const open = await openHolding(sql, dossierId)
  // The papers may wait elsewhere for their hand-over: that interval is not this step's.
  if (open?.task_id !== task.id) return
  const act: LedgerAct = {
    act: 'dossier.migrated',
    personId,
    text: { vi: `Chuyển sang phiên bản ${version}`, en: `Moved to version ${version}` },
  }
  const moves = open.element_id !== next.step.elementId || open.unit_id !== next.holder.unitId
  if (moves) await moveHolder(sql, dossierId, next.holder, next.step, at, act)
  else await changePerson(sql, dossierId, task.id, next.holder.personId, at, act, next.holder.inPlaceOf)
}
