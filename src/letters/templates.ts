import { v7 as uuid } from 'uuid'
import { legalDay } from '../clock.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict } from '../http/problem.ts'
import { clean } from '../text.ts'
import { isWorded, type WordedKind, type Wording, wordingFaults } from './wordings.ts'

export type TemplateVersion = {
  version: number
  /** Legal day from which letters are drafted with it. */
  valid_from: string
  parts: Wording
  note: string
  created_by: string
  created_at: Date
}

/** The words in force on a legal day; none of an administrator's: those that ship, version null. */
export async function wordsInForce(
  sql: Sql,
  kind: string,
  on: string,
): Promise<{ wording: Wording | undefined; version: number | null }> {
  if (!isWorded(kind)) return { wording: undefined, version: null }
  const [row] = await sql<{ version: number; parts: Wording }>(
    `select version, parts from letter_template where kind = $1 and valid_from <= $2::date
      order by version desc limit 1`,
    [kind, on],
  )
  return { wording: row?.parts, version: row?.version ?? null }
}

/** Every version of a letter's words, the newest first, with who wrote it. */
export const versionsOf = (sql: Sql, kind: WordedKind): Promise<TemplateVersion[]> =>
  sql<TemplateVersion>(
    `select t.version, t.valid_from::text, t.parts, t.note, p.full_name as created_by, t.created_at
       from letter_template t join person p on p.id = t.created_by where t.kind = $1 order by t.version desc`,
    [kind],
  )

/** Throws 422 with each part and what is wrong with it. */
export function checkWording(kind: WordedKind, parts: Wording): void {
  const faults = wordingFaults(kind, parts)
  if (faults.length > 0)
    throw invalid(faults.map(({ part, message }) => ({ field: `parts.${part}`, message })))
}

type Written = { kind: WordedKind; parts: Wording; validFrom: string; note: string; after: number }

/**
 * Adds a version: the next number, words checked, in force from a legal day that is today or later and not before the
 * last version's. `after` is the version that the writer has read: 409 when somebody else was first.
 */
export async function addVersion(tx: Tx, written: Written): Promise<number> {
  const { kind, validFrom, note, after } = written
  const parts = Object.fromEntries(Object.entries(written.parts).map(([key, text]) => [key, clean(text)]))
  checkWording(kind, parts)
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('letter_template/' || $1, 0))`, [kind])
  const [last] = await tx.sql<{ version: number; valid_from: string }>(
    'select version, valid_from::text from letter_template where kind = $1 order by version desc limit 1',
    [kind],
  )
  if ((last?.version ?? 0) !== after)
    throw conflict('template-changed', {
      vi: `Mẫu vừa có phiên bản ${last?.version}. Hãy tải lại trang để soạn từ phiên bản đó.`,
      en: `Version ${last?.version} has just been written. Load the page again and go on from that one.`,
    })
  const earliest = [legalDay(tx.at), last?.valid_from ?? ''].toSorted().at(-1) ?? ''
  if (validFrom < earliest)
    throw invalidField(
      'validFrom',
      `Ngày áp dụng phải từ ${earliest.split('-').reverse().join('/')} trở đi.`,
      `It can hold from ${earliest} at the earliest.`,
    )
  const version = after + 1
  await tx.sql(
    `insert into letter_template (id, kind, version, valid_from, parts, note, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [uuid(), kind, version, validFrom, JSON.stringify(parts), note, tx.actor.personId, tx.at],
  )
  tx.audit({ act: 'letter-template.written', detail: { kind, version, validFrom } })
  return version
}
