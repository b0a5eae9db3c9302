import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { ringBefore } from '../deadlines/worker.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { conflict } from '../http/problem.ts'
import type { Services } from '../services.ts'
import { feeForUpdate, isOwed } from './due.ts'
import { payUrl, type Vnpay } from './vnpay.ts'

/** How long the bank lets the payer take. */
const ATTEMPT_SECONDS = 15 * 60

export const nothingOwed = () =>
  conflict('nothing-owed', {
    vi: 'Hồ sơ này không còn khoản phí nào phải nộp: đã nộp, đã hết hạn hoặc đã kết thúc. Hãy tải lại trang.',
    en: 'Nothing is owed for this dossier: it was paid, the time is over, or it has ended. Reload the page.',
  })

export const notOffered = () =>
  conflict('vnpay-not-offered', {
    vi: 'Nơi này chưa nhận thanh toán trực tuyến. Hãy nộp phí tại quầy Một cửa.',
    en: 'Online payment is not offered here. Pay at the counter of the one-stop.',
  })

/** Begins one attempt to pay by VNPay and answers where the browser goes. Every attempt has its own reference. */
export async function beginOnline(
  tx: Tx,
  services: Services,
  vnpay: Vnpay | null,
  dossier: Dossier,
  { ip }: { ip: string },
): Promise<{ url: string }> {
  if (!vnpay) throw notOffered()
  // The end of the wait is judged by the clock, even if its alarm has not run.
  await ringBefore(tx, services, dossier.id)
  const fee = await feeForUpdate(tx, dossier.id)
  if (!fee || !isOwed(fee, dossier)) throw nothingOwed()
  const id = uuid()
  const txnRef = id.replaceAll('-', '')
  const expiresAt = services.machineNow(ATTEMPT_SECONDS)
  await tx.sql(
    `insert into payment (id, fee_id, dossier_id, agency_id, amount, method, state, begun_at, begun_by, txn_ref, expires_at)
     values ($1, $2, $3, $4, $5, 'vnpay', 'pending', $6, $7, $8, $9)`,
    [id, fee.id, dossier.id, dossier.agencyId, fee.amount, tx.at, tx.actor.personId, txnRef, expiresAt],
  )
  tx.audit({ act: 'payment.begun', dossierId: dossier.id, detail: { payment: id, amount: fee.amount } })
  return {
    url: payUrl(vnpay, {
      txnRef,
      amount: fee.amount,
      info: `Nop phi ho so ${dossier.code}`,
      createdAt: services.machineNow(),
      expiresAt,
      returnUrl: `${services.settings.publicUrl}/thanh-toan`,
      ip,
      locale: tx.actor.locale,
    }),
  }
}
