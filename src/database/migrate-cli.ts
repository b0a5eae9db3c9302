/** `npm run migrate`: brings the schema of the settings' database up to date, as every start of the server does. */
import { pino } from 'pino'
import { loadConfig } from '../config.ts'
import { databasePart } from '../parts.ts'
import { migrate } from './migrate.ts'

try {
  const postgres = await databasePart(loadConfig(), pino({ level: 'warn' }, process.stderr))
  try {
    await migrate(postgres.ownerUrl, decodeURIComponent(new URL(postgres.appUrl).username))
    process.stdout.write('The schema is up to date.\n')
  } finally {
    await postgres.stop()
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
