import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { passOn } from '../deadlines/ledger.ts'
import { countedAsFiled } from '../deadlines/reception.ts'
import { endClock, startPaymentClock, startReception } from '../deadlines/side-clocks.ts'
import { endDossier } from '../dossiers/end.ts'
import { Dossier } from '../dossiers/entity.ts'
import { waitElement } from '../dossiers/supplement.ts'
import { settleWait } from '../engine/index.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import type { Basis, Fee } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import { money } from './fee.ts'
import { wasVoided } from './owed-again.ts'

export type FeeDue = {
  id: string
  dossier_id: string
  amount: number
  basis: Basis
  state: 'open' | 'paid' | 'expired'
  opened_at: Date
  pay_by: Date
  settled_at: Date | null
}

/** A procedure is paid for once: before reception. */
const THE_ONE_VISIT = 1

/** Filing makes the debt, with the day by which it is paid. Reception begins when it is. */
export async function openFee(tx: Tx, dossier: Dossier, fee: Fee): Promise<void> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if (!definition.payment) throw new Error(`${definition.code} has fees and no limit for paying them`)
  const id = uuid()
  const payBy = await startPaymentClock(tx, dossier.id, id, definition.payment.limit, tx.at)
  await tx.sql(
    `insert into fee_due (id, dossier_id, amount, basis, state, opened_at, pay_by)
     values ($1, $2, $3, $4::jsonb, 'open', $5, $6)`,
    [id, dossier.id, fee.amount, JSON.stringify(fee.basis), tx.at, payBy],
  )
  await notifyApplicant(tx, {
    key: `fee-due/${id}`,
    dossierId: dossier.id,
    template: 'fee-due',
    data: { amount: money(fee.amount), payBy },
  })
  tx.audit({ act: 'fee.opened', dossierId: dossier.id, detail: { fee: id, amount: fee.amount } })
}

/** The debt of a dossier, locked: payments of one debt take turns. */
export async function feeForUpdate(tx: Tx, dossierId: string): Promise<FeeDue | undefined> {
  const [fee] = await tx.sql<FeeDue>('select * from fee_due where dossier_id = $1 for update', [dossierId])
  return fee
}

/** Whether money is still owed: an ended dossier owes nothing, one whose result waits at the counter does. */
export const isOwed = (fee: FeeDue, dossier: Pick<Dossier, 'finishedAt' | 'state'>): boolean =>
  fee.state === 'open' && (!dossier.finishedAt || dossier.state === 'done')

/**
 * The debt is paid: the wait ends, and the time for reception begins. The caller holds the lock of the debt and has seen
 * that it is owed. Paid again after its receipt was voided, it ends nothing a second time.
 */
export async function settleFee(
  tx: Tx,
  dossier: Dossier,
  fee: FeeDue,
  { by, how }: { by: string | null; how: 'vnpay' | 'cash' },
): Promise<void> {
  if (await wasVoided(tx.sql, fee.id)) {
    await tx.sql(`update fee_due set state = 'paid', settled_at = $2 where id = $1`, [fee.id, tx.at])
    tx.notify('live', { type: 'dossier', ids: [dossier.id] })
    return
  }
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.payment'),
    visit: THE_ONE_VISIT,
    outcome: 'paid',
    by,
  })
  if (settled !== 'won')
    throw new Error(`fee ${fee.id} is open, its wait ended with ${settled.lostTo.outcome}`)
  await tx.sql(`update fee_due set state = 'paid', settled_at = $2 where id = $1`, [fee.id, tx.at])
  await endClock(tx, fee.id, 'payment', tx.at)
  await passOn(tx.sql, dossier.id, tx.at, {
    act: `payment.${how}`,
    personId: by,
    text:
      how === 'cash'
        ? { vi: 'Đã thu phí tại quầy', en: 'The fee was taken at the counter' }
        : { vi: 'Ngân hàng báo đã thu phí', en: 'The bank reported the fee as paid' },
  })
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  // Paid online at night, it lies before the one-stop as one filed then would.
  const { agencyId, procedureVersionId, channel } = dossier
  const from = await countedAsFiled(tx, { agencyId, procedureVersionId, channel, filedAt: tx.at })
  await startReception(tx, dossier.id, definition.reception.limit, from)
  await notifyApplicant(tx, {
    key: `fee-paid/${fee.id}`,
    dossierId: dossier.id,
    template: 'fee-paid',
    data: { amount: money(fee.amount) },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
}

/** Alarm: nobody has paid by the limit. The dossier, which nobody has received, is closed and the applicant told. */
export async function paymentExpired(tx: Tx, feeId: string): Promise<string> {
  const [row] = await tx.sql<FeeDue>('select * from fee_due where id = $1 for update', [feeId])
  if (!row) throw new RangeError(`no fee ${feeId}`)
  if (row.state !== 'open') return `before: ${row.state}`
  const dossier = await tx.em.findOneOrFail(Dossier, { id: row.dossier_id })
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.payment'),
    visit: THE_ONE_VISIT,
    outcome: 'expired',
  })
  if (settled !== 'won') return `lost to ${settled.lostTo.outcome}`
  await tx.sql(`update fee_due set state = 'expired', settled_at = $2 where id = $1`, [feeId, tx.at])
  await notifyApplicant(tx, {
    key: `fee-expired/${feeId}`,
    dossierId: dossier.id,
    template: 'fee-expired',
    data: { amount: money(row.amount), payBy: row.pay_by },
  })
  await endDossier(tx, dossier, 'closed', tx.at, {
    act: 'payment.expired',
    personId: null,
    text: { vi: 'Hết hạn nộp phí', en: 'The time to pay is over' },
  })
  return 'not paid: the dossier was closed'
}

/** Alarm: the applicant is reminded before the wait ends. */
export async function paymentReminder(tx: Tx, feeId: string, at: Date): Promise<string> {
  const [row] = await tx.sql<FeeDue>('select * from fee_due where id = $1', [feeId])
  if (row?.state !== 'open') return 'paid already'
  await notifyApplicant(tx, {
    key: `fee-reminder/${feeId}/${at.toISOString()}`,
    dossierId: row.dossier_id,
    template: 'fee-reminder',
    data: { amount: money(row.amount), payBy: row.pay_by },
  })
  return 'reminded of the fee'
}
