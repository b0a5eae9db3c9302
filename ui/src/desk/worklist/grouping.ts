import type { TaskSummary } from '../../app/api-types.ts'
import { addDays, legalDay, weekday } from '../../shared/format.ts'

export type Group = 'overdue' | 'today' | 'tomorrow' | 'week' | 'later'
export const GROUPS: Group[] = ['overdue', 'today', 'tomorrow', 'week', 'later']

type Dated = Pick<TaskSummary, 'stepDueAt' | 'dossierDueAt' | 'stepRemainingMinutes'>

/** The group of a task on the legal day of `now` (ms): by the step's own limit, else by the dossier's. */
export const groupOf = (task: Dated, now: number): Group => {
  const due = task.stepDueAt ?? task.dossierDueAt
  if (due === null) return 'later'
  if (Date.parse(due) < now) return 'overdue'
  const today = legalDay(now)
  const day = legalDay(due)
  if (day <= today) return 'today'
  if (day === addDays(today, 1)) return 'tomorrow'
  const sunday = addDays(today, (7 - weekday(today)) % 7)
  return day <= sunday ? 'week' : 'later'
}

const LAST = Number.MAX_SAFE_INTEGER
const dueTime = (instant: string | null) => (instant === null ? LAST : Date.parse(instant))

/** My step's remaining working time first, then the dossier's due date, then the code: a total order. */
export const byClock = (a: TaskSummary, b: TaskSummary): number =>
  (a.stepRemainingMinutes ?? LAST) - (b.stepRemainingMinutes ?? LAST) ||
  dueTime(a.stepDueAt ?? a.dossierDueAt) - dueTime(b.stepDueAt ?? b.dossierDueAt) ||
  dueTime(a.dossierDueAt) - dueTime(b.dossierDueAt) ||
  a.dossierCode.localeCompare(b.dossierCode)

/** Tasks under their groups, each in the order of the clock; groups without tasks are left out. */
export const grouped = (tasks: TaskSummary[], now: number): [Group, TaskSummary[]][] => {
  const sorted = [...tasks].sort(byClock)
  return GROUPS.map((group): [Group, TaskSummary[]] => [
    group,
    sorted.filter((task) => groupOf(task, now) === group),
  ]).filter(([, members]) => members.length > 0)
}

/** How many rows the newer list would add, drop or move beneath the reader. */
export const countChanges = (shown: TaskSummary[], latest: TaskSummary[]): number => {
  const before = new Map(shown.map((task) => [task.id, task]))
  const after = new Set(latest.map(({ id }) => id))
  const added = latest.filter(({ id }) => !before.has(id)).length
  const dropped = shown.filter(({ id }) => !after.has(id)).length
  const moved = latest.filter((task) => {
    const old = before.get(task.id)
    return old !== undefined && old.stepDueAt !== task.stepDueAt
  }).length
  return added + dropped + moved
}

/** What the reader sees until they ask for the newer list: the same rows in the same places, each with its latest words. */
export const refreshed = (shown: TaskSummary[], latest: TaskSummary[]): TaskSummary[] => {
  const newer = new Map(latest.map((task) => [task.id, task]))
  return shown.map((task) => {
    const update = newer.get(task.id)
    return update
      ? { ...update, stepDueAt: task.stepDueAt, stepRemainingMinutes: task.stepRemainingMinutes }
      : task
  })
}
