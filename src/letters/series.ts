import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'

/**
 * The next number of a book of the legal year, from 1 on. The book has no gap: the draw commits with what bears the
 * number, and whoever draws next waits for that.
 */
export async function drawNumber(tx: Tx, series: string): Promise<{ year: number; number: number }> {
  const year = Number(legalDay(tx.at).slice(0, 4))
  const [drawn] = await tx.sql<{ last: number }>(
    `insert into letter_series (series, year, last) values ($1, $2, 1)
     on conflict (series, year) do update set last = letter_series.last + 1 returning last`,
    [series, year],
  )
  if (!drawn) throw new Error(`the book ${series} gave no number`)
  return { year, number: drawn.last }
}
