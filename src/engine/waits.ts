import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import { demandTx, putCommand } from './outbox.ts'
import { recordset } from './projection/recordset.ts'
import { lockSubjects } from './visits.ts'

/** The type of a service task that waits for an act: no worker takes it, its outcome completes it. */
export const isWaitType = (type: string): boolean => type.startsWith('await.')

/** The engine's half of a wait: its job. */
export type OpenedWait = {
  subjectId: string
  elementId: string
  visit: number
  type: string
  jobKey: string
}

type WaitRow = {
  subject_id: string
  element_id: string
  visit: number
  epoch: number | null
  job_key: string | null
  outcome: string | null
  outcome_data: Record<string, unknown>
  outcome_at: Date | null
  outcome_by: string | null
}

/** Writes the engine's half. Where the outcome was there first, the job is completed with it. */
export async function openWaits(sql: Sql, epoch: number, waits: OpenedWait[]): Promise<void> {
  if (waits.length === 0) return
  const rows = await sql<WaitRow>(
    `insert into wait (subject_id, element_id, visit, type, epoch, job_key)
     select "subjectId", "elementId", visit, type, $1, "jobKey"
       from jsonb_to_recordset($2::jsonb) as r ("subjectId" uuid, "elementId" text, visit int, type text, "jobKey" text)
     on conflict (subject_id, element_id, visit) do update
       set type = excluded.type, epoch = excluded.epoch, job_key = excluded.job_key
     returning *`,
    [epoch, recordset(waits)],
  )
  for (const row of rows) if (row.outcome !== null) await completeWait(sql, row)
}

/** Both halves are there: whoever came second sends the outcome to the job. */
async function completeWait(sql: Sql, wait: WaitRow): Promise<void> {
  const id = await putCommand(sql, {
    subjectId: wait.subject_id,
    kind: 'complete-job',
    payload: {
      epoch: wait.epoch!,
      jobKey: wait.job_key!,
      variables: { ...wait.outcome_data, outcome: wait.outcome },
    },
  })
  await sql('update wait set outbox_id = $4 where subject_id = $1 and element_id = $2 and visit = $3', [
    wait.subject_id,
    wait.element_id,
    wait.visit,
    id,
  ])
}

/**
 * Writes the outcome of a wait, which may open only later. The first outcome wins; who comes second learns what was
 * decided, when (legal time) and by whom. Without `visit` the open visit is meant, or the next when none is open: after
 * a wait has ended say which one you mean.
 * @throws RangeError when the subject was never started.
 */
export async function settleWait(
  tx: Tx,
  wait: {
    subjectId: string
    elementId: string
    visit?: number
    outcome: string
    data?: Record<string, unknown>
    by?: string | null
  },
): Promise<'won' | { lostTo: { outcome: string; at: Date; by: string | null } }> {
  demandTx(tx)
  const { subjectId, elementId } = wait
  // Against another outcome, and against the projector opening this very wait: both take this lock first.
  await lockSubjects(tx.sql, [subjectId])
  const visit = wait.visit ?? (await openOrNextVisit(tx.sql, subjectId, elementId))
  const [known] = await tx.sql<WaitRow>(
    `insert into wait (subject_id, element_id, visit) values ($1, $2, $3)
     on conflict (subject_id, element_id, visit) do update set visit = excluded.visit returning *`,
    [subjectId, elementId, visit],
  )
  if (known!.outcome !== null)
    return { lostTo: { outcome: known!.outcome, at: known!.outcome_at!, by: known!.outcome_by } }
  const [row] = await tx.sql<WaitRow>(
    `update wait set outcome = $4, outcome_data = $5::jsonb, outcome_at = $6, outcome_by = $7
      where subject_id = $1 and element_id = $2 and visit = $3 returning *`,
    [subjectId, elementId, visit, wait.outcome, JSON.stringify(wait.data ?? {}), tx.at, wait.by ?? null],
  )
  if (row!.job_key !== null) await completeWait(tx.sql, row!)
  return 'won'
}

async function openOrNextVisit(sql: Sql, subjectId: string, elementId: string): Promise<number> {
  const [subject] = await sql<{ visit: number | null; ended: boolean | null }>(
    `select v.visit, v.ended from subject s
       left join visit v on v.subject_id = s.id and v.element_id = $2
      where s.id = $1 order by v.visit desc limit 1`,
    [subjectId, elementId],
  )
  if (!subject) throw new RangeError(`no process was ever started for subject ${subjectId}`)
  return (subject.visit ?? 0) + (subject.visit === null || subject.ended ? 1 : 0)
}
