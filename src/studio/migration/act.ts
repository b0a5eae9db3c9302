import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { codeOf } from '../../database/errors.ts'
import type { Tx } from '../../database/transaction.ts'
import { invalidField } from '../../http/invalid.ts'
import { conflict, forbidden, notFound } from '../../http/problem.ts'
import { movable, readableOf } from './plan.ts'
import type { StartMigration } from './schemas.ts'
import { checkMapping, sidesOf } from './side.ts'
import { OPEN } from './standing.ts'
import type { Side } from './verdict.ts'

type Asked = z.output<typeof StartMigration>

/**
 * The named act: who moves which open dossiers, why and by which decision. Each is judged again when its turn comes. 409 when one of them
 * is being moved already, 422 when one is not open under the old version or not within reach, or when none is left to move.
 */
export async function startMigration(tx: Tx, asked: Asked): Promise<string> {
  const by = tx.actor.personId
  if (!by) throw forbidden()
  const { from, to } = await sidesOf(tx.sql, asked)
  checkMapping(from, to, asked.mapping)
  const id = uuid()
  await tx.sql(
    `insert into migration_run (id, code, from_version_id, to_version_id, mapping, reason, decision_number, state,
                                started_at, started_by)
     values ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9)`,
    [
      id,
      from.definition.code,
      from.versionId,
      to.versionId,
      JSON.stringify(asked.mapping),
      asked.reason,
      asked.decisionNumber ?? null,
      tx.at,
      by,
    ],
  )
  const dossiers = await addItems(tx, id, asked, { from, to })
  tx.audit({
    act: 'migration.started',
    detail: {
      run: id,
      from: from.processId,
      to: to.processId,
      dossiers,
      mapping: asked.mapping,
      decision: asked.decisionNumber ?? null,
    },
  })
  return id
}

/** Puts the chosen dossiers in line, part by part. Answers how many. */
async function addItems(
  tx: Tx,
  runId: string,
  asked: Asked,
  sides: { from: Side; to: Side },
): Promise<number> {
  const left = new Set(asked.except)
  let count = 0
  for await (const part of chosen(tx, asked, sides)) {
    const ids = part.filter((id) => !left.has(id))
    await once(() =>
      tx.sql(
        `insert into migration_item (run_id, dossier_id, seq, state)
         select $1, id, $3 + nr, 'waiting' from unnest($2::uuid[]) with ordinality as one (id, nr)`,
        [runId, ids, count],
      ),
    )
    count += ids.length
  }
  if (count === 0)
    throw invalidField(
      'dossierIds',
      'Không có hồ sơ nào chuyển được. Hãy xem lại kế hoạch.',
      'There is no dossier to move. Look at the plan again.',
    )
  return count
}

async function* chosen(
  tx: Tx,
  asked: Asked,
  { from, to }: { from: Side; to: Side },
): AsyncGenerator<string[]> {
  if (asked.dossierIds === 'movable') yield* movable(tx, { from, to, mapping: asked.mapping })
  else yield named(tx, from, [...new Set(asked.dossierIds)])
}

/** The dossiers named, in the order of their filing. 422 when one is not open under the version or not within reach, 409 when it is in an act. */
async function named(tx: Tx, from: Side, ids: string[]): Promise<string[]> {
  const open = await tx.sql<{ dossierId: string }>(
    `select d.id as "dossierId" from dossier d where d.id = any($1) and d.procedure_version_id = $2 and ${OPEN}
      order by d.filed_at, d.id`,
    [ids, from.versionId],
  )
  const readable = await readableOf(tx, open)
  const found = open.map(({ dossierId }) => dossierId).filter((id) => readable.has(id))
  const gone = ids.length - found.length
  if (gone > 0)
    throw invalidField(
      'dossierIds',
      `${gone} hồ sơ không còn mở ở phiên bản ${from.version}, hoặc ngoài phạm vi của ông/bà. Hãy xem lại kế hoạch.`,
      `${gone} dossiers are no longer open under version ${from.version}, or not within your reach. Look at the plan again.`,
    )
  const [busy] = await tx.sql<{ code: string }>(
    `select d.code from migration_item i join dossier d on d.id = i.dossier_id
      where i.dossier_id = any($1) and i.state in ('waiting', 'sent', 'moved') limit 1`,
    [ids],
  )
  if (busy) throw isMoving(busy.code)
  return found
}

/** One act at a time on a dossier: the database says so to whoever comes second. */
const once = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw codeOf(error) === '23505' ? isMoving('') : error
  })

const isMoving = (code: string) =>
  conflict('migration-under-way', {
    vi: `Hồ sơ ${code || 'đã chọn'} đang được chuyển trong một đợt khác; hãy đợi đợt đó xong.`,
    en: `Dossier ${code || 'chosen'} is being moved by another act; wait until that is done.`,
  })

/** The run, locked. 404 when there is none. */
async function runOf(tx: Tx, id: string): Promise<{ state: string }> {
  const [run] = await tx.sql<{ state: string }>('select state from migration_run where id = $1 for update', [
    id,
  ])
  if (!run) throw notFound()
  return run
}

/** No further dossier goes out; those the engine has in hand are finished. Does nothing to one that is paused. 409 when it is over. */
export async function pauseMigration(tx: Tx, id: string): Promise<void> {
  const { state } = await runOf(tx, id)
  if (state === 'done')
    throw conflict('migration-done', { vi: 'Đợt chuyển này đã xong.', en: 'This act is done already.' })
  if (state === 'paused') return
  await tx.sql(`update migration_run set state = 'paused' where id = $1`, [id])
  tx.audit({ act: 'migration.paused', detail: { run: id } })
}

/** Goes on where it was paused. Does nothing to one that runs or is done. */
export async function resumeMigration(tx: Tx, id: string): Promise<void> {
  const { state } = await runOf(tx, id)
  if (state !== 'paused') return
  await tx.sql(`update migration_run set state = 'running' where id = $1`, [id])
  tx.audit({ act: 'migration.resumed', detail: { run: id } })
}

/** Tries again what could not be moved: all of it, or the dossiers named. Answers how many. 409 when one is in another act meanwhile. */
export async function retryMigration(tx: Tx, id: string, dossierIds?: string[]): Promise<number> {
  const { state } = await runOf(tx, id)
  const rows = await once(() =>
    tx.sql<{ dossier_id: string }>(
      `update migration_item i set state = 'waiting', obstacles = '[]', retry_at = null
        where run_id = $1 and state in ('cannot', 'changed', 'refused') and ($2::uuid[] is null or dossier_id = any($2))
          and not exists (select from migration_item other where other.dossier_id = i.dossier_id and other.run_id <> $1
                             and other.state in ('waiting', 'sent', 'moved'))
        returning dossier_id`,
      [id, dossierIds ?? null],
    ),
  )
  if (rows.length === 0) return 0
  if (state === 'done')
    await tx.sql(`update migration_run set state = 'running', finished_at = null where id = $1`, [id])
  tx.audit({ act: 'migration.retried', detail: { run: id, dossiers: rows.length } })
  return rows.length
}
