import { v7 as uuid } from 'uuid'
import type { Calendar } from '../calendar/calendar.ts'
import { formatLegal, formatWorkingTime } from '../calendar/format.ts'
import { legalDay } from '../clock.ts'
import type { Sql } from '../database/transaction.ts'
import { putCommand } from '../engine/index.ts'
import type { Alarm } from './entity.ts'
import type { Proof } from './proof.ts'
import { rulesOn } from './rules.ts'

type Step = { taskId: string; dossierId: string; startedAt: Date; dueAt: Date; minutes: number }

/**
 * The limit that the internal process allots to a step, as a clock of its own: it moves no due date, and its alarms bring
 * the step before the head of unit and the leader when it is overdue by the working days of the rule `escalation`
 * (data, unverified). Called in the record stream's transaction; repeating it changes nothing.
 */
export async function startStepClock(sql: Sql, step: Step, calendar: Calendar): Promise<void> {
  const limit = JSON.stringify({ value: step.minutes / 60, unit: 'working-hour' })
  const [clock] = await sql<{ id: string }>(
    `insert into clock (id, dossier_id, subject_id, kind, mode, committed, legal, started_at, due_at, legal_due_at, proof)
     values ($1, $2, $3, 'step', 'RESTART', $4::jsonb, $4::jsonb, $5, $6, $6, $7::jsonb)
     on conflict (subject_id, kind, round) do nothing returning id`,
    [
      uuid(),
      step.dossierId,
      step.taskId,
      limit,
      step.startedAt,
      step.dueAt,
      JSON.stringify(proofOf(step, calendar)),
    ],
  )
  if (!clock) return
  const { headAfterWorkingDays, leaderAfterWorkingDays } = rulesOn(legalDay(step.startedAt)).escalation.value
  const after = (days: number) => calendar.addWorkingMinutes(step.dueAt, days * calendar.fullDayMinutes)
  const moments: [Alarm['kind'], Date][] = [
    ['escalate-head', after(headAfterWorkingDays)],
    ['escalate-leader', after(leaderAfterWorkingDays)],
  ]
  for (const [kind, at] of moments)
    await sql('insert into alarm (id, dossier_id, clock_id, kind, at) values ($1, $2, $3, $4, $5)', [
      uuid(),
      step.dossierId,
      clock.id,
      kind,
      at,
    ])
  await wakeEarlier(sql, step.dossierId, after(headAfterWorkingDays))
}

/** The step has ended; what it would have rung is dropped. The watch comes in vain once, which costs less than a message. */
export async function endStepClock(sql: Sql, taskId: string, at: Date): Promise<void> {
  const [clock] = await sql<{ id: string }>(
    `update clock set ended_at = $2 where subject_id = $1 and kind = 'step' and ended_at is null returning id`,
    [taskId, at],
  )
  if (clock) await sql('delete from alarm where clock_id = $1 and handled_at is null', [clock.id])
}

/** Tells the dossier's watch only when it would come too late. */
async function wakeEarlier(sql: Sql, dossierId: string, at: Date): Promise<void> {
  const [watch] = await sql<{ id: string }>(
    `update watch set next_alarm_at = $2 where dossier_id = $1 and stopped_at is null and next_alarm_at > $2 returning id`,
    [dossierId, at],
  )
  if (!watch) return
  await putCommand(sql, {
    subjectId: watch.id,
    kind: 'publish',
    payload: { name: 'deadline.changed', correlationKey: watch.id, variables: {} },
  })
}

function proofOf({ minutes, dueAt }: Step, calendar: Calendar): Proof {
  const words = (lang: 'vi' | 'en') => formatWorkingTime(minutes, lang, calendar.fullDayMinutes)
  return {
    sentence: {
      vi: `quy trình nội bộ dành ${words('vi')}, đến ${formatLegal(dueAt, 'vi')}`,
      en: `the internal process allots ${words('en')}, until ${formatLegal(dueAt, 'en')}`,
    },
    lines: [],
    provisional: false,
    warnings: [],
  }
}
