import { type AppAbility, allows } from '../access/ability.ts'
import type { Database } from '../database/transaction.ts'

/** What is said on the channel 'live': ids only. `task` names its task and its dossier. */
export type LiveEvent = { type: string; ids: string[] }

type Rows = Map<string, object>
export type Facts = { dossiers: Rows; tasks: Rows }

const DOSSIERS = `
  select id, agency_id as "agencyId", one_stop_unit_id as "oneStopUnitId", unit_id as "unitId",
         participant_agency_ids as "participantAgencyIds", applicant_id as "applicantId", filed_by as "filedBy", state,
         procedure_code as "procedureCode", filed_at as "filedAt"
    from dossier where id = any($1::uuid[])`
const TASKS = `
  select id, agency_id as "agencyId", unit_id as "unitId", role, assignee_id as "assigneeId",
         applicant_id as "applicantId", state, form, procedure_code as "procedureCode"
    from task where id = any($1::uuid[])`

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What the rules ask about the things of some events: two queries, however many people are watching. */
export async function factsOf({ pool }: Pick<Database, 'pool'>, events: LiveEvent[]): Promise<Facts> {
  const ids = [...new Set(events.flatMap((event) => event.ids))].filter((id) => UUID.test(id))
  const rows = async (text: string): Promise<Rows> => {
    const found = ids.length > 0 ? (await pool.query<{ id: string }>(text, [ids])).rows : []
    return new Map(found.map((row) => [row.id, row]))
  }
  return { dossiers: await rows(DOSSIERS), tasks: await rows(TASKS) }
}

/** Whether somebody may know that this happened: they may read one of the things it is about. */
export function mayHear(ability: AppAbility, event: LiveEvent, { dossiers, tasks }: Facts): boolean {
  if (event.type === 'clock') return true
  if (event.type === 'incident' && ability.can('read', 'Incident')) return true
  return event.ids.some((id) => {
    const [dossier, task] = [dossiers.get(id), tasks.get(id)]
    return (
      (dossier !== undefined && allows(ability, 'read', 'Dossier', dossier)) ||
      (task !== undefined && allows(ability, 'read', 'Task', task))
    )
  })
}
