import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { notify } from '../notifications/notify.ts'
import type { Text } from '../text.ts'

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
  const people = await aboveOf(tx, task, level)
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

/** Heads of the unit, or the leaders of its agency: also where a unit has no head of its own. */
async function aboveOf(tx: Tx, { unit_id, agency_id }: TaskRow, level: Level): Promise<string[]> {
  const rows = await tx.sql<{ person_id: string; head: boolean }>(
    `select distinct po.person_id, po.unit_id = $1 and po.role in ('unit-head', 'one-stop-head') as head
       from post po join person p on p.id = po.person_id and p.active
      where ((po.unit_id = $1 and po.role in ('unit-head', 'one-stop-head')) or (po.agency_id = $2 and po.role = 'leader'))
        and valid_on(po.valid_from, po.valid_to, $3)`,
    [unit_id, agency_id, legalDay(tx.at)],
  )
  const heads = rows.filter(({ head }) => head)
  const leaders = rows.filter(({ head }) => !head)
  return (level === 'unit-head' && heads.length > 0 ? heads : leaders).map(({ person_id }) => person_id)
}
