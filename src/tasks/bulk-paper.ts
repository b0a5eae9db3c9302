import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import type { Text } from '../dossiers/schemas.ts'
import { conflict, notFound } from '../http/problem.ts'
import type { ControlSheet, HandedOver, Head } from './desk-schemas.ts'
import type { TaskRow } from './read-model.ts'

async function headOf(tx: Tx, row: TaskRow): Promise<z.input<typeof Head>> {
  const dossier = await dossierRow(tx, row.dossier_id)
  if (!dossier) throw notFound()
  return {
    code: dossier.code,
    applicant: dossier.applicant,
    procedure: dossier.procedure_name,
    receivedAt: dossier.received_at?.toISOString() ?? null,
    dueAt: dossier.due_at?.toISOString() ?? null,
  }
}

/**
 * The dossier's papers go to whoever holds it now, by one control list. Only what has left this unit for good: a decision
 * that can still be taken back, or a dossier that stays in the unit, is refused (409).
 */
export async function handOver(tx: Tx, row: TaskRow): Promise<z.input<typeof HandedOver>> {
  if (row.state === 'open' || row.state === 'cancelled')
    throw conflict('not-decided', {
      vi: 'Việc này chưa được quyết định nên hồ sơ chưa rời bàn bạn. Hãy quyết định rồi bàn giao.',
      en: 'This task has not been decided: the dossier is still on your desk. Decide, then hand over.',
    })
  if (row.state === 'deciding')
    throw conflict('still-here', {
      vi: 'Quyết định còn rút lại được, hồ sơ chưa chuyển đi. Hãy đợi hết 30 giây rồi bàn giao.',
      en: 'The decision can still be taken back, the dossier has not left. Wait until the 30 seconds are over.',
    })
  const [holder] = await tx.sql<{
    unit_id: string
    unit: z.input<typeof Text>
    person: string | null
    step: z.input<typeof Text>
  }>(
    `select u.id as unit_id, u.name as unit, p.full_name || coalesce(' (thay ' || ab.full_name || ')', '') as person, h.step_name as step
       from holding h join unit u on u.id = h.unit_id left join person p on p.id = h.person_id left join person ab on ab.id = h.in_place_of
      where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null and h.element_id <> ''`,
    [row.dossier_id],
  )
  if (!holder || holder.unit_id === row.unit_id)
    throw conflict('nobody-takes-it', {
      vi: 'Hồ sơ không ở đơn vị khác (đang chuyển bước, còn ở đơn vị bạn, hoặc đã kết thúc): không có gì để bàn giao.',
      en: 'The dossier is not with another unit (moving on, still in yours, or ended): there is nothing to hand over.',
    })
  const head = await headOf(tx, row)
  const [papers] = await tx.sql<{ n: number }>(
    'select count(*)::int as n from document where dossier_id = $1',
    [row.dossier_id],
  )
  tx.audit({
    act: 'dossier.on-control-list',
    dossierId: row.dossier_id,
    detail: { task: row.id, unit: holder.unit_id },
  })
  return { ...head, unit: holder.unit, person: holder.person, step: holder.step, papers: papers?.n ?? 0 }
}

/** What the sheet of a dossier says at this moment. */
export async function controlSheet(tx: Tx, row: TaskRow): Promise<z.input<typeof ControlSheet>> {
  const head = await headOf(tx, row)
  const steps = await tx.sql<{
    step: z.input<typeof Text>
    unit: z.input<typeof Text>
    person: string | null
    from_at: Date
    to_at: Date | null
  }>(
    `select h.step_name as step, u.name as unit, p.full_name || coalesce(' (thay ' || ab.full_name || ')', '') as person, h.from_at, h.to_at
       from holding h join unit u on u.id = h.unit_id left join person p on p.id = h.person_id left join person ab on ab.id = h.in_place_of
      where h.dossier_id = $1 and h.track = 'accountable' order by h.seq`,
    [row.dossier_id],
  )
  tx.audit({ act: 'sheet.printed', dossierId: row.dossier_id, detail: { task: row.id } })
  return {
    ...head,
    steps: steps.map(({ step, unit, person, from_at, to_at }) => ({
      step,
      unit,
      person,
      fromAt: from_at.toISOString(),
      toAt: to_at?.toISOString() ?? null,
    })),
  }
}
