import { systemActor } from '../access/actor.ts'
import type { Database } from '../database/orm.ts'
import { archivedLines } from './archive.ts'
import { applyRecords } from './projector.ts'
import { type EngineRecord, parseRecord } from './records.ts'

const BATCH = 1_000
const TABLES = ['instance', 'element', 'flow', 'job', 'variable', 'user_task', 'incident']

/**
 * Makes the projection of an epoch anew from the record archive, in one transaction. Marks stay, and records beyond them are
 * left to the stream: what visits, waits, commands and features made of a record was made when it came and is not made again.
 * Stop the intake first.
 */
export const rebuildProjection = (
  db: Database,
  archiveDir: string,
  epoch: number,
): Promise<{ records: number }> =>
  db.transact(systemActor('projection from the record archive'), async ({ sql }) => {
    const marks = await sql<{ partition: number; position: string }>(
      'select partition, position from engine_mark where epoch = $1 for update',
      [epoch],
    )
    const upTo = new Map(marks.map((mark) => [mark.partition, BigInt(mark.position)]))
    for (const table of TABLES) await sql(`delete from engine_${table} where epoch = $1`, [epoch])

    const read = new Map<number, bigint>()
    const isDue = ({ partitionId, position }: EngineRecord): boolean => {
      const at = BigInt(position)
      if (at > (upTo.get(partitionId) ?? -1n) || at <= (read.get(partitionId) ?? -1n)) return false
      read.set(partitionId, at)
      return true
    }
    let records = 0
    let batch: EngineRecord[] = []
    const flush = async () => {
      await applyRecords(sql, epoch, batch)
      records += batch.length
      batch = []
    }
    for await (const line of archivedLines(archiveDir, epoch)) {
      const record = parseRecord(line)
      if (!isDue(record)) continue
      batch.push(record)
      if (batch.length === BATCH) await flush()
    }
    await flush()
    return { records }
  })
