import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, type Problem } from '../http/problem.ts'

/** Everything the books of an agency's year are guarded by; a unit's books are its agency's. Shared by draws, alone for the lock. */
const OWNER = `coalesce((select agency_id from unit where id = $1::uuid), $1::uuid)`

export const bookYear = (at: Date): number => Number(legalDay(at).slice(0, 4))
const ownerOf = (series: string): string => series.slice(0, 36)

/**
 * The next number of a book of the legal year, from 1 on. The book has no gap: the draw commits with what bears the
 * number, and whoever draws next waits for that. 409 when the year is locked; `ownerId/…` names agency or unit.
 */
export async function drawNumber(tx: Tx, series: string): Promise<{ year: number; number: number }> {
  const year = bookYear(tx.at)
  // Locking the year waits for every draw under way, and no draw begins while it does.
  await tx.sql(`select pg_advisory_xact_lock_shared(hashtextextended(${OWNER}::text || '/' || $2::int, 0))`, [
    ownerOf(series),
    year,
  ])
  await checkOpen(tx, ownerOf(series), year)
  const [drawn] = await tx.sql<{ last: number }>(
    `insert into letter_series (series, year, last) values ($1, $2, 1)
     on conflict (series, year) do update set last = letter_series.last + 1 returning last`,
    [series, year],
  )
  if (!drawn) throw new Error(`the book ${series} gave no number`)
  return { year, number: drawn.last }
}

/** 409 when the year's books of this agency (or of this unit's) are locked. */
export async function checkOpen(tx: Tx, ownerId: string, year: number): Promise<void> {
  const [locked] = await tx.sql(`select from book_lock where agency_id = ${OWNER} and year = $2`, [
    ownerId,
    year,
  ])
  if (locked) throw bookLocked(year)
}

export const bookLocked = (year: number): Problem =>
  conflict('book-locked', {
    vi: `Sổ năm ${year} đã khóa, không cấp số nào của năm ${year} nữa. Hãy làm lại việc này để lấy số của năm hiện tại.`,
    en: `The books of ${year} are locked: no number of ${year} is given any more. Act again to take one of the current year.`,
  })

export type LockedBook = { series: string; last: number }

/** Locks every book of an agency's year and answers what each ended with. The caller has asked whether the year is over. */
export async function lockYear(tx: Tx, agencyId: string, year: number, by: string): Promise<LockedBook[]> {
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended(${OWNER}::text || '/' || $2::int, 0))`, [
    agencyId,
    year,
  ])
  const books = await tx.sql<LockedBook>(
    `select series, last from letter_series
      where year = $2 and coalesce((select agency_id::text from unit where id::text = split_part(series, '/', 1)),
                                   split_part(series, '/', 1)) = $1::text
      order by series`,
    [agencyId, year],
  )
  const [locked] = await tx.sql(
    `insert into book_lock (agency_id, year, locked_by, locked_at, books) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning year`,
    [agencyId, year, by, tx.at, JSON.stringify(books)],
  )
  if (!locked) throw bookLocked(year)
  tx.audit({
    act: 'books.locked',
    detail: { agency: agencyId, year, books: books.map(({ series, last }) => `${series}: ${last}`) },
  })
  return books
}
