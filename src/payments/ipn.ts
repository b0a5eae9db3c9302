import { v7 as uuid } from 'uuid'
import { attempt } from '../database/savepoint.ts'
import type { Tx } from '../database/transaction.ts'
import { ringBefore } from '../deadlines/worker.ts'
import { Dossier } from '../dossiers/entity.ts'
import { addFinding } from '../dossiers/finding.ts'
import { tellUnit } from '../notifications/holders.ts'
import type { Services } from '../services.ts'
import { feeForUpdate, isOwed, settleFee } from './due.ts'
import { issueReceipt } from './receipt.ts'
import { drawReceipt } from './receipt-number.ts'
import { isGenuine, saysPaid, type Vnpay, type VnpayParams } from './vnpay.ts'

/** What the bank is answered; it sends again until it hears 00 or 02. */
export const ipnAnswers = {
  '00': 'Confirm Success',
  '01': 'Order not found',
  '02': 'Order already confirmed',
  '04': 'Invalid amount',
  '97': 'Invalid signature',
  '99': 'Unknown error',
} as const
export type IpnCode = keyof typeof ipnAnswers

type Payment = { id: string; dossier_id: string; agency_id: string; amount: number; state: string }

/** Forgeries are kept as evidence, but nobody may fill the disk with them. */
const FORGERIES_KEPT_AN_HOUR = 1000

/**
 * The bank's message: it alone makes an attempt paid. Checks in the protocol's order (signature, order, amount, state);
 * each message leaves a record, whatever we answer. Money that nothing is owed for is kept as `to-refund` with a finding.
 */
export async function receiveNotice(
  tx: Tx,
  services: Services,
  vnpay: Vnpay,
  params: VnpayParams,
): Promise<IpnCode> {
  const genuine = params.vnp_TmnCode === vnpay.tmnCode && isGenuine(params, vnpay.secret)
  const ref = params.vnp_TxnRef ?? ''
  const [payment] = await tx.sql<Payment>(
    'select id, dossier_id, agency_id, amount, state from payment where txn_ref = $1 for update',
    [ref],
  )
  const code = genuine ? await judge(tx, services, payment, params) : '97'
  const kept = await tx.sql(
    `insert into payment_notice (id, at, txn_ref, payment_id, genuine, answered, params)
     select $1, $2, $3, $4, $5, $6, $7::jsonb
      where $5 or (select count(*) from payment_notice where not genuine and at > $2::timestamptz - interval '1 hour') < $8
     returning id`,
    [
      uuid(),
      tx.at,
      ref.slice(0, 100),
      payment?.id ?? null,
      genuine,
      code,
      JSON.stringify(params),
      FORGERIES_KEPT_AN_HOUR,
    ],
  )
  if (kept.length > 0)
    tx.audit({
      act: 'payment.notice',
      ...(payment && { dossierId: payment.dossier_id }),
      detail: { payment: payment?.id ?? null, answered: code, genuine },
    })
  return code
}

async function judge(
  tx: Tx,
  services: Services,
  payment: Payment | undefined,
  params: VnpayParams,
): Promise<IpnCode> {
  if (!payment) return '01'
  const dossier = await tx.em.findOneOrFail(Dossier, { id: payment.dossier_id })
  if (params.vnp_Amount !== String(payment.amount * 100)) {
    await addFinding(tx, dossier, 'payment-wrong-amount', tx.at, { payment: payment.id })
    return '04'
  }
  if (payment.state !== 'pending') return '02'
  if (saysPaid(params)) await takeMoney(tx, services, payment, dossier, params)
  else {
    await record(tx, payment, 'failed', params)
    tx.notify('live', { type: 'dossier', ids: [dossier.id] })
  }
  return '00'
}

async function takeMoney(
  tx: Tx,
  services: Services,
  payment: Payment,
  dossier: Dossier,
  params: VnpayParams,
): Promise<void> {
  // What was due before this message has happened before it: a payment after the limit is late.
  await ringBefore(tx, services, dossier.id)
  await tx.em.refresh(dossier)
  const fee = await feeForUpdate(tx, dossier.id)
  if (fee && isOwed(fee, dossier)) {
    await record(tx, payment, 'paid', params)
    const receipt = await drawReceipt(tx, payment.agency_id)
    await tx.sql('update payment set receipt_year = $2, receipt_no = $3, receipt_text = $4 where id = $1', [
      payment.id,
      receipt.year,
      receipt.no,
      receipt.text,
    ])
    await settleFee(tx, dossier, fee, { by: null, how: 'vnpay' })
    await tx.em.flush()
    // The bank's message is taken whatever becomes of our paper; whoever opens the receipt has it issued then.
    const failed = await attempt(tx, (part) => issueReceipt(part, services, dossier, payment.id))
    if (failed) services.log.error({ err: failed, payment: payment.id }, 'a receipt could not be issued')
    return
  }
  await record(tx, payment, 'to-refund', params)
  const kind = fee?.state === 'paid' ? 'payment-twice' : 'payment-late'
  await addFinding(tx, dossier, kind, tx.at, { payment: payment.id, amount: payment.amount })
  await tellUnit(
    tx,
    dossier.id,
    dossier.oneStopUnitId,
    'one-stop-head',
    `refund/${payment.id}`,
    'refund-needed',
  )
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}

const record = (tx: Tx, payment: Payment, state: string, params: VnpayParams) =>
  tx.sql(
    `update payment set state = $2, paid_at = case when $2 = 'failed' then null else $3::timestamptz end,
            transaction_no = $4, bank_code = $5, response_code = $6 where id = $1`,
    [
      payment.id,
      state,
      tx.at,
      (params.vnp_TransactionNo ?? '').slice(0, 40),
      (params.vnp_BankCode ?? '').slice(0, 40),
      (params.vnp_ResponseCode ?? '').slice(0, 10),
    ],
  )
