import type { Sql } from '../database/transaction.ts'
import { conflict } from '../http/problem.ts'

/** Whether a receipt of the debt was voided: its wait is over and its time for reception has begun once already. */
export async function wasVoided(sql: Sql, feeId: string): Promise<boolean> {
  const rows = await sql('select from payment where fee_id = $1 and voided_at is not null limit 1', [feeId])
  return rows.length > 0
}

/** 409 while the fee is owed again because its receipt was voided: reception and the result follow payment. */
export async function demandPaid(sql: Sql, dossierId: string): Promise<void> {
  const owed = await sql(
    `select from fee_due f join payment p on p.fee_id = f.id and p.voided_at is not null
      where f.dossier_id = $1 and f.state = 'open' limit 1`,
    [dossierId],
  )
  if (owed.length > 0)
    throw conflict('fee-owed-again', {
      vi: 'Biên lai của hồ sơ đã hủy và phí chưa thu lại. Thu phí ở mục “Phí, lệ phí” trước, rồi làm tiếp việc này.',
      en: 'The receipt of this dossier was voided and its fee has not been taken again. Take the fee under “Fees” first, then go on with this.',
    })
}
