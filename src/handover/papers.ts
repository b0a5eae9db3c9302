import type { Calendar } from '../calendar/calendar.ts'
import type { Sql } from '../database/transaction.ts'
import { allottedMinutes } from '../deadlines/allotted.ts'
import type { HeldStep, Holder } from '../deadlines/ledger.ts'

type Subject = { kind: string; dossierId: string; processId: string }

/** The latest act by which the one-stop took papers in: reception, or that of the supplement. */
export const TAKEN_IN = `
  select c.acted_at, c.actor_id, t.element_id from decision c join task t on t.id = c.task_id
   where c.dossier_id = d.id and t.subject_kind = 'dossier' and c.state = 'released' and c.outcome = 'received'
     and t.form in ('reception', 'supplement-receive')
   order by c.acted_at desc limit 1`

/**
 * Papers change hands by signature (rules 10): until the unit signs for what the one-stop has taken in, the one-stop
 * holds it, within its own step. Undefined where there are none, they were signed for, or the unit has gone on already.
 */
export async function waitingPapers(
  sql: Sql,
  subject: Subject,
  unitId: string,
  calendar: Calendar,
): Promise<{ holder: Holder; step: Omit<HeldStep, 'taskId'> } | undefined> {
  const [row] = await sql<{ agency_id: string; unit_id: string; actor_id: string; element_id: string }>(
    `select o.agency_id, o.id as unit_id, came.actor_id, came.element_id
       from dossier d join unit o on o.id = d.one_stop_unit_id
       join lateral (${TAKEN_IN}) came on true
      where d.id = $1 and d.unit_id = $2 and d.unit_id <> d.one_stop_unit_id and lies_on_paper(d.id)
        and not exists (select from handover_item i join handover h on h.id = i.handover_id
                         where i.dossier_id = d.id and i.state = 'received' and h.receiver_unit_id = $2
                           and i.answered_at >= came.acted_at)
        and not exists (select from decision c join task t on t.id = c.task_id
                         where c.dossier_id = d.id and t.subject_kind = 'dossier' and c.state = 'released'
                           and c.acted_at > came.acted_at)`,
    [subject.dossierId, unitId],
  )
  if (!row) return undefined
  return {
    holder: { agencyId: row.agency_id, unitId: row.unit_id, personId: row.actor_id },
    step: {
      elementId: row.element_id,
      stepName: { vi: 'Chờ bàn giao hồ sơ giấy', en: 'Papers wait to be handed over' },
      allottedMinutes: await allottedMinutes(sql, subject, row.element_id, calendar),
    },
  }
}
