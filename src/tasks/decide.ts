import { LockMode } from '@mikro-orm/core'
import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import type { LedgerAct } from '../deadlines/entity.ts'
import { changePerson, passOn } from '../deadlines/ledger.ts'
import { ringBefore } from '../deadlines/worker.ts'
import { Dossier } from '../dossiers/entity.ts'
import { enqueueTaskCompletion } from '../engine/index.ts'
import { invalidField, invalidFrom } from '../http/invalid.ts'
import { conflict, forbidden, notFound, type Problem } from '../http/problem.ts'
import type { Step } from '../procedures/definition.ts'
import type { Services } from '../services.ts'
import type { Text } from '../text.ts'
import type { Act } from './act.ts'
import { Decision, Task } from './entity.ts'
import { keepers } from './promises.ts'
import { ConsultationSummaryData, DecisionData } from './schemas.ts'
import { stepOf, subjectOf } from './step.ts'

type Outcome = Step['outcomes'][string]
type Input = { outcome: string; version: number; data: Record<string, unknown> }
export type DecidedNow = { taskId: string; outcome: string; actedAt: Date; takeBackUntil: Date | null }

/**
 * A person decides a task (legal now = the act's instant). The decision is recorded at once and takes effect at release:
 * immediately, or after `takeBackSeconds` of machine time. Problems: 404, 403, 409 (who and when), 422 (the field and
 * the mend). On an error nothing has changed.
 */
export async function decide(tx: Tx, services: Services, taskId: string, input: Input): Promise<DecidedNow> {
  const task = await lockTask(tx, taskId)
  // First: whoever comes second is told who was first, not that the task is somebody else's.
  if (task.state !== 'open') throw await moved(tx, task)
  if (!allows(tx.actor.ability, 'decide', 'Task', task)) throw forbidden()
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
  })
  await check(tx, services, task, decision, definition)
  await holdBy(tx, task, actorId)
  task.state = 'deciding'
  tx.audit({
    act: 'task.decided',
    dossierId: task.dossierId,
    detail: { task: task.id, step: task.elementId, outcome: input.outcome, fields: Object.keys(data) },
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

/** The person takes the decision back before it left; the task is open again. 409 when it has left. */
export async function takeBack(tx: Tx, taskId: string): Promise<void> {
  const task = await lockTask(tx, taskId)
  const em = asSystem(tx.em, 'take back')
  const decision = await em.findOne(
    Decision,
    { taskId, state: 'pending' },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  if (!decision || task.state !== 'deciding') throw await moved(tx, task)
  if (decision.actorId !== tx.actor.personId) throw forbidden()
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

/**
 * The decision leaves the desk: its promises are kept with the instant of the act, the ledger's boundary is written and
 * the completion goes to the engine, all in this transaction. Idempotent: a released decision is left alone. One whose
 * dossier or letter has ended meanwhile is withdrawn.
 */
export async function release(tx: Tx, services: Services, decisionId: string): Promise<void> {
  const em = asSystem(tx.em, 'effects of a released decision')
  const decision = await em.findOneOrFail(
    Decision,
    { id: decisionId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  if (decision.state !== 'pending') return
  // Whenever it leaves, its letters and clocks bear the instant at which the person acted.
  const system: Tx = { ...tx, em, at: decision.actedAt }
  // What was due before the act rings before it, whether or not the watch has come round: silence, breach, a missed letter.
  await ringBefore(system, services, decision.dossierId)
  const task = await em.findOneOrFail(Task, { id: decision.taskId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (await isOver(system, task)) {
    decision.state = 'withdrawn'
    task.state = 'moving'
    tx.audit({
      act: 'task.overtaken',
      dossierId: task.dossierId,
      detail: { task: task.id, decision: decision.id },
    })
    await em.flush()
    return
  }
  const { definition, step } = await outcomeOf(system, task, decision.outcome)
  const act = await actOf(system, services, task, decision, step.name)

  const variables: Record<string, unknown> = {}
  for (const promise of definition.promises) Object.assign(variables, await keepers[promise]?.keep(act))
  await em.flush()
  // A step after the dossier has ended (result returned, refused) leaves no next interval.
  if (task.subjectKind === 'dossier')
    await passOn(system.sql, task.dossierId, decision.actedAt, act.ledgerAct)

  await enqueueTaskCompletion(system, {
    subjectId: task.subjectId,
    taskKey: task.engineKey,
    epoch: task.epoch,
    variables: { ...variables, outcome: decision.outcome },
  })
  decision.state = 'released'
  task.state = 'moving'
  tx.audit({
    act: 'task.released',
    dossierId: task.dossierId,
    actorId: decision.actorId,
    detail: {
      task: task.id,
      decision: decision.id,
      outcome: decision.outcome,
      promises: definition.promises,
    },
  })
  tx.notify('live', { type: 'task', ids: [task.id, task.dossierId] })
  await em.flush()
}

/**
 * The dossier or the letter has ended, and the engine has not taken its task away yet: what is decided on it now, or
 * was decided and has not left, counts no more. A request to stop is still answered.
 */
async function isOver(tx: Tx, task: Task): Promise<boolean> {
  const [row] = await tx.sql<{ over: boolean }>(
    task.subjectKind === 'letter'
      ? `select state = 'void' as over from letter where id = $1`
      : `select state in ('returned', 'refused', 'closed', 'withdrawn') as over from dossier where id = $1`,
    [task.subjectKind === 'letter' ? task.subjectId : task.dossierId],
  )
  return row?.over === true && task.subjectKind !== 'stop'
}

/** Whoever decides an unclaimed task holds it from this minute. */
async function holdBy(tx: Tx, task: Task, personId: string): Promise<void> {
  if (task.assigneeId === personId) return
  task.assigneeId = personId
  await changePerson(tx.sql, task.dossierId, task.id, personId, tx.at, {
    act: 'claim',
    personId,
    text: { vi: 'Tự nhận việc', en: 'Claimed' },
  })
}

async function lockTask(tx: Tx, taskId: string): Promise<Task> {
  const task = await tx.em.findOne(Task, { id: taskId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!task)
    throw notFound({
      vi: 'Không có việc này, hoặc việc không thuộc phạm vi của bạn.',
      en: 'There is no such task, or it is not within your reach.',
    })
  return task
}

async function outcomeOf(tx: Tx, task: Task, outcome: string) {
  const subject = await subjectOf(tx.sql, task.subjectId)
  if (!subject) throw notFound()
  const step = await stepOf(tx.sql, subject.processId, task.elementId)
  const definition = step.outcomes[outcome]
  if (!definition)
    throw invalidField(
      'outcome',
      `Bước này không có lựa chọn “${outcome}”; chọn một trong: ${Object.values(step.outcomes)
        .map((o) => o.label.vi)
        .join(', ')}.`,
      `This step has no choice “${outcome}”; choose one of: ${Object.keys(step.outcomes).join(', ')}.`,
    )
  return { definition, step, subject }
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
  if (outcome.needsReason && !read.reason)
    throw invalidField('data.reason', 'Cần ghi lý do cho lựa chọn này.', 'This choice needs a reason.')
  return read
}

async function check(
  tx: Tx,
  services: Services,
  task: Task,
  decision: Decision,
  outcome: Outcome,
): Promise<void> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'checks of a decision') }
  const act = await actOf(system, services, task, decision, task.name)
  for (const promise of outcome.promises) await keepers[promise]?.check?.(act)
}

async function actOf(
  tx: Tx,
  services: Services,
  task: Task,
  decision: Decision,
  stepName: Text,
): Promise<Act> {
  const dossier = await tx.em.findOneOrFail(Dossier, { id: task.dossierId })
  const ledgerAct: LedgerAct = {
    act: `${task.elementId}:${decision.outcome}`,
    personId: decision.actorId,
    text: stepName,
  }
  return {
    tx,
    services,
    task,
    dossier,
    decision,
    by: decision.actorId,
    at: decision.actedAt,
    data: decision.data,
    ledgerAct,
  }
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
