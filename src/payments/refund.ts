import { allows } from '../access/ability.ts'
import type { Tx } from '../database/transaction.ts'
import { conflict, notFound } from '../http/problem.ts'

/**
 * Money that nothing was owed for has gone back to its payer: a person says so, with the paper that proves it. The
 * transfer itself is the bank's; a fee that was owed is not refunded (rules 15).
 */
export async function refund(tx: Tx, paymentId: string, reason: string): Promise<void> {
  const [row] = await tx.sql<{
    state: string
    dossier_id: string
    one_stop_unit_id: string
    agency_id: string
  }>(
    `select p.state, p.dossier_id, d.one_stop_unit_id, d.agency_id
       from payment p join dossier d on d.id = p.dossier_id where p.id = $1 for update of p`,
    [paymentId],
  )
  const dossier = row && { oneStopUnitId: row.one_stop_unit_id, agencyId: row.agency_id }
  if (!row || !dossier || !allows(tx.actor.ability, 'refund', 'Dossier', dossier)) throw notFound()
  if (row.state !== 'to-refund')
    throw conflict('not-to-refund', {
      vi: 'Khoản này không phải hoàn: chỉ hoàn tiền nộp thừa hoặc nộp sau khi hết hạn.',
      en: 'This payment is not to be refunded: only money paid twice or after the limit is.',
    })
  await tx.sql(
    `update payment set state = 'refunded', refunded_at = $2, refunded_by = $3, refund_reason = $4 where id = $1`,
    [paymentId, tx.at, tx.actor.personId, reason],
  )
  tx.audit({ act: 'payment.refunded', dossierId: row.dossier_id, detail: { payment: paymentId } })
  tx.notify('live', { type: 'dossier', ids: [row.dossier_id] })
}
