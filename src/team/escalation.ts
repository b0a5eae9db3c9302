import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify } from '../notifications/notify.ts'
import type { Text } from '../text.ts'
import { headsOf, leadersOf } from './heads.ts'

export type Level = 'unit-head' | 'leader'

type TaskRow = {
  state: string
  name: Text
  agency_id: string
  unit_id: string
  due_at: Date
  unit: Text
  holder: string | null
}

/**
 * A step overdue for too long is shown to the head of its unit, or to the leader: on the board "Cần can thiệp" and by a
 * message. Rung by an alarm of the step's clock, once for each level; the text it returns stays on the alarm's row.
 */
export async function escalate(tx: Tx, dossierId: string, taskId: string, level: Level): Promise<string> {
  const [task] = await tx.sql<TaskRow>(
    `select t.state, t.name, t.agency_id, t.unit_id, t.due_at, u.name as unit, p.full_name as holder
       from task t join unit u on u.id = t.unit_id left join person p on p.id = t.assignee_id where t.id = $1`,
    [taskId],
  )
  if (task?.state !== 'open') return 'the step has been decided'
  await tx.sql(
    `insert into escalation (task_id, level, agency_id, unit_id, at) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [taskId, level, task.agency_id, task.unit_id, tx.at],
  )
  const where = { unitId: task.unit_id, agencyId: task.agency_id }
  const people = await (level === 'unit-head' ? headsOf : leadersOf)(tx, where, legalDay(tx.at))
  for (const personId of people)
    await notify(tx, {
      key: `escalate/${taskId}/${level}/${personId}`,
      dossierId,
      personId,
      template: 'step-overdue',
      data: {
        step: task.name,
        stepDueAt: task.due_at,
        holder: task.holder ?? {
          vi: `${task.unit.vi} (chưa ai nhận)`,
          en: `${task.unit.en ?? task.unit.vi} (unclaimed)`,
        },
      },
    })
  tx.notify('live', { type: 'task', ids: [taskId, dossierId] })
  return `shown to ${level}, ${people.length} told`
}
