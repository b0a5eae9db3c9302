import { createHash } from 'node:crypto'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { planAgencies } from './agencies.ts'
import { COLUMNS, type Kind } from './columns.ts'
import { decode } from './decode.ts'
import { knownAgencies, knownPeople } from './known.ts'
import type { Line } from './line.ts'
import { planPeople } from './people.ts'
import { countsOf } from './report.ts'
import { saveAgencies, savePeople } from './save.ts'
import { readTable } from './table.ts'

// Any fixed number: of two imports at once the second sees what the first has saved.
const LOCK = 20_261_122

export const fingerprint = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** What became of a file; `people` are the ids of those added, who have no password yet. */
export type Intake = { lines: Line[]; people: string[] }

/**
 * Tries a CSV file of agencies or people, or, with `save`, takes it over: the good rows together in the caller's
 * transaction, the bad ones not at all. The same file again changes nothing. `sample`: the data are made up.
 * @throws Problem 422 when the file as a whole cannot be read
 */
export async function intake(
  tx: Tx,
  kind: Kind,
  bytes: Buffer,
  { save, sample }: { save: boolean; sample: boolean },
): Promise<Intake> {
  const rows = readTable(decode(bytes), COLUMNS[kind])
  const today = legalDay(tx.at)
  await tx.sql('select pg_advisory_xact_lock($1)', [LOCK])
  let people: string[] = []
  let lines: Line[]
  if (kind === 'agencies') {
    const plan = planAgencies(rows, await knownAgencies(tx), today)
    lines = plan.lines
    if (save) await saveAgencies(tx, plan, sample)
  } else {
    const plan = planPeople(rows, await knownPeople(tx, rows, save), today)
    lines = plan.lines
    if (save) people = await savePeople(tx, plan, sample)
  }
  if (save)
    tx.audit({
      act: 'intake.taken-over',
      detail: { kind, sha256: fingerprint(bytes), rows: countsOf(lines) },
    })
  return { lines, people }
}
