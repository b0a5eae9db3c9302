/**
 * `npm run import -- agencies|people <file.csv> [--take-over] [--report <file.csv>]`: tries a file row by row; with
 * --take-over saves its good rows. Exit code 0 when no row was refused, 1 otherwise.
 */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemActor } from '../access/actor.ts'
import { onDatabase } from '../setup/on-database.ts'
import { KINDS, type Kind } from './columns.ts'
import { intake } from './intake.ts'
import { MAX_BYTES } from './limits.ts'
import { tooLarge } from './refusal.ts'
import { countsOf, labelOf, reportCsv } from './report.ts'

const USAGE = 'npm run import -- agencies|people <file.csv> [--take-over] [--report <file.csv>]'
/** Refused rows told on the screen; the report has them all. */
const TOLD = 50

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'take-over': { type: 'boolean', default: false }, report: { type: 'string' } },
})
const [kind, file] = positionals
const isKind = (word: string | undefined): word is Kind => KINDS.some((known) => known === word)
if (!isKind(kind) || !file || positionals.length > 2) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(1)
}

const size = statSync(file, { throwIfNoEntry: false })?.size
if (size === undefined) {
  process.stderr.write(`There is no file ${file}.\n`)
  process.exit(1)
}

await onDatabase(async (db, config) => {
  if (size > MAX_BYTES) throw tooLarge()
  const bytes = readFileSync(file)
  const save = values['take-over']
  const { lines } = await db.transact(systemActor('import command'), (tx) =>
    intake(tx, kind, bytes, { save, sample: config.demo }),
  )
  const counts = countsOf(lines)
  const refused = lines.filter(({ verdict }) => verdict === 'refused')
  for (const { row, code, faults } of refused.slice(0, TOLD))
    for (const { field, message } of faults)
      process.stdout.write(`row ${row} ${code} ${labelOf(kind, field, 'en')}: ${message.en}\n`)
  if (refused.length > TOLD) process.stdout.write(`… and ${refused.length - TOLD} more refused rows\n`)
  const [added, changed] = save ? ['added', 'changed'] : ['would be added', 'would be changed']
  process.stdout.write(
    `${lines.length} rows: ${counts.added} ${added}, ${counts.changed} ${changed}, ${counts.unchanged} unchanged, ${counts.refused} refused.\n`,
  )
  if (!save) process.stdout.write('Nothing is saved yet: add --take-over to save the good rows.\n')
  if (values.report) writeFileSync(values.report, reportCsv(kind, lines, save, 'vi'))
  if (refused.length > 0) process.exitCode = 1
})
