import type { LegalDay } from '../calendar/day.ts'

/** Somebody who may be given work: what they have, and from which kinds of it they are away today (empty lists mean all). */
export type Candidate = {
  id: string
  name: string
  roles: string[]
  open: number
  late: number
  away: { procedures: string[]; forms: string[]; toDay: LegalDay }[]
}
export type Unclaimed = { id: string; role: string; procedureCode: string; form: string }

/** Whether somebody is away from such work: also for one kind only. */
export const isAway = ({ away }: Pick<Candidate, 'away'>, work: Omit<Unclaimed, 'id' | 'role'>): boolean =>
  away.some(
    ({ procedures, forms }) =>
      (procedures.length === 0 || procedures.includes(work.procedureCode)) &&
      (forms.length === 0 || forms.includes(work.form)),
  )

/**
 * Whom each task could go to, in the order given: who has the role, is not away from such work, and has least, late work
 * counting double; what is suggested counts at once, so that a list is spread over people. Nobody is an answer too.
 */
export function suggest(tasks: Unclaimed[], people: Candidate[]): Map<string, Candidate> {
  const load = new Map(people.map((one) => [one.id, one.open + one.late]))
  const loadOf = (one: Candidate) => load.get(one.id) ?? 0
  const suggested = new Map<string, Candidate>()
  for (const task of tasks) {
    const [least] = people
      .filter((one) => one.roles.includes(task.role) && !isAway(one, task))
      .sort((a, b) => loadOf(a) - loadOf(b) || a.name.localeCompare(b.name, 'vi'))
    if (!least) continue
    suggested.set(task.id, least)
    load.set(least.id, loadOf(least) + 1)
  }
  return suggested
}
