import type { z } from 'zod'
import { scope } from '../access/scope.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { type TaskRow, taskSelect, taskSummaries } from '../tasks/read-model.ts'
import { loads, type PersonRow } from './read-model.ts'
import type { Team, TeamTasks } from './schemas.ts'
import { type Candidate, suggest } from './suggest.ts'

const PAGE = 50

type Asked = { unitId: string; personId?: string | undefined; after?: string | undefined }

/** Open tasks of one person in a unit, or those nobody has, with whom each could go to; by the clock, a page at a time. */
export async function teamTasks(tx: Tx, asked: Asked): Promise<z.input<typeof TeamTasks>> {
  const params: unknown[] = [asked.unitId, asked.personId ?? null, asked.after ?? null, PAGE + 1]
  const may = scope(tx.actor.ability, 'assign', 'Task', 't', params)
  const where = `t.state = 'open' and t.unit_id = $1
    and (case when $2::uuid is null then t.assignee_id is null else t.assignee_id = $2 end) and ${may}`
  const rows = await tx.sql<TaskRow>(
    `with page as materialized (
       select t.id from task t
        where ${where}
          and ($3::uuid is null or (coalesce(t.due_at, 'infinity'), t.id) >
               (select coalesce(l.due_at, 'infinity'), l.id from task l where l.id = $3))
        order by coalesce(t.due_at, 'infinity'), t.id limit $4)
     ${taskSelect({ from: 'page p join task t on t.id = p.id' })}
     order by coalesce(t.due_at, 'infinity'), t.id`,
    params,
  )
  const countParams: unknown[] = [asked.unitId, asked.personId ?? null]
  const [count] = await tx.sql<{ n: number }>(
    `select count(*)::int as n from task t
      where t.state = 'open' and t.unit_id = $1
        and (case when $2::uuid is null then t.assignee_id is null else t.assignee_id = $2 end)
        and ${scope(tx.actor.ability, 'assign', 'Task', 't', countParams)}`,
    countParams,
  )
  const page = rows.slice(0, PAGE)
  const summaries = await taskSummaries(tx, page)
  const people = (await loads(tx, asked.unitId))
    .flatMap((row) => candidate(row, legalDay(tx.at)))
    .filter(({ id }) => id !== asked.personId)
  const suggested = suggest(
    page.map((row) => ({
      id: row.id,
      role: row.role,
      procedureCode: row.procedure_code,
      form: row.form,
    })),
    people,
  )
  return {
    tasks: summaries.map((task) => {
      const person = suggested.get(task.id)
      return { ...task, suggested: person ? { id: person.id, name: person.name } : null }
    }),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
    total: count?.n ?? 0,
  }
}

const candidate = (row: PersonRow, today: string): Candidate[] =>
  row.id === null || row.roles === null
    ? []
    : [
        {
          id: row.id,
          name: row.name,
          roles: row.roles,
          open: row.open,
          late: row.late,
          away: row.absences
            .filter(({ from_day }) => from_day <= today)
            .map(({ procedures, forms, to_day }) => ({ procedures, forms, toDay: to_day })),
        },
      ]

type Shown = TaskRow & { shown_at: Date }

/**
 * What was brought before the actor: as head of a unit, or as leader of its agency, who is also the one told where a unit
 * has no head. Longest overdue first.
 */
export async function interventions(tx: Tx): Promise<z.input<typeof Team>['intervention']> {
  const { posts } = tx.actor
  const heads = posts.filter(({ role }) => role === 'unit-head' || role === 'one-stop-head')
  const leads = posts.filter(({ role }) => role === 'leader')
  const params: unknown[] = [
    heads.map(({ unitId }) => unitId),
    leads.map(({ agencyId }) => agencyId),
    legalDay(tx.at),
  ]
  const headless = `not exists (select from post po where po.unit_id = escalation.unit_id
    and po.role in ('unit-head', 'one-stop-head') and valid_on(po.valid_from, po.valid_to, $3))`
  const rows = await tx.sql<Shown>(
    `${taskSelect({
      also: 'e.at as shown_at,',
      from: `(select task_id, min(at) as at from escalation
               where (level = 'unit-head' and unit_id = any($1::uuid[]))
                  or (agency_id = any($2::uuid[]) and (level = 'leader' or ${headless}))
               group by task_id) e join task t on t.id = e.task_id`,
    })}
     where t.state = 'open' and ${scope(tx.actor.ability, 'assign', 'Task', 't', params)}
     order by t.due_at, t.id limit ${PAGE}`,
    params,
  )
  const summaries = await taskSummaries(tx, rows)
  return summaries.map((task, n) => ({ ...task, shownAt: rows[n]!.shown_at.toISOString() }))
}
