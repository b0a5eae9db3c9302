/** One record of the engine's stream, as far as we read it. Keys and positions are text. */
export type EngineRecord = {
  partitionId: number
  position: string
  key: string
  /** Milliseconds since 1970 by the broker's clock. */
  timestamp: number
  valueType: string
  recordType: string
  intent: string
  value: Record<string, unknown>
}

type WithSource = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown

const isKeyName = (name: string): boolean =>
  name === 'key' || name === 'position' || /Key$|Position$/.test(name)

/**
 * Engine keys are int64; JSON.parse alone would round them past 2^53. The reviver reads the digits as they stand in
 * the text (JSON.parse source text access, in Node since 21): every key, and every other integer that would be rounded, stays text.
 */
const keepKeys: WithSource = (name, value, context) =>
  typeof value === 'number' && context.source && (isKeyName(name) || !exact(value)) ? context.source : value

const exact = (value: number): boolean => !Number.isInteger(value) || Number.isSafeInteger(value)

const parseExact = JSON.parse as (text: string, reviver: WithSource) => unknown

/** @throws SyntaxError when the line is not a record. */
export function parseRecord(line: string): EngineRecord {
  const record = parseExact(line, keepKeys) as Partial<EngineRecord>
  const { partitionId, position, timestamp, valueType } = record
  if (
    typeof partitionId !== 'number' ||
    typeof position !== 'string' ||
    typeof timestamp !== 'number' ||
    !valueType
  )
    throw new SyntaxError('not an engine record')
  return record as EngineRecord
}

export const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

/** A key that names something, or '' (the engine writes -1 for none). */
export const keyOf = (value: unknown): string => (value === undefined || value === '-1' ? '' : text(value))

export const atOf = (record: EngineRecord): string => new Date(record.timestamp).toISOString()

/** The epoch in an index or template name ('motcua-e3_job_8.5.8_2026-11-22' → 3); null for a foreign name. */
export function epochOf(indexName: string): number | null {
  const found = /^motcua-e(\d{1,9})(?=_|\*|$)/.exec(indexName)
  return found ? Number(found[1]) : null
}

/** The exporter's index prefix of an epoch. No underscore: it ends the prefix in an index name. */
export const indexPrefix = (epoch: number): string => `motcua-e${epoch}`
