import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { conflict, forbidden, notFound, unprocessable } from '../../http/problem.ts'
import { draftAt, draftRow, revisionOf } from '../drafts/draft.ts'
import type { TrialList, TrialSummary, TrialView } from './schemas.ts'

/** Why no trial runs in production unless somebody has said so: it starts a second engine on the machine that serves people. */
export const REFUSED = {
  vi: 'Máy chủ chính thức không chạy thử bản thảo (việc này cần thêm một bộ máy riêng). Hãy chạy thử trên máy chủ thử nghiệm, hoặc nhờ quản trị viên bật MOTCUA_TRIALS=on.',
  en: 'A production server runs no trials (they need an engine of their own). Use a test server, or ask the administrator to set MOTCUA_TRIALS=on.',
}

/** Puts a trial of the draft's present revision into the queue. 409 where the draft has changed, or one of it is under way. */
export async function startTrial(
  tx: Tx,
  draftId: string,
  { revision, allowed }: { revision: number; allowed: boolean },
): Promise<string> {
  const by = tx.actor.personId
  if (!by) throw forbidden()
  const row = await draftAt(tx, draftId, revision)
  if (!allowed) throw unprocessable('trials-off', REFUSED)
  const [busy] = await tx.sql(
    `select from trial_run where draft_id = $1 and state in ('queued', 'running')`,
    [row.id],
  )
  if (busy)
    throw conflict('trial-under-way', {
      vi: 'Bản thảo này đang được chạy thử; kết quả sẽ hiện ở trang này.',
      en: 'A trial of this draft is under way; its result will appear on this page.',
    })
  const id = uuid()
  await tx.sql(
    `insert into trial_run (id, draft_id, revision, state, asked_at, asked_by) values ($1, $2, $3, 'queued', $4, $5)`,
    [id, draftId, revision, tx.at, by],
  )
  tx.audit({ act: 'draft.trial-asked', detail: { draft: draftId, revision, trial: id } })
  return id
}

type Summary = z.input<typeof TrialSummary>
type Row = Omit<Summary, 'askedAt' | 'endedAt'> & {
  askedAt: Date
  endedAt: Date | null
  result: z.input<typeof TrialView>['result']
}

const TRIALS = `
  select t.id, t.revision, t.state, t.progress, t.failure, t.result, t.asked_at as "askedAt", p.full_name as "askedBy",
         t.ended_at as "endedAt"
    from trial_run t join person p on p.id = t.asked_by where t.draft_id = $1`

const summaryOf = ({ result: _result, ...row }: Row): Summary => ({
  ...row,
  askedAt: row.askedAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
})

/** Trials of a draft that the actor may read, the newest first. */
export async function trials(tx: Tx, draftId: string, allowed: boolean): Promise<z.input<typeof TrialList>> {
  await draftRow(tx, draftId)
  const rows = await tx.sql<Row>(`${TRIALS} order by t.asked_at desc, t.id desc limit 20`, [draftId])
  return { trials: rows.map(summaryOf), refused: allowed ? null : REFUSED }
}

/** A trial with where each example went, and the diagram that it went through. */
export async function trialView(tx: Tx, draftId: string, id: string): Promise<z.input<typeof TrialView>> {
  await draftRow(tx, draftId)
  const [row] = await tx.sql<Row>(`${TRIALS} and t.id = $2`, [draftId, id])
  if (!row) throw notFound()
  const { source } = await revisionOf(tx.sql, draftId, row.revision)
  return { ...summaryOf(row), result: row.result, bpmn: source.bpmn }
}
