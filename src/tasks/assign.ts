import { LockMode } from '@mikro-orm/core'
import { v7 as uuid } from 'uuid'
import { absentFrom, type Work } from '../absence/who-does.ts'
import { allows } from '../access/ability.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { setAlarms } from '../deadlines/alarms.ts'
import { apologyStartFrom, dossierClock } from '../deadlines/clocks.ts'
import { changePerson } from '../deadlines/ledger.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import { sendBackLetter } from '../letters/apology.ts'
import { sendBackResult } from '../letters/result.ts'
import type { Act, Keeper } from './act.ts'
import { Task } from './entity.ts'
import { definitionOf, subjectOf } from './step.ts'

/** The head of unit names who appraises: the next specialist's steps of this dossier go to that person. */
export const assignPerson: Keeper = {
  async check({ tx, task, data }) {
    const personId = data.personId as string | undefined
    if (!personId) return
    await mustHold(tx, personId, { unitId: task.unitId, role: 'officer' }, 'data.personId')
    await mustBeThere(tx, personId, { procedureCode: task.procedureCode, form: 'appraise' }, 'data.personId')
  },
  async keep(act) {
    const personId = act.data.personId as string | undefined
    if (!personId) return undefined
    const subject = await subjectOf(act.tx.sql, act.task.subjectId)
    const { steps } = await definitionOf(act.tx.sql, subject?.processId ?? '')
    for (const [element, step] of Object.entries(steps))
      if (step.role === 'officer' && step.unit === 'specialist') await assign(act, element, personId)
    return undefined
  },
}

const assign = (act: Act, elementId: string, personId: string) =>
  act.tx.sql(
    `insert into assignment (subject_id, element_id, person_id, assigned_by, reason, assigned_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (subject_id, element_id) do update
       set person_id = excluded.person_id, assigned_by = excluded.assigned_by, reason = excluded.reason,
           assigned_at = excluded.assigned_at`,
    [act.task.subjectId, elementId, personId, act.by, String(act.data.note ?? ''), act.at],
  )

/** The person must hold the post that the work is for: what goes to anybody else would come back to the unit. */
async function mustHold(
  tx: Tx,
  personId: string,
  { unitId, role }: Pick<Task, 'unitId' | 'role'>,
  field: string,
): Promise<void> {
  const [post] = await tx.sql(
    `select 1 from post po join person p on p.id = po.person_id and p.active
      where po.person_id = $1 and po.unit_id = $2 and po.role = $3 and valid_on(po.valid_from, po.valid_to, $4)`,
    [personId, unitId, role, legalDay(tx.at)],
  )
  if (!post)
    throw invalidField(
      field,
      'Người này không làm việc này ở đơn vị; chọn người trong danh sách.',
      'This person does not do this work in the unit; choose one of the list.',
    )
}

/** Sending back adds to the earlier step's use; what was initialled or signed counts no more (rules 10). */
export const sendBack: Keeper = {
  async keep(act) {
    if (act.task.subjectKind === 'letter') await sendBackLetter(act)
    else {
      await sendBackResult(act)
      const clock = await dossierClock(act.tx.em, act.dossier.id)
      if (clock && !clock.endedAt && !clock.stoppedAt && !clock.reappointedDueAt) {
        const from = await apologyStartFrom(act.tx, clock, '')
        // It may have rung already, when the dossier was further on: then the question is asked again now.
        const moment = new Date(Math.max(from.getTime(), act.at.getTime()))
        await setAlarms(act.tx, clock, [{ kind: 'apology-start', at: moment }])
      }
    }
    return undefined
  },
}

/** Work given to somebody who is away would lie there; who stands in is named, so that it can go to them. */
async function mustBeThere(tx: Tx, personId: string, work: Work, field: string): Promise<void> {
  const absence = await absentFrom(tx.sql, personId, work, legalDay(tx.at))
  if (!absence) return
  const [row] = await tx.sql<{ name: string }>('select full_name as name from person where id = $1', [
    absence.substitute_id,
  ])
  throw invalidField(
    field,
    row
      ? `Người này đang vắng; hãy giao cho người làm thay là ${row.name} hoặc người khác.`
      : 'Người này đang vắng; hãy chọn người khác.',
    row
      ? `This person is absent; give it to ${row.name}, who stands in, or to somebody else.`
      : 'This person is absent; choose somebody else.',
  )
}

async function lockOpen(tx: Tx, taskId: string): Promise<Task> {
  const task = await tx.em.findOne(Task, { id: taskId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!task) throw notFound()
  if (task.state !== 'open')
    throw conflict('task-moved', {
      vi: 'Việc này đã được quyết định hoặc đã kết thúc. Hãy tải lại trang.',
      en: 'This task has been decided or has ended. Reload the page.',
    })
  return task
}

/** Somebody of the unit takes an unclaimed task; from this minute the person holds it. */
export async function claim(tx: Tx, taskId: string): Promise<void> {
  const task = await lockOpen(tx, taskId)
  const personId = tx.actor.personId
  if (personId && task.assigneeId === personId) return
  if (task.assigneeId) throw await takenBy(tx, task.assigneeId)
  if (!personId || !allows(tx.actor.ability, 'decide', 'Task', task)) throw forbidden()
  await moveTo(tx, task, personId, { vi: 'Nhận việc', en: 'Claimed' }, 'task.claimed', '')
}

/** The person gives the task back to the unit. */
export async function unclaim(tx: Tx, taskId: string): Promise<void> {
  const task = await lockOpen(tx, taskId)
  if (task.assigneeId !== tx.actor.personId) throw forbidden()
  await moveTo(
    tx,
    task,
    null,
    { vi: 'Trả việc về đơn vị', en: 'Given back to the unit' },
    'task.unclaimed',
    '',
  )
}

/** The head of unit gives a task to a person; taking it from another needs a reason and moves the holder at that minute. */
export async function assignTask(tx: Tx, taskId: string, personId: string, reason: string): Promise<void> {
  const task = await lockOpen(tx, taskId)
  if (!allows(tx.actor.ability, 'assign', 'Task', task)) throw forbidden()
  await mustHold(tx, personId, task, 'personId')
  await mustBeThere(tx, personId, task, 'personId')
  if (task.assigneeId && task.assigneeId !== personId && reason === '')
    throw invalidField(
      'reason',
      'Giao lại việc của người khác cần có lý do.',
      'Reassigning another person’s task needs a reason.',
    )
  const from = task.assigneeId
  await moveTo(tx, task, personId, { vi: 'Giao việc', en: 'Assigned' }, 'task.assigned', reason)
  if (from && from !== personId) await noteReassigned(tx, task, from, personId, reason)
}

/** Why work was taken from somebody is part of the record (ux: notes are corrected, never deleted). */
async function noteReassigned(tx: Tx, task: Task, from: string, to: string, reason: string): Promise<void> {
  const people = await tx.sql<{ id: string; name: string }>(
    'select id, full_name as name from person where id = any($1::uuid[])',
    [[from, to]],
  )
  const name = (id: string) => people.find((one) => one.id === id)?.name ?? ''
  await tx.sql('insert into dossier_note (id, dossier_id, author_id, text, at) values ($1, $2, $3, $4, $5)', [
    uuid(),
    task.dossierId,
    tx.actor.personId,
    `${task.name.vi}: giao lại từ ${name(from)} cho ${name(to)}. Lý do: ${reason}`.normalize('NFC'),
    tx.at,
  ])
}

async function moveTo(
  tx: Tx,
  task: Task,
  personId: string | null,
  text: { vi: string; en: string },
  act: string,
  reason: string,
): Promise<void> {
  const from = task.assigneeId
  task.assigneeId = personId
  task.inPlaceOf = null
  await tx.em.flush()
  if (task.subjectKind === 'dossier')
    await changePerson(tx.sql, task.dossierId, task.id, personId, tx.at, {
      act,
      personId: tx.actor.personId,
      text,
    })
  tx.audit({
    act,
    dossierId: task.dossierId,
    detail: { task: task.id, from, to: personId, reasonGiven: reason !== '' },
  })
  tx.notify('live', { type: 'task', ids: [task.id, task.dossierId] })
}

async function takenBy(tx: Tx, personId: string) {
  const [person] = await tx.sql<{ full_name: string }>('select full_name from person where id = $1', [
    personId,
  ])
  return conflict(
    'task-claimed',
    {
      vi: `${person?.full_name ?? ''} đang giữ việc này.`,
      en: `${person?.full_name ?? ''} holds this task.`,
    },
    { by: person?.full_name },
  )
}
