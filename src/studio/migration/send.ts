import type { Tx } from '../../database/transaction.ts'
import { countByVersion } from '../../deadlines/by-version.ts'
import { enqueueMigration, lockSubjects } from '../../engine/index.ts'
import { fullMapping, type Mapping } from './precheck.ts'
import { standings } from './standing.ts'
import { judge, type Obstacle, type Side } from './verdict.ts'

export type Run = {
  id: string
  startedBy: string
  mapping: Mapping
  from: Side
  to: Side
}

const GONE: Obstacle = {
  rule: 'not-started',
  elementId: '',
  message: {
    vi: 'Hồ sơ đã xong, hoặc không còn ở phiên bản cũ.',
    en: 'The dossier is over, or no longer under the old version.',
  },
}

/**
 * Asks the engine to move one dossier. Judged again under the locks that decisions and waits take, so that neither crosses it; from here to
 * the record of the engine its tasks are "moving" and nobody decides them, and what an applicant or an alarm does meanwhile goes
 * out behind this command (rows of one subject go in order). Does nothing for an item that waits no more.
 */
export async function sendOne(
  tx: Tx,
  run: Run,
  dossierId: string,
  engine: { epoch: number; processKey: string },
): Promise<void> {
  const [item] = await tx.sql<{ state: string }>(
    `select state from migration_item where run_id = $1 and dossier_id = $2 and state = 'waiting' for update`,
    [run.id, dossierId],
  )
  if (!item) return
  await tx.sql('select from dossier where id = $1 for update', [dossierId])
  await lockSubjects(tx.sql, [dossierId])
  await tx.sql(`select from task where subject_id = $1 and state = 'open' for update`, [dossierId])
  const [standing] = await standings(tx.sql, run.from.versionId, run.from.drawn, [dossierId])
  const { verdict, obstacles } = standing
    ? judge(run.from, run.to, standing, run.mapping)
    : { verdict: 'cannot' as const, obstacles: [GONE] }
  if (verdict !== 'can') {
    const state = verdict === 'changed' ? 'changed' : 'cannot'
    await tx.sql(
      'update migration_item set state = $3, obstacles = $4 where run_id = $1 and dossier_id = $2',
      [run.id, dossierId, state, JSON.stringify(obstacles)],
    )
    return
  }
  const clock = await countByVersion(tx, dossierId, { from: run.from.versionId, to: run.to.versionId })
  await tx.sql(
    `update task set state = 'moving', version = version + 1 where subject_id = $1 and state = 'open'`,
    [dossierId],
  )
  const outboxId = await enqueueMigration(tx, {
    subjectId: dossierId,
    epoch: engine.epoch,
    processId: run.to.processId,
    processKey: engine.processKey,
    mapping: fullMapping(run.from.drawn, run.to.drawn, run.mapping),
  })
  await tx.sql(
    `update migration_item set state = 'sent', outbox_id = $3, acted_at = $4, clock_before = $5, obstacles = '[]'
      where run_id = $1 and dossier_id = $2`,
    [run.id, dossierId, outboxId, tx.at, JSON.stringify(clock)],
  )
  tx.audit({
    act: 'dossier.migration-asked',
    dossierId,
    actorId: run.startedBy,
    detail: { run: run.id, from: run.from.processId, to: run.to.processId },
  })
  tx.notify('live', { type: 'dossier', ids: [dossierId] })
}
