import { pino } from 'pino'
import { databaseOf } from '../audit/database.ts'
import { addDays } from '../calendar/day.ts'
import { atLegal } from '../clock.ts'
import { clockControl } from '../clock-control.ts'
import { type Config, loadConfig } from '../config.ts'
import { connect, type Database } from '../database/orm.ts'
import type { Period } from '../verify/period.ts'
import { CANNOT_RUN, UsageError } from './command.ts'

/**
 * Runs a command on the record: DATABASE_URL, the database of the server that runs on the data folder, or the embedded
 * one started for the while. Says why when there is none. The command reads with the clock of that record.
 */
export async function onRecord(work: (db: Database, config: Config) => Promise<number>): Promise<number> {
  const config = loadConfig()
  const log = pino({ level: 'warn' }, process.stderr)
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
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return CANNOT_RUN
  } finally {
    await db.close()
    await source.release()
  }
}

export const periodOptions = {
  from: { type: 'string' },
  to: { type: 'string' },
  agency: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** A day that there is: 30 February is none. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && addDays(addDays(text, 1), -1) === text

/** Legal days, both counted, as instants. Throws UsageError for what is no day. */
export function periodOf(values: { from?: string; to?: string; agency?: string }): Period {
  const dayOf = (name: 'from' | 'to') => {
    const day = values[name]
    if (day !== undefined && !isDay(day))
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

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
