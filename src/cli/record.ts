import { pino } from 'pino'
import { databaseOf } from '../audit/database.ts'
import { addDays, isLegalDay } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import { clockControl } from '../clock-control.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { connect, type Database } from '../database/orm.ts'
import type { Period } from '../verify/period.ts'
import { CANNOT_RUN, UsageError } from './command.ts'

/**
 * Runs a command on the record: DATABASE_URL, the database of the server that runs on the data folder, or the embedded
 * one started for the while. Says why when there is none. The command reads with the clock of that record.
 */
export async function onRecord(work: (db: Database, config: Config) => Promise<number>): Promise<number> {
  const log = pino({ level: 'warn' }, process.stderr)
  const config = settings()
  if (!config) return CANNOT_RUN
  const source = await databaseOf(config).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  })
  if (!source) return CANNOT_RUN
  const control = clockControl()
  const db = await connect({ url: source.url, entities: [], clock: control.clock, log, poolSize: 2 })
  try {
    if (config.demo) await control.load(db)
    return await work(db, config)
  } catch (error) {
    if (error instanceof UsageError) throw error
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return CANNOT_RUN
  } finally {
    await db.close()
    await source.release()
  }
}

/** Settings that nobody can work with are told on standard error. */
function settings(): Config | undefined {
  try {
    return loadConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    return undefined
  }
}

export const periodOptions = {
  from: { type: 'string' },
  to: { type: 'string' },
  agency: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** Legal days, both counted, as instants. Throws UsageError for what is no day. */
export function periodOf(values: { from?: string; to?: string; agency?: string }): Period {
  const dayOf = (name: 'from' | 'to') => {
    const day = values[name]
    if (day !== undefined && !isLegalDay(day))
      throw new UsageError({
        vi: `--${name} ${day} không phải ngày; viết như 2026-11-02`,
        en: `--${name} ${day} is no day; write it like 2026-11-02`,
      })
    return day
  }
  const [from, to] = [dayOf('from'), dayOf('to')]
  if (from && to && from > to) throw new UsageError({ vi: '--from sau --to', en: '--from is after --to' })
  return {
    from: from ? atLegal(from, '00:00') : undefined,
    to: to ? atLegal(addDays(to, 1), '00:00') : undefined,
    agency: values.agency,
  }
}

/** A code that nobody has would find nothing, and nothing is whole. */
export async function checkAgency(db: Database, code: string | undefined): Promise<void> {
  if (code === undefined) return
  const { rowCount } = await db.pool.query('select from agency where code = $1', [code])
  if (rowCount === 0)
    throw new UsageError({
      vi: `--agency ${code}: không có cơ quan này; ghi mã như T00.X01`,
      en: `--agency ${code}: there is no such agency; give a code such as T00.X01`,
    })
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
