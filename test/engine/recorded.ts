import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRecord } from '../../src/engine/records.ts'

/**
 * What the stock exporter of Zeebe 8.5.8 sent while one broker ran a small process: workers failing and timing out, an incident
 * resolved, a user task completed, an instance cancelled. Bulk lines without deployments and repeats.
 */
const lines = readFileSync(join(import.meta.dirname, 'recorded.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')

/** The records of a partition, in order. Keys hold the partition in their upper bits, 2^51 apart: past 2^53 from the fourth on. */
export function recordedOn(partition: number): string[] {
  const shift = BigInt(partition - 1) * 2n ** 51n
  const seen = new Set<string>()
  return lines
    .filter((_line, n) => n % 2 === 1)
    .filter((line) => {
      const { position } = parseRecord(line)
      return !seen.has(position) && seen.add(position)
    })
    .map((line) =>
      line
        .replaceAll(/\b2251799813\d{6}\b/g, (key) => String(BigInt(key) + shift))
        .replace('"partitionId":1', `"partitionId":${partition}`),
    )
}

/** Records as the body of a bulk request. */
export const bulkOf = (records: string[], epoch: number): string =>
  records
    .map((line) => `{"index":{"_index":"motcua-e${epoch}_job_8.5.8_2026-11-22","_id":"1"}}\n${line}\n`)
    .join('')
