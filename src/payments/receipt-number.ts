import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'

export type ReceiptNumber = { year: number; no: number; text: string }

/** Draws the next number of the agency's book of the year. The book has no gap: the draw commits with the payment. */
export async function drawReceipt(tx: Tx, agencyId: string): Promise<ReceiptNumber> {
  const year = Number(legalDay(tx.at).slice(0, 4))
  const [drawn] = await tx.sql<{ last: number }>(
    `insert into receipt_book (agency_id, year, last) values ($1, $2, 1)
     on conflict (agency_id, year) do update set last = receipt_book.last + 1
     returning last`,
    [agencyId, year],
  )
  if (!drawn) throw new Error('the book of receipts gave no number')
  return { year, no: drawn.last, text: `${String(drawn.last).padStart(6, '0')}/${year}/BL` }
}
