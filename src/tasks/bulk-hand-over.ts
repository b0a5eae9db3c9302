import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { giveHandover } from '../handover/give.ts'
import { type ReadyRow, readyOf } from '../handover/read-model.ts'
import { conflict, Problem } from '../http/problem.ts'
import type { Text } from '../text.ts'
import { headOf } from './bulk-paper.ts'
import { taskOfList } from './bulk-rules.ts'
import type { HandedOver } from './desk-schemas.ts'
import type { TaskRow } from './read-model.ts'

type Line = z.input<typeof HandedOver>
type Going = { taskId: string; row: TaskRow; ready: ReadyRow | undefined }

/**
 * Dossiers that have left this desk go to whoever takes them, on one control list; each says why it does not, and the
 * others go. What passes between counter and unit goes by minutes (biên bản bàn giao), one for each unit that takes
 * some, signed by the actor in this transaction; what stands on minutes already names them, so that a repeat changes
 * nothing.
 */
export async function handOverMany(tx: Tx, taskIds: string[]): Promise<Map<string, Line | Problem>> {
  const answers = new Map<string, Line | Problem>()
  const left: Omit<Going, 'ready'>[] = []
  for (const taskId of taskIds)
    await told(answers, [taskId], async () => {
      const row = await taskOfList(tx, taskId)
      mustHaveLeft(row)
      left.push({ taskId, row })
    })
  const waiting = await readyOf(
    tx,
    left.map(({ row }) => row.dossier_id),
  )
  const ready = new Map(waiting.map((row) => [`${row.id}/${row.giver_unit_id}`, row]))
  const going = left.map(
    ({ taskId, row }): Going => ({ taskId, row, ready: ready.get(`${row.dossier_id}/${row.unit_id}`) }),
  )
  const batches = Map.groupBy(
    going.filter(({ ready }) => ready !== undefined),
    ({ ready }) => `${ready?.giver_unit_id}/${ready?.receiver_unit_id}`,
  )
  for (const batch of batches.values())
    await told(
      answers,
      batch.map(({ taskId }) => taskId),
      () => give(tx, batch),
    )
  for (const { taskId, row } of going)
    if (!answers.has(taskId))
      await told(answers, [taskId], async () => void answers.set(taskId, await lineOf(tx, row)))
  return answers
}

/** What refuses some of them is their answer; it has not written anything by then. */
async function told(
  answers: Map<string, Line | Problem>,
  taskIds: string[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    for (const taskId of taskIds) answers.set(taskId, error)
  }
}

async function give(tx: Tx, batch: Going[]): Promise<void> {
  const sides = batch[0]?.ready
  if (!sides) return
  await giveHandover(tx, {
    giverUnitId: sides.giver_unit_id,
    receiverUnitId: sides.receiver_unit_id,
    dossierIds: batch.map(({ row }) => row.dossier_id),
    note: '',
  })
}

function mustHaveLeft({ state }: TaskRow): void {
  if (state === 'open' || state === 'cancelled')
    throw conflict('not-decided', {
      vi: 'Việc này chưa được quyết định nên hồ sơ chưa rời bàn bạn. Hãy quyết định rồi bàn giao.',
      en: 'This task has not been decided: the dossier is still on your desk. Decide, then hand over.',
    })
  if (state === 'deciding')
    throw conflict('still-here', {
      vi: 'Quyết định còn rút lại được, hồ sơ chưa chuyển đi. Hãy đợi hết 30 giây rồi bàn giao.',
      en: 'The decision can still be taken back, the dossier has not left. Wait until the 30 seconds are over.',
    })
}

type Taker = { unit_id: string; unit: Text; person: string | null; step: Text }
type Minutes = { id: string; number: string; state: 'given' | 'received' } & Taker

async function lineOf(tx: Tx, row: TaskRow): Promise<Line> {
  const minutes = await minutesOf(tx, row)
  const holder = await holderOf(tx, row.dossier_id)
  // Until the receiver signs, papers are still the giver's in the ledger: the minutes say where they go.
  const taker = minutes?.state === 'given' ? minutes : holder
  if (!taker || taker.unit_id === row.unit_id)
    throw conflict('nobody-takes-it', {
      vi: 'Hồ sơ không ở đơn vị khác (đang chuyển bước, còn ở đơn vị bạn, hoặc đã kết thúc): không có gì để bàn giao.',
      en: 'The dossier is not with another unit (moving on, still in yours, or ended): there is nothing to hand over.',
    })
  const [papers] = await tx.sql<{ n: number }>(
    'select count(*)::int as n from document where dossier_id = $1',
    [row.dossier_id],
  )
  tx.audit({
    act: 'dossier.on-control-list',
    dossierId: row.dossier_id,
    detail: { task: row.id, unit: taker.unit_id },
  })
  return {
    ...(await headOf(tx, row)),
    unit: taker.unit,
    person: taker.person,
    step: taker.step,
    papers: papers?.n ?? 0,
    minutes: minutes && minutes.unit_id === taker.unit_id ? { id: minutes.id, number: minutes.number } : null,
  }
}

async function holderOf(tx: Tx, dossierId: string): Promise<Taker | undefined> {
  const [holder] = await tx.sql<Taker>(
    `select u.id as unit_id, u.name as unit, p.full_name || coalesce(' (thay ' || ab.full_name || ')', '') as person, h.step_name as step
       from holding h join unit u on u.id = h.unit_id left join person p on p.id = h.person_id left join person ab on ab.id = h.in_place_of
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null and h.element_id <> ''`,
    [dossierId],
  )
  return holder
}

/** The latest minutes by which this unit gave the dossier away, unless the receiver refused it. */
async function minutesOf(tx: Tx, row: TaskRow): Promise<Minutes | undefined> {
  const [minutes] = await tx.sql<Minutes>(
    `select h.id, h.number_text as number, i.state, u.id as unit_id, u.name as unit, null as person,
            coalesce((select t.name from task t where t.dossier_id = i.dossier_id and t.unit_id = u.id
                       and t.state in ('open', 'deciding') order by t.opened_at desc limit 1), u.name) as step
       from handover_item i join handover h on h.id = i.handover_id join unit u on u.id = h.receiver_unit_id
      where i.dossier_id = $1 and h.giver_unit_id = $2 and i.state in ('given', 'received')
      order by h.given_at desc, h.id desc limit 1`,
    [row.dossier_id, row.unit_id],
  )
  return minutes
}
