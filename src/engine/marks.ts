import type { Sql } from '../database/sql.ts'
import type { EngineRecord } from './records.ts'

/** How far a partition's stream has been read. */
export type Mark = { position: bigint; greatestTimestamp: number; stopped: string | null }

/** Said wherever the intake has stopped: the broker numbers its records anew, so its data are not those we know. */
export const DATA_CHANGED = 'engine data changed: rebuild'

/** The mark of a partition, locked to the end of the transaction. `stopped` holds for the whole epoch. */
export async function lockMark(sql: Sql, epoch: number, partition: number): Promise<Mark> {
  const [row] = await sql<{ position: string; greatest_timestamp: string; stopped: string | null }>(
    `insert into engine_mark as m (epoch, partition, position, greatest_timestamp) values ($1, $2, -1, 0)
     on conflict (epoch, partition) do update set partition = excluded.partition
     returning position, greatest_timestamp, (select max(stopped) from engine_mark where epoch = $1) as stopped`,
    [epoch, partition],
  )
  return {
    position: BigInt(row!.position),
    greatestTimestamp: Number(row!.greatest_timestamp),
    stopped: row!.stopped,
  }
}

export const moveMark = (
  sql: Sql,
  epoch: number,
  partition: number,
  records: EngineRecord[],
): Promise<unknown> =>
  sql(
    `update engine_mark set position = $3, greatest_timestamp = greatest(greatest_timestamp, $4)
      where epoch = $1 and partition = $2`,
    [epoch, partition, records.at(-1)!.position, Math.max(...records.map((record) => record.timestamp))],
  )

export const stopIntake = (sql: Sql, epoch: number, partition: number): Promise<unknown> =>
  sql('update engine_mark set stopped = $3 where epoch = $1 and partition = $2', [
    epoch,
    partition,
    DATA_CHANGED,
  ])

/**
 * The records beyond the mark; repeats are left out. 'changed' when one stands at a position already read but is later
 * than anything read so far: a broker that lost its data counts from the beginning again.
 */
export function beyondMark<R extends { record: EngineRecord }>(mark: Mark, lines: R[]): R[] | 'changed' {
  const fresh: R[] = []
  let last = mark.position
  for (const line of lines) {
    const position = BigInt(line.record.position)
    if (position <= mark.position) {
      if (line.record.timestamp > mark.greatestTimestamp) return 'changed'
    } else if (position > last) {
      fresh.push(line)
      last = position
    }
  }
  return fresh
}
