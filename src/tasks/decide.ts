import { LockMode } from '@mikro-orm/core'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import { isSigning } from '../access/stand-in.ts'
import { formatLegal } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { changePerson } from '../deadlines/ledger.ts'
import { ringBefore } from '../deadlines/worker.ts'
import { invalidField, invalidFrom } from '../http/invalid.ts'
import { conflict, forbidden, notFound, type Problem } from '../http/problem.ts'
import type { Step } from '../procedures/definition.ts'
import type { Services } from '../services.ts'
import { Decision, Task } from './entity.ts'
import { actOf, checkAct, isOver, outcomeOf, release } from './release.ts'
import { ConsultationSummaryData, DecisionData } from './schemas.ts'
import { needsReason } from './step.ts'

type Outcome = Step['outcomes'][string]
type Input = { outcome: string; version: number; data: Record<string, unknown> }
export type DecidedNow = { taskId: string; outcome: string; actedAt: Date; takeBackUntil: Date | null }

/**
 * A person decides a task (legal now = the act's instant). The decision is recorded at once and takes effect at release:
 * immediately, or after `takeBackSeconds` of machine time. Problems: 404, 403, 409 (who and when), 422 (the field and
 * the mend). On an error nothing has changed.
 */
export async function decide(tx: Tx, services: Services, taskId: string, input: Input): Promise<DecidedNow> {
  // What was due before the act rings before it, whether or not the watch has come round: a limit is judged by the clock.
  await ringBefore(tx, services, (await lockTask(tx, taskId)).dossierId)
  const task = await lockTask(tx, taskId)
  // First: whoever comes second is told who was first, not that the task is somebody else's.
  if (task.state !== 'open') throw await moved(tx, task)
  const signsForAnother = isSigning(task.form) && isAnothers(tx, task)
  if (signsForAnother || !allows(tx.actor.ability, 'decide', 'Task', task)) throw await notAllowed(tx, task)
  if (task.version !== input.version || (await isOver(tx, task))) throw await moved(tx, task)
  const actorId = tx.actor.personId
  if (!actorId) throw forbidden()

  const { definition } = await outcomeOf(tx, task, input.outcome)
  const data = readData(task.form, input.data, definition)
  const decision = tx.em.create(Decision, {
    id: uuid(),
    taskId: task.id,
    dossierId: task.dossierId,
    actorId,
    outcome: input.outcome,
    data,
    actedAt: tx.at,
    releaseAt: services.machineNow(services.settings.takeBackSeconds),
    state: 'pending',
    inPlaceOf: isAnothers(tx, task) ? task.assigneeId : (task.inPlaceOf ?? null),
  })
  const system: Tx = { ...tx, em: asSystem(tx.em, 'checks of a decision') }
  await checkAct(await actOf(system, services, task, decision), definition)
  await holdBy(tx, task, actorId)
  task.state = 'deciding'
  tx.audit({
    act: 'task.decided',
    dossierId: task.dossierId,
    detail: {
      task: task.id,
      step: task.elementId,
      outcome: input.outcome,
      fields: Object.keys(data),
      ...(decision.inPlaceOf ? { inPlaceOf: decision.inPlaceOf } : {}),
    },
  })
  await tx.em.flush()
  if (services.settings.takeBackSeconds === 0) await release(tx, services, decision.id)
  else tx.notify('live', { type: 'task', ids: [task.id, task.dossierId] })
  return {
    taskId: task.id,
    outcome: input.outcome,
    actedAt: tx.at,
    takeBackUntil: services.settings.takeBackSeconds === 0 ? null : decision.releaseAt,
  }
}

/** A decision of the actor's own that has not left yet. 409 when it has. */
async function inHand(tx: Tx, taskId: string, reason: string) {
  const task = await lockTask(tx, taskId)
  const em = asSystem(tx.em, reason)
  const decision = await em.findOne(
    Decision,
    { taskId, state: 'pending' },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  if (!decision || task.state !== 'deciding') throw await moved(tx, task)
  if (decision.actorId !== tx.actor.personId) throw forbidden()
  return { task, em, decision }
}

/** Whoever decided is sure: it leaves now instead of when the time to take it back is over. */
export async function sendNow(tx: Tx, services: Services, taskId: string): Promise<void> {
  const { decision } = await inHand(tx, taskId, 'send now')
  await release(tx, services, decision.id)
}

/** The person takes the decision back before it left; the task is open again. 409 when it has left. */
export async function takeBack(tx: Tx, taskId: string): Promise<void> {
  const { task, em, decision } = await inHand(tx, taskId, 'take back')
  decision.state = 'withdrawn'
  await em.flush()
  task.state = 'open'
  tx.audit({
    act: 'task.taken-back',
    dossierId: task.dossierId,
    detail: { task: task.id, decision: decision.id },
  })
  tx.notify('live', { type: 'task', ids: [task.id, task.dossierId] })
}

/** Whoever decides an unclaimed task, or that of somebody absent, holds it from this minute. */
async function holdBy(tx: Tx, task: Task, personId: string): Promise<void> {
  if (task.assigneeId === personId) return
  const absent = task.assigneeId ?? null
  task.assigneeId = personId
  task.inPlaceOf = absent
  const name = absent ? await nameOf(tx, absent) : ''
  await changePerson(
    tx.sql,
    task.dossierId,
    task.id,
    personId,
    tx.at,
    absent
      ? { act: 'stand-in', personId, text: { vi: `Làm thay ${name}`, en: `In place of ${name}` } }
      : { act: 'claim', personId, text: { vi: 'Tự nhận việc', en: 'Claimed' } },
    absent,
  )
}

const isAnothers = (tx: Tx, task: Task): boolean =>
  task.assigneeId !== null && task.assigneeId !== undefined && task.assigneeId !== tx.actor.personId

const nameOf = async (tx: Tx, personId: string): Promise<string> =>
  (await tx.sql<{ full_name: string }>('select full_name from person where id = $1', [personId]))[0]
    ?.full_name ?? ''

/**
 * Why not, in words that name who may: work that somebody has is theirs and their substitute's, of the kinds left to
 * them; and standing in never carries the signature (rules 7).
 */
async function notAllowed(tx: Tx, task: Task): Promise<Problem> {
  if (!isAnothers(tx, task)) return forbidden()
  const name = await nameOf(tx, task.assigneeId ?? '')
  const [standsIn] = await tx.sql(
    `select from absence where person_id = $1 and substitute_id = $2 and cancelled_at is null
        and $3 between from_day and to_day`,
    [task.assigneeId ?? null, tx.actor.personId, legalDay(tx.at)],
  )
  if (!standsIn)
    return forbidden({
      vi: `${name} đang giữ việc này; chỉ ${name}, hoặc người làm thay trong những ngày ${name} vắng mặt, mới quyết định được.`,
      en: `${name} has this task; only they decide it, or whoever stands in on the days they are away.`,
    })
  if (!isSigning(task.form))
    return forbidden({
      vi: `Ông/bà làm thay ${name} nhưng không gồm loại việc này. Đề nghị người phụ trách đơn vị giao lại việc.`,
      en: `You stand in for ${name}, but not for this kind of work. Ask the head of the unit to reassign it.`,
    })
  return forbidden({
    vi: `Làm thay ${name} không kèm quyền ký. Chỉ người có tư cách ký (thủ trưởng, hoặc KT., TL., TUQ. theo quyết định còn hiệu lực) mới ký được; hãy đề nghị lãnh đạo giao việc này cho người đó.`,
    en: `Standing in for ${name} does not carry the power to sign. Only somebody who signs as head, or KT., TL., TUQ. by a decision in force, may; ask the leader to give this task to them.`,
  })
}

async function lockTask(tx: Tx, taskId: string): Promise<Task> {
  const task = await tx.em.findOne(
    Task,
    { id: taskId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  )
  if (!task)
    throw notFound({
      vi: 'Không có việc này, hoặc việc không thuộc phạm vi của bạn.',
      en: 'There is no such task, or it is not within your reach.',
    })
  return task
}

function readData(form: string, data: unknown, outcome: Outcome): Record<string, unknown> {
  const schema: z.ZodType | undefined =
    form === 'consultation-summary'
      ? ConsultationSummaryData
      : DecisionData[form as keyof typeof DecisionData]
  if (!schema) throw new Error(`form ${form} has no data of its own: add it to tasks/schemas.ts`)
  const parsed = schema.safeParse(data)
  if (!parsed.success) throw invalidFrom(parsed.error, 'data')
  const read = parsed.data as Record<string, unknown>
  if (needsReason(outcome) && !read.reason)
    throw outcome.promises.includes('send-back')
      ? invalidField(
          'data.reason',
          'Trả lại cần ghi rõ lý do để người nhận biết phải sửa gì.',
          'Sending back needs a reason, so that whoever gets it knows what to mend.',
        )
      : invalidField('data.reason', 'Cần ghi lý do cho lựa chọn này.', 'This choice needs a reason.')
  return read
}

/** Somebody was first: says who and when, so that the person knows whom to ask. */
async function moved(tx: Tx, task: Task): Promise<Problem> {
  const [last] = await tx.sql<{ name: string; acted_at: Date; outcome: string }>(
    `select p.full_name as name, d.acted_at, d.outcome from decision d join person p on p.id = d.actor_id
      where d.task_id = $1 and d.state <> 'withdrawn' order by d.acted_at desc limit 1`,
    [task.id],
  )
  if (last)
    return conflict(
      'task-decided',
      {
        vi: `${last.name} đã quyết định việc này lúc ${formatLegal(last.acted_at, 'vi')}. Hãy tải lại trang.`,
        en: `${last.name} decided this task on ${formatLegal(last.acted_at, 'en')}. Reload the page.`,
      },
      { by: last.name, at: last.acted_at.toISOString(), outcome: last.outcome },
    )
  return conflict('task-moved', {
    vi: 'Việc này vừa thay đổi (được giao, nhận hoặc kết thúc). Hãy tải lại trang rồi làm tiếp.',
    en: 'This task has just changed (assigned, claimed or ended). Reload the page and go on.',
  })
}
