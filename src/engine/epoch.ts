import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import type { Sql } from '../database/sql.ts'

/** The broker's data and the database do not belong together. Nothing may start: keys would name other things. */
export class EpochMismatch extends Error {
  override name = 'EpochMismatch'
}

const FILE = 'mot-cua-epoch.json'

type Epoch = { epoch: number; brokerId: string }

/**
 * The epoch: which life of the broker's data our rows speak of. Its id lies in PostgreSQL and in a file beside the broker's
 * data (`brokerDir`; null for a broker whose data are out of our reach). Call it before the broker starts.
 * @throws EpochMismatch when the two differ.
 */
export async function ensureEpoch(
  db: Database,
  { brokerDir }: { brokerDir: string | null },
): Promise<number> {
  const beside = brokerDir === null ? null : await readId(brokerDir)
  const epoch = await db.transact(systemActor('engine epoch'), async ({ sql }) => {
    await sql('lock table engine_epoch in share row exclusive mode')
    const known = await latestEpoch(sql)
    if (brokerDir !== null) await compare(sql, brokerDir, known, beside)
    return known ?? (await firstEpoch(sql))
  })
  // After the commit: a crash in between leaves an epoch of which nothing has been read, whose file may be written.
  if (brokerDir !== null && !beside) await writeId(brokerDir, epoch)
  return epoch.epoch
}

async function compare(
  sql: Sql,
  brokerDir: string,
  known: Epoch | null,
  beside: Epoch | null,
): Promise<void> {
  if (!known && beside)
    throw new EpochMismatch(
      `The broker's data in ${brokerDir} belong to another database: this one has never had a broker. Point DATABASE_URL at the right database, or move the broker's data away.`,
    )
  if (known && beside && (known.brokerId !== beside.brokerId || known.epoch !== beside.epoch))
    throw new EpochMismatch(
      `The broker's data in ${brokerDir} are of epoch ${beside.epoch} (${beside.brokerId}), the database is at epoch ${known.epoch} (${known.brokerId}). Put back the data that belong together, or rebuild.`,
    )
  if (known && !beside && (await hasRead(sql, known.epoch)))
    throw new EpochMismatch(
      `The database is at epoch ${known.epoch}, but there are no data of that broker in ${brokerDir}. Put them back, or rebuild.`,
    )
}

async function latestEpoch(sql: Sql): Promise<Epoch | null> {
  const [row] = await sql<Epoch>(
    'select epoch, broker_id as "brokerId" from engine_epoch order by epoch desc limit 1',
  )
  return row ?? null
}

/** Until the first record has come nothing in the database names this broker's data: its file can be written again. */
const hasRead = async (sql: Sql, epoch: number): Promise<boolean> =>
  (await sql('select from engine_mark where epoch = $1 limit 1', [epoch])).length > 0

async function firstEpoch(sql: Sql): Promise<Epoch> {
  const first = { epoch: 1, brokerId: randomUUID() }
  await sql('insert into engine_epoch (epoch, broker_id, reason) values ($1, $2, $3)', [
    first.epoch,
    first.brokerId,
    'first start',
  ])
  return first
}

async function readId(brokerDir: string): Promise<Epoch | null> {
  const file = join(brokerDir, FILE)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const id = JSON.parse(text) as Partial<Epoch>
  if (typeof id.epoch !== 'number' || typeof id.brokerId !== 'string')
    throw new EpochMismatch(`${file} is damaged: it must name the epoch and the broker's id.`)
  return { epoch: id.epoch, brokerId: id.brokerId }
}

async function writeId(brokerDir: string, epoch: Epoch): Promise<void> {
  await mkdir(brokerDir, { recursive: true, mode: 0o700 })
  const file = join(brokerDir, FILE)
  const handle = await open(`${file}.new`, 'w', 0o600)
  await handle.writeFile(`${JSON.stringify(epoch)}\n`)
  await handle.sync()
  await handle.close()
  await rename(`${file}.new`, file) // Never half a file.
}
