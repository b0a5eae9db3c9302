import { allows } from '../access/ability.ts'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { Dossier } from '../dossiers/entity.ts'
import { conflict, notFound } from '../http/problem.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import type { Services } from '../services.ts'
import { feeForUpdate } from './due.ts'
import { markVoid } from './receipt.ts'

/** What decides whether a receipt may be voided, and by whom. */
export type Voidable = {
  method: 'vnpay' | 'cash'
  state: string
  cashier_id: string | null
  shift_closed: boolean
  dossier: { oneStopUnitId: string; finishedAt?: Date | null }
}

type Why = 'not-cash' | 'not-paid' | 'dossier-ended' | 'not-yours' | 'shift-closed'

/**
 * Why the actor may not void a receipt, if so. A wrong one is its cashier's to void while the shift runs; the head of
 * the one-stop may always, until the dossier has ended (ours).
 */
export function mayNotVoid({ actor }: Pick<Tx, 'actor'>, receipt: Voidable): Why | undefined {
  const head = allows(actor.ability, 'refund', 'Dossier', receipt.dossier)
  const own =
    receipt.cashier_id === actor.personId && allows(actor.ability, 'take-cash', 'Dossier', receipt.dossier)
  if (receipt.method !== 'cash') return 'not-cash'
  if (receipt.state !== 'paid') return 'not-paid'
  if (receipt.dossier.finishedAt) return 'dossier-ended'
  if (!head && !own) return 'not-yours'
  if (!head && receipt.shift_closed) return 'shift-closed'
  return undefined
}

const WORDS: Record<Why, { vi: string; en: string }> = {
  'not-cash': {
    vi: 'Chỉ hủy được biên lai thu tiền mặt; tiền nộp trực tuyến sai được hoàn qua “Tiền phải hoàn”.',
    en: 'Only a cash receipt is voided; money wrongly paid online goes back under “Money to refund”.',
  },
  'not-paid': {
    vi: 'Biên lai này đã hủy hoặc không còn hiệu lực. Hãy tải lại trang.',
    en: 'This receipt has been voided, or no longer counts. Reload the page.',
  },
  'dossier-ended': {
    vi: 'Hồ sơ đã kết thúc nên biên lai giữ nguyên; ghi sai sót vào lý do chênh lệch khi đóng ca.',
    en: 'The dossier has ended, so the receipt stays; note the mistake as the reason of the difference when closing the shift.',
  },
  'not-yours': {
    vi: 'Chỉ người lập biên lai hoặc trưởng bộ phận Một cửa mới hủy được.',
    en: 'Only the cashier who wrote it or the head of the one-stop may void a receipt.',
  },
  'shift-closed': {
    vi: 'Ca thu đã đóng, số liệu không đổi nữa. Đề nghị trưởng bộ phận Một cửa hủy biên lai, kèm lý do.',
    en: 'The shift is closed and does not change any more. Ask the head of the one-stop to void the receipt, with the reason.',
  },
}

type Row = Omit<Voidable, 'dossier'> & {
  id: string
  dossier_id: string
  receipt_text: string
  shift_id: string
}

/**
 * A wrong cash receipt is voided with its reason. Its number stays used and marked in the book, the fee is owed again
 * and a new receipt may be written. In a shift that runs the money leaves its total, because the cashier gives it back
 * from the drawer; what was counted at a closing stays, so the money is `to-refund` and the head says how it went back.
 * 409 says why not, and then nothing has changed.
 */
export async function voidReceipt(
  tx: Tx,
  services: Services,
  paymentId: string,
  reason: string,
): Promise<void> {
  const [found] = await tx.sql<{ dossier_id: string; shift_id: string | null }>(
    'select dossier_id, shift_id from payment where id = $1 and receipt_no is not null',
    [paymentId],
  )
  if (!found) throw notFound()
  // In the order of taking money: the shift, the debt, the payment.
  if (found.shift_id) await tx.sql('select from cash_shift where id = $1 for update', [found.shift_id])
  const fee = await feeForUpdate(tx, found.dossier_id)
  const [row] = await tx.sql<Row>(
    `select p.id, p.dossier_id, p.receipt_text, p.method, p.state, p.cashier_id, p.shift_id,
            coalesce(s.closed_at is not null, false) as shift_closed
       from payment p left join cash_shift s on s.id = p.shift_id where p.id = $1 for update of p`,
    [paymentId],
  )
  const system: Tx = { ...tx, em: asSystem(tx.em, 'void a receipt') }
  const dossier = await system.em.findOneOrFail(Dossier, { id: found.dossier_id })
  if (!row || !fee) throw notFound()
  const why = mayNotVoid(tx, { ...row, dossier })
  if (why) throw conflict(`receipt-${why}`, WORDS[why])
  await tx.sql(
    `update payment set state = $2, voided_at = $3, voided_by = $4, void_reason = $5 where id = $1`,
    [paymentId, row.shift_closed ? 'to-refund' : 'voided', tx.at, tx.actor.personId, reason],
  )
  await tx.sql(`update fee_due set state = 'open', settled_at = null where id = $1`, [fee.id])
  await markVoid(system, services, dossier, paymentId)
  await notifyApplicant(system, {
    key: `receipt-voided/${paymentId}`,
    dossierId: dossier.id,
    template: 'receipt-voided',
    data: { receipt: row.receipt_text },
  })
  tx.audit({
    act: 'payment.voided',
    dossierId: dossier.id,
    detail: {
      payment: paymentId,
      receipt: row.receipt_text,
      shift: row.shift_id,
      afterClosing: row.shift_closed,
    },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}
