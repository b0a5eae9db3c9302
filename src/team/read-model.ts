import type { z } from 'zod'
import { WORKING } from '../absence/fit.ts'
import { scope } from '../access/scope.ts'
import type { LegalDay } from '../calendar/day.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal, legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import type { Team, TeamPerson } from './schemas.ts'

type UnitRow = { id: string; code: string; name: Text; open: number; late: number }
type Counts = { open: number; due_today: number; late: number }
type AbsenceRow = {
  from_day: LegalDay
  to_day: LegalDay
  substitute: { id: string; name: string } | null
  procedures: string[]
  forms: string[]
}
export type PersonRow = Counts & {
  id: string | null
  name: string
  title: Text | null
  roles: string[] | null
  absences: AbsenceRow[]
}

const endOfToday = (at: Date): Date => atLegal(addDays(legalDay(at), 1), '00:00')

/** Late: past the step's own limit, or the dossier past its date; `$now` is the caller's parameter. */
const late = (now: string) => `(t.due_at < ${now} or (d.due_at < ${now} and d.finished_at is null))`

/** Units whose work the actor gives out, with what is open in each; one statement. */
export async function unitsOf(tx: Tx): Promise<UnitRow[]> {
  const heads = tx.actor.posts.filter(({ role }) => role === 'unit-head' || role === 'one-stop-head')
  const leads = tx.actor.posts.filter(({ role }) => role === 'leader')
  const params: unknown[] = [
    heads.map(({ unitId }) => unitId),
    leads.map(({ agencyId }) => agencyId),
    legalDay(tx.at),
    tx.at,
  ]
  return tx.sql<UnitRow>(
    `select u.id, u.code, u.name, count(d.id)::int as open, (count(d.id) filter (where ${late('$4')}))::int as late
       from unit u
       left join (task t join dossier d on d.id = t.dossier_id)
         on t.unit_id = u.id and t.state = 'open' and ${scope(tx.actor.ability, 'assign', 'Task', 't', params)}
      where (u.id = any($1::uuid[]) or u.agency_id = any($2::uuid[])) and valid_on(u.valid_from, u.valid_to, $3)
      group by u.id order by (u.id = any($1::uuid[])) desc, u.code`,
    params,
  )
}

/**
 * People of a unit with what they hold there, in one statement over what is open; the row without a person is what nobody
 * has. 5,000 open tasks of 30 people: 50 ms on two busy cores, read by the index of open work.
 */
export async function loads(tx: Tx, unitId: string): Promise<PersonRow[]> {
  const params: unknown[] = [unitId, legalDay(tx.at), tx.at, endOfToday(tx.at), WORKING]
  return tx.sql<PersonRow>(
    `with load as (
       select t.assignee_id, count(*)::int as open,
              (count(*) filter (where not ${late('$3')} is true and least(t.due_at, d.due_at) < $4))::int as due_today,
              (count(*) filter (where ${late('$3')}))::int as late
         from task t join dossier d on d.id = t.dossier_id
        where t.state = 'open' and t.unit_id = $1 and ${scope(tx.actor.ability, 'assign', 'Task', 't', params)}
        group by t.assignee_id),
     member as (
       select po.person_id, array_agg(distinct po.role) as roles, (array_agg(po.title order by po.role))[1] as title
         from post po join person p on p.id = po.person_id and p.active
        where po.unit_id = $1 and po.role = any($5) and valid_on(po.valid_from, po.valid_to, $2)
        group by po.person_id)
     select p.id, coalesce(p.full_name, '') as name, m.title, m.roles,
            coalesce(l.open, 0) as open, coalesce(l.due_today, 0) as due_today, coalesce(l.late, 0) as late,
            coalesce((select jsonb_agg(jsonb_build_object(
                        'from_day', b.from_day, 'to_day', b.to_day, 'procedures', b.procedures, 'forms', b.forms,
                        'substitute', case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.full_name) end)
                      order by b.from_day)
                 from absence b left join person s on s.id = b.substitute_id
                where b.person_id = p.id and b.cancelled_at is null and b.to_day >= $2), '[]') as absences
       from member m full join load l on l.assignee_id = m.person_id
       left join person p on p.id = coalesce(m.person_id, l.assignee_id)
      order by p.full_name collate "und-x-icu", p.id`,
    params,
  )
}

export function personView(row: PersonRow, today: LegalDay): z.input<typeof TeamPerson> {
  return {
    id: row.id ?? '',
    name: row.name,
    title: row.title ?? { vi: '' },
    roles: row.roles ?? [],
    open: row.open,
    dueToday: row.due_today,
    late: row.late,
    gone: row.roles === null,
    absences: row.absences.map((absence) => ({
      fromDay: absence.from_day,
      toDay: absence.to_day,
      substitute: absence.substitute,
      partly: absence.procedures.length + absence.forms.length > 0,
      running: absence.from_day <= today,
    })),
  }
}

export const unassignedView = (rows: PersonRow[]): z.input<typeof Team>['unassigned'] => {
  const row = rows.find(({ id }) => id === null)
  return { open: row?.open ?? 0, dueToday: row?.due_today ?? 0, late: row?.late ?? 0 }
}
