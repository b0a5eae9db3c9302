import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import type { FeeDue } from './due.ts'
import type { PaymentPage } from './schemas.ts'
import { mayNotVoid } from './void.ts'

type Page = z.input<typeof PaymentPage>
type Row = {
  id: string
  method: 'vnpay' | 'cash'
  state: Page['payments'][number]['state']
  amount: number
  begun_at: Date
  paid_at: Date | null
  response_code: string | null
  transaction_no: string | null
  receipt_text: string | null
  payer: string
  cashier: string | null
  refunded_at: Date | null
  refund_reason: string | null
  voided_at: Date | null
  void_reason: string | null
  cashier_id: string | null
  shift_closed: boolean
}

type About = Pick<Page, 'methods' | 'can'> & { inside: boolean; dossier: Dossier }

/** What a dossier owes and what was paid; `inside` shows the staff's side too. The caller has checked who reads. */
export async function paymentPage(tx: Tx, { inside, methods, can, dossier }: About): Promise<Page> {
  const [fee] = await tx.sql<FeeDue>('select * from fee_due where dossier_id = $1', [dossier.id])
  const [counter] = await tx.sql<{ name: { vi: string; en?: string }; address: string; phone: string }>(
    `select u.name, a.address, a.phone from dossier d join unit u on u.id = d.one_stop_unit_id
       join agency a on a.id = u.agency_id where d.id = $1`,
    [dossier.id],
  )
  const rows = await tx.sql<Row>(
    `select p.id, p.method, p.state, p.amount, p.begun_at, p.paid_at, p.response_code, p.transaction_no,
            p.receipt_text, p.payer, c.full_name as cashier, p.refunded_at, p.refund_reason, p.voided_at, p.void_reason,
            p.cashier_id, coalesce(s.closed_at is not null, false) as shift_closed
       from payment p left join person c on c.id = p.cashier_id left join cash_shift s on s.id = p.shift_id
      where p.dossier_id = $1 order by p.begun_at, p.id`,
    [dossier.id],
  )
  return {
    fee: fee
      ? {
          amount: fee.amount,
          basis: fee.basis,
          state: fee.state,
          openedAt: fee.opened_at.toISOString(),
          payBy: fee.pay_by.toISOString(),
          settledAt: fee.settled_at?.toISOString() ?? null,
        }
      : null,
    counter: counter ?? { name: { vi: '' }, address: '', phone: '' },
    methods,
    can,
    payments: rows.map((row) => ({
      id: row.id,
      method: row.method,
      state: row.state,
      amount: row.amount,
      begunAt: row.begun_at.toISOString(),
      paidAt: row.paid_at?.toISOString() ?? null,
      responseCode: row.response_code,
      transactionNo: row.transaction_no,
      receipt: row.receipt_text,
      payer: row.payer,
      cashier: inside ? row.cashier : null,
      refundedAt: row.refunded_at?.toISOString() ?? null,
      refundReason: inside ? row.refund_reason : null,
      voided: row.voided_at && {
        at: row.voided_at.toISOString(),
        reason: inside ? (row.void_reason ?? '') : '',
      },
      canVoid: mayNotVoid(tx, { ...row, dossier }) === undefined,
    })),
  }
}
