import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { ringBefore } from '../deadlines/worker.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict } from '../http/problem.ts'
import type { Services } from '../services.ts'
import { feeForUpdate, isOwed, settleFee } from './due.ts'
import { money } from './fee.ts'
import { nothingOwed } from './online.ts'
import { issueReceipt } from './receipt.ts'
import { drawReceipt, type ReceiptNumber } from './receipt-number.ts'
import { openShiftOf } from './shift.ts'

/**
 * A clerk of the dossier's one-stop takes the whole fee in cash, in a shift of theirs (rules 15): the receipt's number
 * comes from the agency's book, the cashier stands on it. `payer` is who handed the money over.
 */
export async function takeCash(
  tx: Tx,
  services: Services,
  dossier: Dossier,
  { amount, payer }: { amount: number; payer: string },
): Promise<{ id: string; receipt: ReceiptNumber }> {
  await ringBefore(tx, services, dossier.id)
  const shift = await openShiftOf(tx)
  if (!shift || shift.unit_id !== dossier.oneStopUnitId)
    throw conflict('no-cash-shift', {
      vi: 'Bạn chưa mở ca thu tiền tại quầy của hồ sơ này. Mở ca ở trang “Ca thu tiền” rồi thu lại.',
      en: 'You have no open cash shift at the counter of this dossier. Open one on the page “Cash shift”, then take the money.',
    })
  const fee = await feeForUpdate(tx, dossier.id)
  if (!fee || !isOwed(fee, dossier)) throw nothingOwed()
  if (amount !== fee.amount)
    throw invalidField(
      'amount',
      `Phải thu đúng ${money(fee.amount).vi}.`,
      `Exactly ${money(fee.amount).en} must be taken.`,
    )
  const id = uuid()
  const receipt = await drawReceipt(tx, dossier.agencyId)
  await tx.sql(
    `insert into payment (id, fee_id, dossier_id, agency_id, amount, method, state, begun_at, begun_by, paid_at,
                          receipt_year, receipt_no, receipt_text, payer, cashier_id, shift_id)
     values ($1, $2, $3, $4, $5, 'cash', 'paid', $6, $7, $6, $8, $9, $10, $11, $7, $12)`,
    [
      id,
      fee.id,
      dossier.id,
      dossier.agencyId,
      amount,
      tx.at,
      tx.actor.personId,
      receipt.year,
      receipt.no,
      receipt.text,
      payer,
      shift.id,
    ],
  )
  await settleFee(tx, dossier, fee, { by: tx.actor.personId, how: 'cash' })
  await tx.em.flush()
  await issueReceipt(tx, services, dossier, id)
  tx.audit({
    act: 'payment.cash',
    dossierId: dossier.id,
    detail: { payment: id, amount, receipt: receipt.text, shift: shift.id },
  })
  return { id, receipt }
}
