import type { z } from 'zod'
import type { Tx } from '../../database/transaction.ts'
import { notFound } from '../../http/problem.ts'
import { draftRow } from '../drafts/draft.ts'
import { periodOf } from '../heatmap/heatmap.ts'
import { designsOf, setupOf } from './designs.ts'
import { withinReach } from './reach.ts'
import { SILENT } from './run.ts'
import type { ReplayPage, ReplaySummary, ReplayView } from './schemas.ts'

type Summary = z.input<typeof ReplaySummary>
type Row = Omit<Summary, 'startedAt' | 'endedAt' | 'mayCancel'> & {
  draft_id: string
  person_id: string
  started_at: Date
  ended_at: Date | null
  params: z.input<typeof ReplayView>['params']
  result: z.input<typeof ReplayView>['result']
  failure: z.input<typeof ReplayView>['failure']
}

const RUNS = (columns: string) => `
  select r.id, r.draft_id, r.revision, r.person_id, r.progress, r.started_at, r.ended_at, ${columns}
         case when r.state = 'running' and r.beat_at < now() - ${SILENT} then 'broken-off' else r.state end as state,
         jsonb_build_object('id', p.id, 'name', p.full_name) as by
    from replay_run r join person p on p.id = r.person_id`

const summaryOf = (tx: Tx, row: Row): Summary => ({
  id: row.id,
  revision: row.revision,
  state: row.state,
  progress: row.progress,
  startedAt: row.started_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  by: row.by,
  mayCancel: row.state === 'running' && row.person_id === tx.actor.personId,
})

/** What a replay of a draft asks for, and those that were made of it, the latest first. */
export async function replayPage(tx: Tx, draftId: string): Promise<z.input<typeof ReplayPage>> {
  const designs = await designsOf(tx, draftId)
  const runs = await tx.sql<Row>(
    `${RUNS('')} where r.draft_id = $1 order by r.started_at desc, r.id desc limit 20`,
    [draftId],
  )
  return { setup: setupOf(designs, periodOf(tx.at, {})), runs: runs.map((row) => summaryOf(tx, row)) }
}

export async function replayView(tx: Tx, id: string): Promise<z.input<typeof ReplayView>> {
  const [row] = await tx.sql<Row>(`${RUNS('r.params, r.result, r.failure,')} where r.id = $1`, [id])
  if (!row) throw notFound()
  await draftRow(tx, row.draft_id)
  const { params, result, failure } = row
  return { ...summaryOf(tx, row), params, result: result && (await withinReach(tx, result)), failure }
}
