import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import { computeDue } from '../deadlines/due.ts'
import type { Limit } from '../deadlines/limit.ts'
import { rulesOn } from '../deadlines/rules.ts'
import type { ProcedureDefinition, Step } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Act } from '../tasks/act.ts'
import { addFinding } from './finding.ts'

/**
 * Limits inside the limit: a decision that comes after the milestone of its phase, and a refusal that comes later after
 * the last answer than the procedure allows, leave a finding for the auditor; nothing is blocked (rules 5). Called once
 * for a decision of a dossier that takes effect.
 */
export async function judgeInnerLimits(act: Act, outcome: Step['outcomes'][string]): Promise<void> {
  const { definition } = await publishedVersion(act.tx.sql, act.dossier.procedureVersionId)
  if (!outcome.promises.includes('send-back')) await judgeMilestones(act, definition)
  const refuses =
    outcome.promises.includes('letter.refusal') ||
    (outcome.promises.includes('result.number') && act.dossier.result === 'denied')
  if (refuses) await judgeRefusal(act, definition.supplement.refusalWithin)
}

/** A phase that ends with a wait is judged by the clock of that wait. A step done again in the same count is not judged again. */
async function judgeMilestones(act: Act, { phases }: ProcedureDefinition): Promise<void> {
  const { tx, dossier, task, at } = act
  for (const { milestone } of phases) {
    if (milestone?.until !== task.elementId) continue
    const [row] = await tx.sql<{ start: Date | null; again: boolean }>(
      `with count as (select max(started_at) as start from clock where dossier_id = $1 and kind = 'dossier'),
            done as (select t.element_id, c.acted_at from decision c join task t on t.id = c.task_id
                      where c.dossier_id = $1 and t.subject_kind = 'dossier' and c.state = 'released')
       select case when $2 = 'received' then (select start from count)
                   else (select max(acted_at) from done where element_id = $2) end as start,
              exists (select from done, count where element_id = $3 and acted_at >= count.start) as again`,
      [dossier.id, milestone.from, task.elementId],
    )
    if (!row?.start || row.again) continue
    const due = await dueOf(act, row.start, milestone.limit)
    if (at > due)
      await addFinding(tx, dossier, 'milestone-late', at, {
        step: task.elementId,
        from: milestone.from,
        dueAt: due.toISOString(),
      })
  }
}

async function judgeRefusal(act: Act, within: Limit): Promise<void> {
  const { tx, dossier, at } = act
  const [answered] = await tx.sql<{ received_at: Date | null }>(
    'select max(received_at) as received_at from supplement_request where dossier_id = $1',
    [dossier.id],
  )
  if (!answered?.received_at) return
  const due = await dueOf(act, answered.received_at, within)
  if (at > due) await addFinding(tx, dossier, 'refusal-late', at, { dueAt: due.toISOString() })
}

async function dueOf({ tx, dossier }: Act, receivedAt: Date, limit: Limit): Promise<Date> {
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  return computeDue({ calendar, rules: rulesOn(legalDay(receivedAt)), receivedAt, limit }).dueAt
}
