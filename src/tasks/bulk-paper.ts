import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import type { Text } from '../dossiers/schemas.ts'
import { notFound } from '../http/problem.ts'
import type { ControlSheet, Head } from './desk-schemas.ts'
import type { TaskRow } from './read-model.ts'

/** What both papers say of a dossier first. */
export async function headOf(tx: Tx, row: TaskRow): Promise<z.input<typeof Head>> {
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
