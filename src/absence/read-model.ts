import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import type { LegalDay } from '../calendar/day.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Text } from '../text.ts'
import { uncovered, WORKING } from './fit.ts'
import { workingPosts } from './posts.ts'
import type { AbsenceChoices, Absences, AbsenceView } from './schemas.ts'

export type AbsenceRow = {
  id: string
  agency_id: string
  unit_ids: string[]
  person_id: string
  person: string
  substitute_id: string | null
  substitute: string | null
  unit: Text
  from_day: LegalDay
  to_day: LegalDay
  procedures: string[]
  forms: string[]
  reason: string
  entered_by: string
  entered_name: string
  entered_at: Date
  cancelled: boolean
}

const LIST = 200

/** Absences that the actor may read: those to come and running first, then the latest that are over. */
export async function absences(tx: Tx): Promise<z.input<typeof AbsenceView>[]> {
  const today = legalDay(tx.at)
  const params: unknown[] = [today]
  const rows = await tx.sql<AbsenceRow>(
    `select b.id, b.agency_id, b.unit_ids, b.person_id, p.full_name as person, b.substitute_id, s.full_name as substitute,
            (select u.name from unit u where u.id = b.unit_ids[1]) as unit, b.from_day, b.to_day, b.procedures, b.forms,
            b.reason, b.entered_by, e.full_name as entered_name, b.entered_at, b.cancelled_at is not null as cancelled
       from absence b join person p on p.id = b.person_id join person e on e.id = b.entered_by
       left join person s on s.id = b.substitute_id
      where ${scope(tx.actor.ability, 'read', 'Absence', 'b', params)}
      order by (b.cancelled_at is null and b.to_day >= $1) desc, b.from_day desc, b.id limit ${LIST}`,
    params,
  )
  return rows.map((row) => view(tx, row, today))
}

function view(tx: Tx, row: AbsenceRow, today: LegalDay): z.input<typeof AbsenceView> {
  const over = row.cancelled || row.to_day < today
  const subject = {
    agencyId: row.agency_id,
    unitIds: row.unit_ids,
    personId: row.person_id,
    substituteId: row.substitute_id,
  }
  return {
    id: row.id,
    person: { id: row.person_id, name: row.person },
    substitute: row.substitute_id ? { id: row.substitute_id, name: row.substitute ?? '' } : null,
    unit: row.unit,
    fromDay: row.from_day,
    toDay: row.to_day,
    procedures: row.procedures,
    forms: row.forms,
    reason: row.reason,
    enteredBy: { id: row.entered_by, name: row.entered_name },
    enteredAt: row.entered_at.toISOString(),
    state: row.cancelled ? 'cancelled' : over ? 'over' : row.from_day > today ? 'planned' : 'running',
    canEnd: !over && allows(tx.actor.ability, 'update', 'Absence', subject),
  }
}

/** Whom the actor stands in for today. */
export async function standsInFor(tx: Tx): Promise<z.input<typeof Absences>['standsInFor']> {
  const rows = await tx.sql<{ id: string; name: string; to_day: LegalDay }>(
    `select p.id, p.full_name as name, max(b.to_day) as to_day from absence b join person p on p.id = b.person_id
      where b.substitute_id = $1 and b.cancelled_at is null and $2 between b.from_day and b.to_day
      group by p.id, p.full_name order by p.full_name`,
    [tx.actor.personId, legalDay(tx.at)],
  )
  return rows.map((row) => ({ person: { id: row.id, name: row.name }, toDay: row.to_day }))
}

/** Whose absences the actor may enter: their own first, then the people of the units they head. */
export async function peopleToEnter(tx: Tx): Promise<z.input<typeof Absences>['people']> {
  const today = legalDay(tx.at)
  const agencies = [...new Set(tx.actor.posts.map(({ agencyId }) => agencyId))]
  const rows = await tx.sql<{
    id: string
    name: string
    title: Text
    unit: Text
    unit_id: string
    agency_id: string
  }>(
    `select distinct on (p.id) p.id, p.full_name as name, po.title, u.name as unit, po.unit_id, po.agency_id
       from post po join person p on p.id = po.person_id and p.active join unit u on u.id = po.unit_id
      where po.agency_id = any($1::uuid[]) and po.role = any($2) and valid_on(po.valid_from, po.valid_to, $3)
      order by p.id, u.code`,
    [agencies, WORKING, today],
  )
  const me = tx.actor.personId
  return rows
    .filter((row) =>
      allows(tx.actor.ability, 'create', 'Absence', {
        agencyId: row.agency_id,
        unitIds: [row.unit_id],
        personId: row.id,
        substituteId: null,
      }),
    )
    .sort((a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name, 'vi'))
    .map(({ id, name, title, unit }) => ({ id, name, title, unit }))
}

/** Colleagues who may stand in for a person on these days, least loaded first: fit for the work, and there themselves. */
export async function substitutesFor(
  tx: Tx,
  { personId, fromDay, toDay }: { personId: string; fromDay: LegalDay; toDay: LegalDay },
): Promise<z.input<typeof AbsenceChoices>['substitutes']> {
  const posts = await workingPosts(tx.sql, { personId }, fromDay, fromDay)
  const agencyId = posts[0]?.agency_id
  if (!agencyId) return []
  const own = posts.filter(({ agency_id }) => agency_id === agencyId)
  const colleagues = await workingPosts(tx.sql, { agencyId }, fromDay, toDay)
  const ids = [...new Set(colleagues.map(({ person_id }) => person_id))].filter(
    (id) =>
      id !== personId &&
      uncovered(
        own,
        colleagues.filter(({ person_id }) => person_id === id),
      ).length === 0,
  )
  const rows = await tx.sql<{ id: string; name: string; open: number }>(
    `select p.id, p.full_name as name,
            (select count(*)::int from task t where t.assignee_id = p.id and t.state = 'open') as open
       from person p
      where p.id = any($1::uuid[]) and not exists (select from absence b where b.person_id = p.id and b.cancelled_at is null
                                                     and b.from_day <= $3 and b.to_day >= $2)
      order by open, p.full_name`,
    [ids, fromDay, toDay],
  )
  return rows.map((row) => {
    const post = colleagues.find(({ person_id }) => person_id === row.id)
    return { ...row, title: post?.title ?? { vi: '' }, unit: post?.unit ?? { vi: '' } }
  })
}
