import type { Tx } from '../../database/transaction.ts'
import { countByVersion } from '../../deadlines/by-version.ts'
import { enqueueMigration, lockSubjects } from '../../engine/index.ts'
import { fullMapping, type Mapping } from './precheck.ts'
import { wasInForce } from './side.ts'
import { standings } from './standing.ts'
import { type Judged, judge, type Side, say } from './verdict.ts'

export type Run = {
  id: string
  startedBy: string
  mapping: Mapping
  from: Side
  to: Side
}

const GONE = say(
  'not-started',
  '',
  'Hồ sơ đã xong, hoặc không còn ở phiên bản cũ.',
  'The dossier is over, or no longer under the old version.',
)
const NEVER_IN_FORCE = say(
  'target-never-in-force',
  '',
  'Phiên bản đến chưa từng có hiệu lực.',
  'The new version has never been in force.',
)

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
  const { verdict, obstacles } = await judgeNow(tx, run, dossierId)
  if (verdict !== 'can') {
    const state = verdict === 'changed' ? 'changed' : 'cannot'
    await tx.sql(
      'update migration_item set state = $3, obstacles = $4, last_error = null where run_id = $1 and dossier_id = $2',
      [run.id, dossierId, state, JSON.stringify(obstacles)],
    )
    tx.audit({
      act: 'dossier.migration-not-asked',
      dossierId,
      actorId: run.startedBy,
      detail: { run: run.id, to: run.to.processId, verdict, rules: obstacles.map(({ rule }) => rule) },
    })
    return
  }
  const clock = await countByVersion(tx, dossierId, {
    from: run.from.versionId,
    to: run.to.versionId,
    mapping: run.mapping,
  })
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
    `update migration_item set state = 'sent', outbox_id = $3, acted_at = $4, clock_before = $5, obstacles = '[]',
            last_error = null
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

async function judgeNow(tx: Tx, run: Run, dossierId: string): Promise<Judged> {
  if (!(await wasInForce(tx.sql, run.to.versionId))) return { verdict: 'cannot', obstacles: [NEVER_IN_FORCE] }
  const [standing] = await standings(tx.sql, run.from.versionId, run.from.drawn, {
    ids: [dossierId],
    run: run.id,
  })
  return standing ? judge(run.from, run.to, standing, run.mapping) : { verdict: 'cannot', obstacles: [GONE] }
}
