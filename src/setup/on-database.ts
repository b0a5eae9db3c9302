import { pino } from 'pino'
import { databaseOf } from '../audit/database.ts'
import { machineClock } from '../clock.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { connect, type Database } from '../database/orm.ts'
import { entities } from '../entities.ts'
import { Problem } from '../http/problem.ts'

/**
 * Runs a command's work on the database of the settings and ends its connections. What refuses the work is told in one
 * sentence, with exit code 1 (2 when the database cannot be reached); anything else is a fault and keeps its trace.
 */
export async function onDatabase(work: (db: Database, config: Config) => Promise<void>): Promise<void> {
  const say = (sentence: string, code: number) => {
    process.stderr.write(`${sentence}\n`)
    process.exitCode = code
  }
  let config: Config
  let source: Awaited<ReturnType<typeof databaseOf>>
  try {
    config = loadConfig()
    source = await databaseOf(config)
  } catch (error) {
    return say(error instanceof Error ? error.message : String(error), error instanceof ConfigError ? 1 : 2)
  }
  const log = pino({ level: 'warn' }, process.stderr)
  const db = await connect({ url: source.url, entities, clock: machineClock, log })
  try {
    await work(db, config)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fields = (error.extra.errors ?? []).map(({ field, message }) => `${field}: ${message.en}`)
    say([error.words.en, ...fields].join('\n'), 1)
  } finally {
    await db.close()
    await source.release()
  }
}
