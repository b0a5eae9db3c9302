import { asSystem } from '../../access/filter.ts'
import { attempt } from '../../database/savepoint.ts'
import type { Sql, Tx } from '../../database/transaction.ts'
import { recomputeByVersion, type VersionCount } from '../../deadlines/by-version.ts'
import { subjectOf } from '../../tasks/step.ts'
import { deriveTask, type Move, openTasks } from './derive.ts'
import { refusalInWords } from './refusal.ts'
import type { Run } from './send.ts'
import { type Obstacle, say } from './verdict.ts'

type Item = Move & { reason: string; decision_number: string | null; obstacles: Obstacle[]; attempts: number }

/** Tries, later each time, over some four minutes: by then what passes has passed, and a published version is mended by nobody. */
const MOST_TRIES = 7

/** The engine has moved it: its clock is counted by the version it is under now, and the trail says what was done. */
export async function finishOne(tx: Tx, run: Run, dossierId: string): Promise<void> {
  const [item] = await tx.sql<Item>(
    `select r.reason, r.decision_number, r.started_by, i.acted_at, v.version, i.obstacles, i.attempts
       from migration_item i join migration_run r on r.id = i.run_id join procedure_version v on v.id = r.to_version_id
      where i.run_id = $1 and i.dossier_id = $2 and i.state = 'moved' for update of i`,
    [run.id, dossierId],
  )
  if (!item) return
  await tx.sql('select from dossier where id = $1 for update', [dossierId])
  const notes: Obstacle[] = []
  const part = (work: (tx: Tx) => Promise<void>) => settledIn(tx, item, work)
  if (!(await part(async ({ sql }) => void notes.push(...(await deriveHeld(sql, dossierId, item))))))
    notes.push(...(await giveBack(tx, run, dossierId, item)))
  const by = item.decision_number ? ` (${item.decision_number})` : ''
  const clocks: VersionCount[] = []
  const counted = await part(async (inner) => {
    const system: Tx = { ...inner, em: asSystem(inner.em, 'finish of a migration') }
    clocks.push(
      await recomputeByVersion(
        system,
        dossierId,
        { from: run.from.versionId, to: run.to.versionId },
        {
          vi: `chuyển sang quy trình phiên bản ${run.to.version}${by}: ${item.reason}`,
          en: `moved to version ${run.to.version} of the process${by}: ${item.reason}`,
        },
      ),
    )
  })
  if (!counted) notes.push(CLOCK_KEPT)
  const clock = clocks[0] ?? null
  await tx.sql(
    `update migration_item set state = 'done', clock_after = $3, done_at = $4, obstacles = $5, last_error = null
      where run_id = $1 and dossier_id = $2`,
    [run.id, dossierId, clock && JSON.stringify(clock), tx.at, JSON.stringify(notes)],
  )
  tx.audit({
    act: 'dossier.migrated',
    dossierId,
    actorId: run.startedBy,
    detail: {
      run: run.id,
      from: run.from.processId,
      to: run.to.processId,
      effect: clock?.effect ?? 'not-counted',
      dueBefore: clock?.before.dueAt ?? null,
      dueAfter: clock?.after.dueAt ?? null,
    },
  })
  await tellOfEnded(tx, run, dossierId)
  tx.notify('live', { type: 'dossier', ids: [dossierId] })
}

/** Does a part of finishing that may fail for good. False: it has failed often enough to go on without it; until then it throws. */
async function settledIn(tx: Tx, { attempts }: Item, work: (tx: Tx) => Promise<void>): Promise<boolean> {
  const failure = await attempt(tx, work)
  if (failure === undefined) return true
  if (attempts < MOST_TRIES) throw failure
  return false
}

const CLOCK_KEPT = say(
  'clock-kept',
  '',
  'Không tính được thời hạn theo phiên bản mới; ngày hẹn đã hứa giữ nguyên. Hãy sửa dữ liệu rồi chuyển tiếp sang phiên bản đã sửa.',
  'The new version’s limit could not be counted; the promised date stays. Mend the data and move the dossier on to the mended version.',
)

const givenBack = (elementId: string) =>
  say(
    'step-given-back',
    elementId,
    'Bước đang mở không lập lại được theo phiên bản mới, nên được trả lại cho người đang giữ với biểu mẫu cũ. Hãy sửa dữ liệu của bước trong một bản thảo, ban hành, rồi chuyển hồ sơ sang phiên bản đó.',
    'The open step cannot be made by the new version, so whoever has it has it back under its old form. Mend the step’s data in a draft, publish it, and move the dossier to that version.',
  )

/**
 * What no further try will mend lies in a version that nobody can change: whoever had the step decides it as it was, and the dossier
 * is free for an act that moves it on.
 */
async function giveBack(tx: Tx, run: Run, dossierId: string, { obstacles }: Item): Promise<Obstacle[]> {
  const tasks = await tx.sql<{ element_id: string }>(
    `update task t set state = 'open', version = version + 1 where subject_id = $1 and state = 'moving'
        and not exists (select from decision d where d.task_id = t.id and d.state = 'released') returning element_id`,
    [dossierId],
  )
  const elements = tasks.map((task) => task.element_id)
  tx.audit({
    act: 'dossier.migration-held',
    dossierId,
    actorId: run.startedBy,
    detail: { run: run.id, to: run.to.processId, elements },
  })
  return [...obstacles.filter(({ rule }) => rule !== 'step-held'), ...elements.map(givenBack)]
}

type Ended = { run_id: string; state: 'done' | 'changed'; started_by: string; from: string; to: string }

/** The trail of acts that this one's record ended: they moved the dossier before it, or will not. */
async function tellOfEnded(tx: Tx, run: Run, dossierId: string): Promise<void> {
  const ended = await tx.sql<Ended>(
    `update migration_item i set ended_by = null, done_at = coalesce(i.done_at, case when i.state = 'done' then $3::timestamptz end)
       from migration_run r
       join procedure_version f on f.id = r.from_version_id join procedure_version t on t.id = r.to_version_id
      where r.id = i.run_id and i.ended_by = $1 and i.dossier_id = $2
      returning i.run_id, i.state, r.started_by, f.process_id as "from", t.process_id as "to"`,
    [run.id, dossierId, tx.at],
  )
  for (const { run_id, state, started_by: actorId, from, to } of ended)
    tx.audit({
      act: state === 'done' ? 'dossier.migrated' : 'dossier.migration-ended',
      dossierId,
      actorId,
      detail: { run: run_id, from, to, endedBy: run.id },
    })
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
