import { asSystem } from '../../access/filter.ts'
import type { Sql, Tx } from '../../database/transaction.ts'
import { recomputeByVersion } from '../../deadlines/by-version.ts'
import { subjectOf } from '../../tasks/step.ts'
import { deriveTask, type Move, openTasks } from './derive.ts'
import { refusalInWords } from './refusal.ts'
import type { Run } from './send.ts'
import type { Obstacle } from './verdict.ts'

type Item = Move & { reason: string; decision_number: string | null; obstacles: Obstacle[] }

/** The engine has moved it: its clock is counted by the version it is under now, and the trail says what was done. */
export async function finishOne(tx: Tx, run: Run, dossierId: string): Promise<void> {
  const system: Tx = { ...tx, em: asSystem(tx.em, 'finish of a migration') }
  const [item] = await tx.sql<Item>(
    `select r.reason, r.decision_number, r.started_by, i.acted_at, v.version, i.obstacles
       from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.to_version_id
      where i.run_id = $1 and i.dossier_id = $2 and i.state = 'moved' for update of i`,
    [run.id, dossierId],
  )
  if (!item) return
  await tx.sql('select from dossier where id = $1 for update', [dossierId])
  const notes = await deriveHeld(tx.sql, dossierId, item)
  const by = item.decision_number ? ` (${item.decision_number})` : ''
  const clock = await recomputeByVersion(
    system,
    dossierId,
    { from: run.from.versionId, to: run.to.versionId },
    {
      vi: `chuyển sang quy trình phiên bản ${run.to.version}${by}: ${item.reason}`,
      en: `moved to version ${run.to.version} of the process${by}: ${item.reason}`,
    },
  )
  await tx.sql(
    `update migration_item set state = 'done', clock_after = $3, done_at = $4, obstacles = $5, last_error = null
      where run_id = $1 and dossier_id = $2`,
    [run.id, dossierId, JSON.stringify(clock), tx.at, JSON.stringify(notes)],
  )
  tx.audit({
    act: 'dossier.migrated',
    dossierId,
    actorId: run.startedBy,
    detail: {
      run: run.id,
      from: run.from.processId,
      to: run.to.processId,
      effect: clock.effect,
      dueBefore: clock.before.dueAt,
      dueAfter: clock.after.dueAt,
    },
  })
  tx.notify('live', { type: 'dossier', ids: [dossierId] })
}

/** Tasks that could not be made by the new version when its record came: whoever mends the cause need do no more. Answers what is to be known. */
async function deriveHeld(sql: Sql, dossierId: string, item: Item): Promise<Obstacle[]> {
  const notes = item.obstacles.filter(({ rule }) => rule !== 'step-held')
  if (notes.length === item.obstacles.length) return notes
  const subject = await subjectOf(sql, dossierId)
  if (!subject) return notes
  for (const task of await openTasks(sql, subject))
    if (task.state === 'moving') notes.push(...(await deriveTask(sql, subject, task, item)))
  return notes
}

/** The engine said no: people may decide again, and the item says why. What the record says later still counts (moved.ts). */
export async function refuseOne(tx: Tx, run: Run, dossierId: string, said: string): Promise<void> {
  const obstacle = refusalInWords(said, run.from.drawn)
  const state = obstacle.passes ? 'changed' : 'refused'
  const [item] = await tx.sql<{ outbox_id: string }>(
    `update migration_item set state = $3, obstacles = $4, last_error = $5
      where run_id = $1 and dossier_id = $2 and state = 'sent' returning outbox_id`,
    [run.id, dossierId, state, JSON.stringify([obstacle.obstacle]), said],
  )
  if (!item) return
  // Of data that the broker has lost: nothing will ever settle it.
  await tx.sql(
    'update outbox set withdrawn_at = now() where id = $1 and settled_at is null and withdrawn_at is null',
    [item.outbox_id],
  )
  await tx.sql(
    `update task t set state = 'open', version = version + 1 where subject_id = $1 and state = 'moving'
        and not exists (select from decision d where d.task_id = t.id and d.state = 'released')`,
    [dossierId],
  )
  tx.audit({
    act: 'dossier.migration-refused',
    dossierId,
    actorId: run.startedBy,
    detail: { run: run.id, to: run.to.processId, rule: obstacle.obstacle.rule },
  })
  tx.notify('live', { type: 'dossier', ids: [dossierId] })
}
