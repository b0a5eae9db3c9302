import type { Actor } from '../access/actor.ts'
import { legalDay } from '../clock.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { notFound } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { loads, personView, unassignedView, unitsOf } from './read-model.ts'
import { Team, TeamQuery, TeamTasks, TeamTasksQuery } from './schemas.ts'
import { interventions, teamTasks } from './tasks.ts'

const head = { action: 'assign', subject: 'Task' } as const

export const teamRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/team',
    summary: 'Team board: people of a unit with their load, and what needs whoever heads it',
    permission: head,
    query: TeamQuery,
    answer: Team,
    async handler({ tx, query }) {
      const units = await unitsOf(tx)
      const unit = query.unitId ? units.find(({ id }) => id === query.unitId) : firstOf(units, tx.actor)
      if (!unit) throw notFound()
      const rows = await loads(tx, unit.id)
      const today = legalDay(tx.at)
      return {
        units,
        unit,
        people: rows.filter(({ id }) => id !== null).map((row) => personView(row, today)),
        unassigned: unassignedView(rows),
        intervention: await interventions(tx),
        escalation: rulesOn(today).escalation.value,
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/team/tasks',
    summary: 'Open tasks of a person in a unit, or those nobody has, with a suggestion by load',
    permission: head,
    query: TeamTasksQuery,
    answer: TeamTasks,
    async handler({ tx, query }) {
      if (!(await unitsOf(tx)).some(({ id }) => id === query.unitId)) throw notFound()
      return teamTasks(tx, query)
    },
  }),
]

type Unit = Awaited<ReturnType<typeof unitsOf>>[number]

/** The unit that the actor heads; a leader, who heads none, begins where most is late. */
function firstOf(units: Unit[], { posts }: Actor): Unit | undefined {
  const own = units.find(({ id }) => posts.some(({ unitId, role }) => unitId === id && role !== 'leader'))
  return own ?? [...units].sort((a, b) => b.late - a.late || b.open - a.open)[0]
}
