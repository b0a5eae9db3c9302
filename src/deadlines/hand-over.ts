import type { Calendar } from '../calendar/calendar.ts'
import { legalDay } from '../clock.ts'
import type { Sql } from '../database/sql.ts'
import { handOverBy } from './due.ts'
import { rulesOn } from './rules.ts'

type Subject = { id: string; kind: string; dossierId: string; processId: string }

/**
 * From when a step's own time counts. Rule `handOver`: what the counter takes in after 15:00 is handed over the next
 * morning, so the specialists' time begins with that opening; the due date is not moved by it. Any other step: `openedAt`.
 */
export async function stepStartsAt(
  sql: Sql,
  calendar: Calendar,
  subject: Subject,
  unitId: string,
  openedAt: Date,
): Promise<Date> {
  if (subject.kind !== 'dossier') return openedAt
  const [row] = await sql<{ acted_at: Date }>(
    `select d.acted_at from decision d join task t on t.id = d.task_id
       join dossier o on o.id = t.dossier_id and o.one_stop_unit_id <> $3
      where t.subject_id = $1 and d.state = 'released' and t.form in ('reception', 'supplement-receive')
        and d.acted_at = (select max(l.acted_at) from decision l join task k on k.id = l.task_id
                           where k.subject_id = $1 and l.state = 'released')
        and exists (select from procedure_version v where v.process_id = $2
                     and v.definition::jsonb->'reception'->'rules' ? 'handOver')`,
    [subject.id, subject.processId, unitId],
  )
  if (!row) return openedAt
  const by = handOverBy({ calendar, rules: rulesOn(legalDay(row.acted_at)), receivedAt: row.acted_at })
  // The same day: handed over when it was sent. The next morning: not before it.
  return legalDay(by) > legalDay(row.acted_at) && by > openedAt ? by : openedAt
}
