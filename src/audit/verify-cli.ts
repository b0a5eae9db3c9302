/** `npm run audit:verify`: exit code 0 when the chain is whole, 1 with its first broken entry, 2 when it cannot be read. */
import { pino } from 'pino'
import { machineClock } from '../clock.ts'
import { loadConfig } from '../config.ts'
import { connect } from '../database/orm.ts'
import { databaseOf } from './database.ts'
import { verify } from './verify.ts'

const config = loadConfig()
const source = await databaseOf(config).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exit(2)
})
const db = await connect({ url: source.url, entities: [], clock: machineClock, log: pino({ level: 'warn' }) })
try {
  const { ok, entries, heads, lastHash, broken } = await verify(db, config.dataDir)
  process.stdout.write(
    ok
      ? `The audit trail is whole: ${entries} entries, ${heads} signed heads, last hash ${lastHash || '(none)'}.\n`
      : `BROKEN at entry ${broken?.index} (${broken?.why}): ${broken?.text.en}\n${broken?.text.vi}\n`,
  )
  process.exitCode = ok ? 0 : 1
} finally {
  await db.close()
  await source.release()
}
