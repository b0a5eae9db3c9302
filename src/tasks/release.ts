import { LockMode } from '@mikro-orm/core'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import type { LedgerAct } from '../deadlines/entity.ts'
import { passOn } from '../deadlines/ledger.ts'
import { Dossier } from '../dossiers/entity.ts'
import { judgeInnerLimits } from '../dossiers/inner-limits.ts'
import { enqueueTaskCompletion } from '../engine/index.ts'
import { invalidField } from '../http/invalid.ts'
import { notFound, Problem } from '../http/problem.ts'
import type { Step } from '../procedures/definition.ts'
import type { Services } from '../services.ts'
import type { Act } from './act.ts'
import { Decision, Task } from './entity.ts'
import { keepers } from './promises.ts'
import { stepOf, subjectOf } from './step.ts'

type Outcome = Step['outcomes'][string]

/**
 * The decision leaves the desk: its promises are kept with the instant of the act, the ledger's boundary is written and
 * the completion goes to the engine, all in this transaction. Idempotent: a released decision is left alone. One whose
 * subject has ended meanwhile is withdrawn, and one that may no longer be is open again.
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
  const task = await em.findOneOrFail(Task, { id: decision.taskId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  const { definition } = await outcomeOf(system, task, decision.outcome)
  const act = await actOf(system, services, task, decision)
  const waited = tx.at > decision.actedAt
  if (await isOver(system, task)) return overtaken(act, 'moving')
  if (waited && (await isRefused(act, definition))) return overtaken(act, 'open')

  const variables: Record<string, unknown> = {}
  for (const promise of definition.promises) Object.assign(variables, await keepers[promise]?.keep(act))
  await em.flush()
  // A step after the dossier has ended (result returned, refused) leaves no next interval.
  if (task.subjectKind === 'dossier') {
    await judgeInnerLimits(act, definition)
    await passOn(system.sql, task.dossierId, decision.actedAt, act.ledgerAct)
  }

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

/** Somebody's act was overtaken by another while it could still be taken back: it counts no more. */
async function overtaken({ tx, task, decision }: Act, state: 'open' | 'moving'): Promise<void> {
  decision.state = 'withdrawn'
  task.state = state
  tx.audit({
    act: 'task.overtaken',
    dossierId: task.dossierId,
    detail: { task: task.id, decision: decision.id },
  })
  tx.notify('live', { type: 'task', ids: [task.id, task.dossierId] })
  await tx.em.flush()
}

/** What was right when the person decided may no longer be (a stop confirmed, and then the result came first). */
async function isRefused(act: Act, outcome: Outcome): Promise<boolean> {
  try {
    await checkAct(act, outcome)
    return false
  } catch (error) {
    if (error instanceof Problem) return true
    throw error
  }
}

/** Asks every promise whether it can be kept. Throws a Problem that names the field and the mend. */
export async function checkAct(act: Act, outcome: Outcome): Promise<void> {
  for (const promise of outcome.promises) await keepers[promise]?.check?.(act)
}

const ENDED = `state in ('returned', 'refused', 'closed', 'withdrawn')`

/** Per kind of subject, whether there is nothing to decide on it any more. A request to stop is still answered. */
const OVER: Record<Task['subjectKind'], string> = {
  dossier: `select ${ENDED} as over from dossier where id = $1`,
  consultation: `select outcome is not null or exists (select from dossier d where d.id = dossier_id and ${ENDED}) as over
                   from consultation where id = $1`,
  letter: `select state = 'void' as over from letter where id = $1`,
  stop: 'select false as over where $1::uuid is not null',
}

/**
 * The task's subject has ended (a dossier closed, a silence recorded, a letter void), and the engine has not taken the
 * task away yet: what is decided on it now, or was decided and has not left, counts no more.
 */
export async function isOver(tx: Tx, task: Task): Promise<boolean> {
  const [row] = await tx.sql<{ over: boolean }>(OVER[task.subjectKind], [task.subjectId])
  return row?.over === true
}

/** What the step's definition says of an outcome. 422 with the outcomes there are. */
export async function outcomeOf(tx: Tx, task: Task, outcome: string) {
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
  return { definition, step }
}

/** A decision about to take effect. `tx` sees with the product's own eyes. */
export async function actOf(tx: Tx, services: Services, task: Task, decision: Decision): Promise<Act> {
  const dossier = await tx.em.findOneOrFail(Dossier, { id: task.dossierId })
  const ledgerAct: LedgerAct = {
    act: `${task.elementId}:${decision.outcome}`,
    personId: decision.actorId,
    text: task.name,
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
