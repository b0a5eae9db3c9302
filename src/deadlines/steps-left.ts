import type { Calendar } from '../calendar/calendar.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { publishedVersion } from '../procedures/version.ts'
import { allotmentTable } from './allotted.ts'
import { allottedAfter } from './clocks.ts'
import type { DeadlineClock } from './entity.ts'
import { stepStartsAt } from './hand-over.ts'
import type { LimitUnit } from './limit.ts'
import { milestones } from './milestones.ts'
import type { ClockState } from './modes.ts'
import type { Rules } from './rules.ts'

type Standing = {
  element_id: string
  from_at: Date
  task_due_at: Date | null
  opened_at: Date | null
  unit_id: string
}

/** Where the accountable line of a dossier stands: its step or wait, and the date its officer was given for it. */
const STANDING = `
  select coalesce(t.element_id, h.element_id) as element_id, h.from_at, t.due_at as task_due_at, t.opened_at,
         coalesce(t.unit_id, h.unit_id) as unit_id
    from holding h left join task t on t.id = h.task_id
   where h.dossier_id = $1 and h.track = 'accountable' and h.to_at is null`

type Asked = {
  clock: DeadlineClock
  /** Under the version that is asked about. */
  dossier: Dossier
  calendar: Calendar
  rules: Rules
  /** By that version, with the unit of its limit. */
  committed: ClockState
  unit: LimitUnit
  /** Steps that stand under another id in that version. */
  mapping: { from: string; to: string }[]
}

const latest = (...dates: (Date | null)[]): Date =>
  new Date(Math.max(...dates.flatMap((date) => date?.getTime() ?? [])))

/**
 * Whether a dossier could be done by the date of another version: its apology need not be begun by `tx.at`, and the step under
 * way (by the date its officer has, or the version's own where that is later) and those after it fit before the date.
 */
export async function stepsFit(tx: Tx, asked: Asked): Promise<boolean> {
  const { clock, dossier, calendar, rules, unit, committed, mapping } = asked
  const [standing] = await tx.sql<Standing>(STANDING, [dossier.id])
  const here = mapping.find(({ from }) => from === standing?.element_id)?.to ?? standing?.element_id ?? ''
  const after = await allottedAfter(tx, dossier, calendar, here)
  const dueAt = committed.lastDueAt
  const { apologyBy, apologyStartAt } = milestones({
    calendar,
    rules,
    unit,
    startedAt: clock.startedAt,
    countFrom: committed.rounds.at(-1)?.countFrom ?? clock.startedAt,
    dueAt,
    allotmentsLeft: after,
  })
  if (apologyBy <= tx.at || apologyStartAt <= tx.at) return false
  const stepDue = standing ? await stepDueAt(tx, asked, standing, here) : tx.at
  return calendar.addWorkingMinutes(stepDue, after) <= dueAt
}

async function stepDueAt(
  tx: Tx,
  { dossier, calendar }: Asked,
  standing: Standing,
  elementId: string,
): Promise<Date> {
  const { processId } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const minutes = (await allotmentTable(tx.sql, processId, dossier.caseKey, calendar)).get(elementId)
  if (minutes === undefined) return latest(tx.at, standing.task_due_at)
  const subject = { id: dossier.id, kind: 'dossier', dossierId: dossier.id, processId }
  const openedAt = standing.opened_at ?? standing.from_at
  const startsAt = await stepStartsAt(tx.sql, calendar, subject, standing.unit_id, openedAt)
  return latest(tx.at, standing.task_due_at, calendar.addWorkingMinutes(startsAt, minutes))
}
