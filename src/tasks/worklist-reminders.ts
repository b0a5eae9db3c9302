import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { invalidField } from '../http/invalid.ts'
import { notFound } from '../http/problem.ts'
import type { NewReminder, ReminderView } from './desk-schemas.ts'
import { taskRow } from './read-model.ts'

/** "Nhắc tôi": reminds the person alone, at a legal instant to come. Clocks, due dates and ledger stay as they are. */
export async function setReminder(tx: Tx, input: z.output<typeof NewReminder>): Promise<{ id: string }> {
  const at = new Date(input.at)
  const task = input.taskId ? await taskRow(tx, input.taskId) : undefined
  if (input.taskId && task?.dossier_id !== input.dossierId) throw notFound()
  if (!task && !(await dossierRow(tx, input.dossierId))) throw notFound()
  if (at <= tx.at)
    throw invalidField(
      'at',
      'Giờ nhắc phải ở sau lúc này.',
      'The time of the reminder must be still to come.',
    )
  const id = uuid()
  await tx.sql(
    `insert into reminder (id, person_id, dossier_id, task_id, at, text, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, tx.actor.personId, input.dossierId, input.taskId, at, input.text.normalize('NFC'), tx.at],
  )
  tx.audit({ act: 'reminder.set', dossierId: input.dossierId, detail: { reminder: id } })
  tx.notify('live', { type: 'task', ids: [input.taskId ?? input.dossierId, input.dossierId] })
  return { id }
}

/** My reminders that are not done, the next first. */
export async function reminders(tx: Tx): Promise<z.input<typeof ReminderView>[]> {
  const params: unknown[] = []
  const mine = scope(tx.actor.ability, 'read', 'Reminder', 'r', params)
  const rows = await tx.sql<{
    id: string
    dossier_id: string
    task_id: string | null
    code: string
    full_name: string
    at: Date
    text: string
  }>(
    `select r.id, r.dossier_id, t.id as task_id, d.code, p.full_name, r.at, r.text
       from reminder r join dossier d on d.id = r.dossier_id join person p on p.id = d.applicant_id
       left join task t on t.id = r.task_id and t.state in ('open', 'deciding')
      where r.done_at is null and ${mine} order by r.at limit 200`,
    params,
  )
  return rows.map((row) => ({
    id: row.id,
    dossierId: row.dossier_id,
    taskId: row.task_id,
    dossierCode: row.code,
    applicant: row.full_name,
    at: row.at.toISOString(),
    text: row.text,
    due: row.at <= tx.at,
  }))
}

/** Done with; the row stays. */
export async function endReminder(tx: Tx, id: string): Promise<void> {
  const params: unknown[] = [id, tx.at]
  const [row] = await tx.sql<{ dossier_id: string }>(
    `update reminder r set done_at = coalesce(done_at, $2)
      where id = $1 and ${scope(tx.actor.ability, 'update', 'Reminder', 'r', params)} returning dossier_id`,
    params,
  )
  if (!row) throw notFound()
  tx.audit({ act: 'reminder.done', dossierId: row.dossier_id, detail: { reminder: id } })
  tx.notify('live', { type: 'task', ids: [row.dossier_id, row.dossier_id] })
}
