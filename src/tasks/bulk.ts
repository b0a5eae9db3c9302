import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { once } from '../http/idempotency.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, Problem } from '../http/problem.ts'
import type { Services } from '../services.ts'
import { assignTask, claim } from './assign.ts'
import { handOverMany } from './bulk-hand-over.ts'
import { controlSheet } from './bulk-paper.ts'
import { mayReceive, maySign, neverInBulk, taskOfList } from './bulk-rules.ts'
import { previewOf } from './bulk-sign.ts'
import { decide } from './decide.ts'
import { type BulkAnswer, type Bulk as BulkSchema, NEVER } from './desk-schemas.ts'
import type { TaskRow } from './read-model.ts'

type Bulk = z.output<typeof BulkSchema>
type Item = Bulk['items'][number]

type Result = z.input<typeof BulkAnswer>['results'][number]
type Done = Partial<Pick<Result, 'sheet' | 'takeBackUntil'>>

/**
 * One act on up to 50 tasks: each in a transaction of its own, in their order, with its own result; one that fails leaves
 * the others done. With a key, a repeated request gives what is done its first answer and tries the others again.
 * Dossiers handed over go together, on one control list and the minutes that it needs. 422 for what is never done in bulk.
 */
export async function bulk(
  services: Services,
  actor: Actor,
  input: Bulk,
  key: string | undefined,
): Promise<z.input<typeof BulkAnswer>> {
  for (const act of NEVER) if (input.act === act) throw neverInBulk(act)
  if (input.act === 'assign' && !input.personId)
    throw invalidField('personId', 'Hãy chọn người nhận việc.', 'Choose who gets the work.')
  const { items, act, ...common } = input
  if (act === 'hand-over') return handedOver(services, actor, items)
  const results: Result[] = []
  for (const item of items) results.push(await one(services, actor, { ...common, act, item }, key))
  return { at: services.db.clock.now().toISOString(), results }
}

type One = Omit<Bulk, 'items' | 'act'> & { act: Exclude<Bulk['act'], 'hand-over'>; item: Item }

const nothing = (taskId: string): Result => ({
  taskId,
  done: false,
  problem: null,
  handedOver: null,
  sheet: null,
  takeBackUntil: null,
})

/** All at once, because a batch has one paper; a repeat finds the minutes that are written. */
async function handedOver(
  services: Services,
  actor: Actor,
  items: Item[],
): Promise<z.input<typeof BulkAnswer>> {
  const tried = await services.db.transact(actor, (tx) =>
    handOverMany(
      tx,
      items.map(({ taskId }) => taskId),
    ),
  )
  const results = items.map(({ taskId }): Result => {
    const line = tried.get(taskId)
    if (line instanceof Problem) return { ...nothing(taskId), problem: problemOf(services, actor, line) }
    return { ...nothing(taskId), done: true, handedOver: line ?? null }
  })
  return { at: services.db.clock.now().toISOString(), results }
}

async function one(services: Services, actor: Actor, input: One, key: string | undefined): Promise<Result> {
  const result = nothing(input.item.taskId)
  try {
    const done = await services.db.transact(actor, async (tx) => {
      const work = async () => ({ status: 200, body: await perform(tx, services, input) })
      if (key === undefined) return (await work()).body
      const request = {
        key: `${key}:${input.item.taskId}`,
        method: 'post',
        path: '/api/tasks/bulk',
        body: input,
      }
      return (await once(tx, request, work)).body as Done
    })
    return { ...result, ...done, done: true }
  } catch (error) {
    return { ...result, problem: problemOf(services, actor, error) }
  }
}

/** What stood in the way of one item; the others go on. */
function problemOf(services: Services, actor: Actor, error: unknown): Result['problem'] {
  if (!(error instanceof Problem)) services.log.error({ err: error }, 'an item of a bulk act failed')
  const problem =
    error instanceof Problem
      ? error
      : new Problem(500, 'unexpected', {
          vi: 'Việc này chưa làm được vì lỗi hệ thống. Hãy thử lại; những việc đã xong vẫn xong.',
          en: 'This one was not done because of a system error. Try again; what is done stays done.',
        })
  const { status, type, title = '', detail, errors } = problem.toAnswer(actor.locale)
  return { status, type, title, detail: [detail, ...(errors ?? []).map(({ message }) => message)].join(' ') }
}

async function perform(
  tx: Tx,
  services: Services,
  { act, item, personId, reason, postId }: One,
): Promise<Done> {
  const row = await taskOfList(tx, item.taskId)
  switch (act) {
    case 'print':
      return { sheet: await controlSheet(tx, row) }
    case 'claim':
      demandSame(row, item)
      await claim(tx, row.id)
      return {}
    case 'assign':
      demandSame(row, item)
      await assignTask(tx, row.id, personId ?? '', reason)
      return {}
    case 'receive':
      await mayReceive(tx, row)
      return decided(tx, services, item, { outcome: 'received', data: {} })
    case 'sign': {
      const { letter, fingerprint } = await previewOf({ ...tx, em: asSystem(tx.em, 'preview') }, row)
      await maySign(tx, row, letter, item.seen, fingerprint)
      return decided(tx, services, item, { outcome: 'signed', data: postId ? { postId } : {} })
    }
    default:
      throw neverInBulk(act)
  }
}

async function decided(
  tx: Tx,
  services: Services,
  { taskId, version }: Item,
  decision: { outcome: string; data: Record<string, unknown> },
): Promise<Done> {
  const { takeBackUntil } = await decide(tx, services, taskId, { ...decision, version })
  return { takeBackUntil: takeBackUntil?.toISOString() ?? null }
}

/** The list that somebody acts on may be older than the work. */
function demandSame(row: TaskRow, { version }: Item): void {
  if (row.version === version) return
  throw conflict('task-moved', {
    vi: 'Việc này vừa thay đổi (được giao, nhận hoặc quyết định). Hãy cập nhật danh sách rồi làm tiếp.',
    en: 'This task has just changed (assigned, claimed or decided). Update the list and go on.',
  })
}
