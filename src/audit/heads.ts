import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { systemActor } from '../access/actor.ts'
import { LEGAL_ZONE } from '../clock.ts'
import type { Database } from '../database/transaction.ts'
import { startLoop } from '../loop.ts'
import { auditKey, type Head, signHead } from './key.ts'

const folderOf = (dataDir: string): string => join(dataDir, 'audit-heads')

/** The last entry of each day that is over and has no head yet. Days are those of recorded_at: machine time. */
const ENDED_DAYS = `
  select day::text, max(index) as index
    from (select index, (recorded_at at time zone $1)::date as day from audit_entry
           where index > coalesce((select max(index) from audit_head), 0)) e
   where day < (now() at time zone $1)::date
   group by day order by day`

/**
 * Signs the head of the chain for every day that is over, keeps it in the database and writes it to a file that is to be
 * copied elsewhere: whoever rewrites the whole chain cannot rewrite the copies. Call it daily; idempotent.
 */
export async function sealDays(db: Database, dataDir: string): Promise<Head[]> {
  const key = auditKey(dataDir)
  const heads = await db.transact(systemActor('audit.seal'), async (tx) => {
    const days = await tx.sql<{ day: string; index: string }>(ENDED_DAYS, [LEGAL_ZONE])
    const sealed: Head[] = []
    for (const { day, index } of days) {
      const [entry] = await tx.sql<{ hash: string }>('select hash from audit_entry where index = $1', [index])
      if (!entry) continue
      const head = signHead({ day, index, hash: entry.hash }, key)
      await tx.sql('select audit_seal($1, $2, $3, $4)', [day, index, entry.hash, head.signature])
      sealed.push(head)
    }
    return sealed
  })
  await exportHeads(db, dataDir)
  return heads
}

/** Writes the files that are not there yet; a head that was kept and then lost its file gets it again. */
async function exportHeads(db: Database, dataDir: string): Promise<void> {
  const folder = folderOf(dataDir)
  mkdirSync(folder, { recursive: true })
  const { rows } = await db.pool.query<Head>('select day, index, hash, signature from audit_head')
  for (const head of rows) {
    const file = join(folder, `${head.day}.json`)
    if (existsSync(file)) continue
    writeFileSync(`${file}.new`, JSON.stringify(head))
    renameSync(`${file}.new`, file)
  }
}

/** The exported heads that lie in the data folder. */
export function exportedHeads(dataDir: string): Head[] {
  const folder = folderOf(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Head)
}

const HOUR_MS = 3_600_000

/** Seals ended days now and every hour of machine time. PostgreSQL may be away: the next hour makes up for it. */
export const startSealing = (db: Database, dataDir: string, log: Logger): { stop(): Promise<void> } =>
  startLoop({
    name: 'sealing the days of the trail',
    log,
    onErrorMs: HOUR_MS,
    step: async () => {
      await sealDays(db, dataDir)
      return HOUR_MS
    },
  })
