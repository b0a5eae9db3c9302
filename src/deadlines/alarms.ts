import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { enqueueMessage, enqueueStart } from '../engine/index.ts'
import { currentShared } from '../procedures/version.ts'
import { type Alarm, type DeadlineClock, Watch } from './entity.ts'

export type Moment = { kind: Alarm['kind']; at: Date }

/** What "never" is for the watch's timer: Zeebe wants a date. */
const NEVER_MS = 100 * 365 * 86_400_000

/** Adds alarms of a clock and tells the dossier's watch. A moment once set is not set twice. */
export async function setAlarms(
  tx: Tx,
  clock: Pick<DeadlineClock, 'id' | 'dossierId'>,
  moments: Moment[],
): Promise<void> {
  await tx.em.flush()
  for (const { kind, at } of moments)
    await tx.sql(
      `insert into alarm (id, dossier_id, clock_id, kind, at) values ($1, $2, $3, $4, $5)
       on conflict (clock_id, kind, at) do nothing`,
      [uuid(), clock.dossierId, clock.id, kind, at],
    )
  await tellWatch(tx, clock.dossierId)
}

/** A clock that stopped or ended wants nothing more; what it had rung already stays on the record. */
export async function dropAlarms(tx: Tx, clockId: string, kinds?: Alarm['kind'][]): Promise<void> {
  const rows = await tx.sql<{ dossier_id: string }>(
    `delete from alarm where clock_id = $1 and handled_at is null and ($2::text[] is null or kind = any($2))
     returning dossier_id`,
    [clockId, kinds ?? null],
  )
  if (rows[0]) await tellWatch(tx, rows[0].dossier_id)
}

/** The earliest alarm nobody has handled, or its next try; a hundred years from now when there is none. */
export async function nextAlarmAt(tx: Pick<Tx, 'sql' | 'at'>, dossierId: string): Promise<Date> {
  const [row] = await tx.sql<{ at: Date | null }>(
    'select min(coalesce(retry_at, at)) as at from alarm where dossier_id = $1 and handled_at is null',
    [dossierId],
  )
  return row?.at ?? new Date(tx.at.getTime() + NEVER_MS)
}

/** The message carries no date: the watch asks the worker, which reads the alarms. */
async function tellWatch(tx: Tx, dossierId: string): Promise<void> {
  const watch = await tx.em.findOne(Watch, { dossierId, stoppedAt: null })
  if (!watch) return
  const next = await nextAlarmAt(tx, dossierId)
  if (watch.nextAlarmAt.getTime() === next.getTime()) return
  watch.nextAlarmAt = next
  await enqueueMessage(tx, { subjectId: watch.id, name: 'deadline.changed', correlationKey: watch.id })
}

/** One watch per dossier, named by an id of its own: a message for an old watch must not reach a new one. */
export async function startWatch(tx: Tx, dossierId: string): Promise<void> {
  await tx.em.flush()
  const id = uuid()
  const next = await nextAlarmAt(tx, dossierId)
  const { processId } = await currentShared(tx.sql, 'deadline-watch')
  tx.em.create(Watch, { id, dossierId, nextAlarmAt: next, startedAt: tx.at })
  await enqueueStart(tx, {
    subjectId: id,
    processId,
    kind: 'watch',
    dossierId,
    variables: { watchId: id, nextAlarmAt: next.toISOString() },
  })
}

/** The dossier has ended: nothing may ring any more. */
export async function stopWatch(tx: Tx, dossierId: string): Promise<void> {
  const watch = await tx.em.findOne(Watch, { dossierId, stoppedAt: null })
  if (!watch) return
  watch.stoppedAt = tx.at
  await tx.sql(
    `update alarm set handled_at = $2, outcome = 'dossier ended' where dossier_id = $1 and handled_at is null`,
    [dossierId, tx.at],
  )
  await enqueueMessage(tx, { subjectId: watch.id, name: 'deadline.stopped', correlationKey: watch.id })
}
