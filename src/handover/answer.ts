import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { moveHolder } from '../deadlines/ledger.ts'
import { putFile } from '../documents/files.ts'
import { invalid } from '../http/invalid.ts'
import { conflict, type FieldError, notFound } from '../http/problem.ts'
import type { Services } from '../services.ts'
import { toReceiver } from './give.ts'
import { renderMinutes } from './minutes.ts'
import { TAKEN_IN } from './papers.ts'
import { handoverRow, type ItemRow, itemRows } from './read-model.ts'
import type { AnswerHandover } from './schemas.ts'

type Input = z.output<typeof AnswerHandover>

/**
 * The receiver signs: for each dossier received, or refused once with a reason. Papers are the receiver's from this
 * minute; what is refused goes back to the giver, in the ledger and never in the diagram (rules 10).
 */
export async function answerHandover(tx: Tx, services: Services, id: string, input: Input): Promise<void> {
  const by = tx.actor.personId
  await tx.sql('select id from handover where id = $1 for update', [id])
  const row = await handoverRow(tx, id, 'decide')
  if (!row || !by) throw notFound()
  if (row.state === 'answered')
    throw conflict(
      'handover-answered',
      {
        vi: `${row.answered_by} đã ký nhận biên bản này. Hãy tải lại trang.`,
        en: `${row.answered_by} has signed these minutes. Reload the page.`,
      },
      { by: row.answered_by, at: row.answered_at?.toISOString() },
    )
  const items = await itemRows(tx, id)
  const reasons = new Map(input.refused.map(({ dossierId, reason }) => [dossierId, reason.normalize('NFC')]))
  await refuseAnswer(tx, items, new Set(input.received), reasons, row.receiver_unit_id)
  for (const item of items) {
    const reason = reasons.get(item.dossier_id)
    await tx.sql(
      `update handover_item set state = $3, reason = $4, answered_by = $5, answered_at = $6
        where handover_id = $1 and dossier_id = $2`,
      [id, item.dossier_id, reason === undefined ? 'received' : 'refused', reason ?? '', by, tx.at],
    )
    if (reason === undefined) await toReceiver(tx, item.dossier_id, row.receiver_unit_id, 'Ký nhận bàn giao')
    else await backToGiver(tx, item.dossier_id, row.receiver_unit_id)
  }
  await tx.sql(`update handover set state = 'answered', answered_by = $2, answered_at = $3 where id = $1`, [
    id,
    by,
    tx.at,
  ])
  const signed = await handoverRow(tx, id)
  const bytes = await renderMinutes(tx, services, signed ?? row, 'unsigned-electronic')
  const { sha256 } = await putFile(tx, services.files, bytes, 'application/pdf')
  await tx.sql('update handover set file_sha256 = $2 where id = $1', [id, sha256])
  tx.audit({
    act: 'handover.answered',
    detail: {
      handover: id,
      received: items.filter((item) => !reasons.has(item.dossier_id)).map((item) => item.dossier_id),
      refused: [...reasons.keys()],
      sha256,
    },
  })
  tx.notify('live', { type: 'dossier', ids: items.map((item) => item.dossier_id) })
}

/** Every dossier is answered once, and one reasoned refusal is all there is: the next time it is taken or sent back. */
async function refuseAnswer(
  tx: Tx,
  items: ItemRow[],
  received: ReadonlySet<string>,
  refused: ReadonlyMap<string, string>,
  receiverUnitId: string,
): Promise<void> {
  const faults: FieldError[] = []
  for (const item of items) {
    if (received.has(item.dossier_id) === refused.has(item.dossier_id))
      faults.push({
        field: `items.${item.dossier_id}`,
        message: {
          vi: `Hồ sơ ${item.code}: chọn nhận hoặc không nhận.`,
          en: `Dossier ${item.code}: receive it or refuse it.`,
        },
      })
    else if (refused.has(item.dossier_id) && (await refusedBefore(tx, item.dossier_id, receiverUnitId)))
      faults.push({
        field: `items.${item.dossier_id}`,
        message: {
          vi: `Hồ sơ ${item.code} đã bị từ chối bàn giao một lần; lần này phải nhận. Nếu sai thẩm quyền, đề nghị chuyển đơn vị xử lý.`,
          en: `Dossier ${item.code} was refused once already; this time it must be taken. If it is not yours to handle, ask for another unit.`,
        },
      })
  }
  const known = new Set(items.map((item) => item.dossier_id))
  for (const id of [...received, ...refused.keys()])
    if (!known.has(id))
      faults.push({
        field: `items.${id}`,
        message: { vi: 'Biên bản không có hồ sơ này.', en: 'These minutes have no such dossier.' },
      })
  if (faults.length > 0) throw invalid(faults)
}

async function refusedBefore(tx: Tx, dossierId: string, unitId: string): Promise<boolean> {
  const rows = await tx.sql(
    `select from dossier d join handover_item i on i.dossier_id = d.id join handover h on h.id = i.handover_id
      join lateral (${TAKEN_IN}) came on true
      where d.id = $1 and h.receiver_unit_id = $2 and i.state = 'refused' and i.answered_at >= came.acted_at limit 1`,
    [dossierId, unitId],
  )
  return rows.length > 0
}

/** What the unit would not take is the one-stop's again, within the step in which it took the dossier in. */
async function backToGiver(tx: Tx, dossierId: string, receiverUnitId: string): Promise<void> {
  const [row] = await tx.sql<{
    agency_id: string
    unit_id: string
    element_id: string
    actor_id: string
    task_id: string | null
  }>(
    `select o.agency_id, o.id as unit_id, came.element_id, came.actor_id, h.task_id
       from dossier d join unit o on o.id = d.one_stop_unit_id join lateral (${TAKEN_IN}) came on true
       join holding h on h.dossier_id = d.id and h.track = 'accountable' and h.to_at is null
      where d.id = $1 and h.unit_id = $2`,
    [dossierId, receiverUnitId],
  )
  // Papers never left the one-stop's hands: there is nothing to move back.
  if (!row) return
  await moveHolder(
    tx.sql,
    dossierId,
    { agencyId: row.agency_id, unitId: row.unit_id, personId: row.actor_id },
    {
      elementId: row.element_id,
      stepName: {
        vi: 'Bị từ chối bàn giao, một cửa xử lý lại',
        en: 'Hand-over refused, back with the one-stop',
      },
      taskId: row.task_id,
      allottedMinutes: null,
    },
    tx.at,
    {
      act: 'handover.refused',
      personId: tx.actor.personId,
      text: { vi: 'Từ chối nhận bàn giao', en: 'Hand-over refused' },
    },
  )
}
