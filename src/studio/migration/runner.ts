import type { Logger } from 'pino'
import { systemActor } from '../../access/actor.ts'
import { isUnavailable } from '../../database/errors.ts'
import type { Database, Tx } from '../../database/transaction.ts'
import type { Engine } from '../../engine/index.ts'
import { startLoop } from '../../loop.ts'
import { finishOne, refuseOne } from './finish.ts'
import type { Mapping } from './precheck.ts'
import { BROKER_LOST } from './refusal.ts'
import { type Run, sendOne } from './send.ts'
import { sideOf } from './side.ts'

const PAUSE_MS = 1_000
const BUSY_MS = 100
/** Dossiers with the engine at once: a batch small enough that a pause holds soon, and desks stand still for seconds only. */
const BATCH = 10

const actor = systemActor('migration of dossiers')

type RunRow = {
  id: string
  state: 'running' | 'paused' | 'done'
  started_by: string
  from_version_id: string
  to_version_id: string
  mapping: Mapping
}

/** Whatever a run's state: what the engine has in hand is finished, and its record may come after the run seemed to be done. */
const OPEN_RUNS = `
  select id, state, started_by, from_version_id, to_version_id, mapping from migration_run r
   where (state = 'running' or exists (select from migration_item i where i.run_id = r.id and i.state in ('sent', 'moved')))
     and (retry_at is null or retry_at <= now())
   order by started_at`

/** Items whose command has an end: moved by the record, declined by the engine, or meant for data that the broker has lost. */
const ENDED = `
  select i.dossier_id, i.state, coalesce(o.last_error, '') as said, (o.payload ->> 'epoch')::int as epoch
    from migration_item i left join outbox o on o.id = i.outbox_id
   where i.run_id = $1 and (i.retry_at is null or i.retry_at <= now())
     and (i.state = 'moved' or (i.state = 'sent' and o.settled_at is null
                                 and (o.withdrawn_at is not null or (o.payload ->> 'epoch')::int <> $2)))
   order by i.seq limit 50`

type Ended = { dossier_id: string; state: 'moved' | 'sent'; said: string; epoch: number }

/**
 * Carries migrations out: batches of so many dossiers, each in transactions of its own. Everything it knows lies in the items, so a
 * server that dies goes on where it stood; a paused run finishes what the engine has in hand.
 */
export function startMigrations({
  db,
  engine,
  log,
}: {
  db: Database
  engine: Pick<Engine, 'epoch' | 'processKey'>
  log: Logger
}): { stop(): Promise<void> } {
  return startLoop({
    name: 'migrations',
    log,
    onErrorMs: PAUSE_MS,
    step: async () => ((await migrateOn({ db, engine, log })) ? BUSY_MS : PAUSE_MS),
  })
}

type Deps = { db: Database; engine: Pick<Engine, 'epoch' | 'processKey'>; log: Logger }

/** One round of the loop. Answers whether there is something to go on with. A run that fails holds no other back: it comes again later. */
export async function migrateOn(deps: Deps): Promise<boolean> {
  const runs = await deps.db.transact(actor, (tx) => tx.sql<RunRow>(OPEN_RUNS))
  for (const row of runs)
    try {
      await carryOn(deps, row)
    } catch (error) {
      if (isUnavailable(error)) throw error
      deps.log.error({ err: error, run: row.id }, 'a migration cannot go on')
      await deps.db.transact(actor, (tx) => postpone(tx, row.id, error))
    }
  return runs.length > 0
}

/** Later each time: two seconds, four, at most five minutes. */
const LATER = `now() + least(interval '5 minutes', interval '1 second' * power(2, least(attempts + 1, 10)))`

const postpone = (tx: Tx, runId: string, error: unknown) =>
  tx.sql(
    `update migration_run set attempts = attempts + 1, last_error = $2, retry_at = ${LATER} where id = $1`,
    [runId, String(error)],
  )

async function carryOn(deps: Deps, row: RunRow): Promise<void> {
  const { db, engine } = deps
  const run = await db.transact(
    actor,
    async (tx): Promise<Run> => ({
      id: row.id,
      startedBy: row.started_by,
      mapping: row.mapping,
      from: await sideOf(tx.sql, row.from_version_id),
      to: await sideOf(tx.sql, row.to_version_id),
    }),
  )
  const ended = await db.transact(actor, (tx) => tx.sql<Ended>(ENDED, [run.id, engine.epoch]))
  for (const { dossier_id: dossier, state, said, epoch } of ended)
    await each(deps, run, dossier, (tx) =>
      state === 'moved'
        ? finishOne(tx, run, dossier)
        : refuseOne(tx, run, dossier, epoch === engine.epoch ? said : BROKER_LOST),
    )
  if (row.state === 'running') await sendNext(deps, run)
  await db.transact(actor, (tx) => endRun(tx, run.id))
}

async function sendNext(deps: Deps, run: Run): Promise<void> {
  const { db, engine } = deps
  const next = await db.transact(actor, (tx) => nextBatch(tx, run.id))
  if (next.length > 0) {
    const { processId } = run.to
    const processKey = await engine.processKey({
      name: `${processId}.bpmn`,
      content: run.to.bpmn,
      processId,
    })
    for (const dossier of next)
      await each(deps, run, dossier, (tx) => sendOne(tx, run, dossier, { epoch: engine.epoch, processKey }))
  }
}

/** Items that may go out now: as many as the batch has room for. */
async function nextBatch(tx: Tx, runId: string): Promise<string[]> {
  const rows = await tx.sql<{ dossier_id: string }>(
    `select dossier_id from migration_item
      where run_id = $1 and state = 'waiting' and (retry_at is null or retry_at <= now())
      order by seq
      limit greatest(0, $2 - (select count(*)::int from migration_item where run_id = $1 and state in ('sent', 'moved')))`,
    [runId, BATCH],
  )
  return rows.map((row) => row.dossier_id)
}

/** A dossier that fails holds no other back: it is tried again, later each time, and says why. */
async function each(deps: Deps, run: Run, dossierId: string, work: (tx: Tx) => Promise<void>) {
  try {
    await deps.db.transact(actor, work)
  } catch (error) {
    if (isUnavailable(error)) throw error
    deps.log.error({ err: error, run: run.id, dossier: dossierId }, 'a dossier could not be migrated')
    await deps.db.transact(actor, (tx) =>
      tx.sql(
        `update migration_item set attempts = attempts + 1, last_error = $3, retry_at = ${LATER}
          where run_id = $1 and dossier_id = $2`,
        [run.id, dossierId, String(error)],
      ),
    )
  }
}

/** Whoever revives items of the run holds its row (act.ts): what is asked behind that lock is what is. */
async function endRun(tx: Tx, runId: string): Promise<void> {
  await tx.sql('select from migration_run where id = $1 for update', [runId])
  await tx.sql(
    'update migration_run set attempts = 0, last_error = null, retry_at = null where id = $1 and last_error is not null',
    [runId],
  )
  await tx.sql(
    `update migration_run r set state = 'done', finished_at = $2
      where id = $1 and state = 'running'
        and not exists (select from migration_item where run_id = r.id and state in ('waiting', 'sent', 'moved'))`,
    [runId, tx.at],
  )
}
