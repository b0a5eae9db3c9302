import { v7 as uuid } from 'uuid'
import { scope } from '../access/scope.ts'
import type { Tx } from '../database/transaction.ts'
import { invalidField } from '../http/invalid.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'

/** A cashier's time at the drawer (ca thu tiền): opened with some change, closed by counting. */
export type ShiftRow = {
  id: string
  agency_id: string
  unit_id: string
  unit_name: { vi: string; en?: string }
  cashier_id: string
  cashier: string
  opened_at: Date
  opening_amount: string
  closed_at: Date | null
  /** Of cash receipts: as they stand, also in a shift that runs. */
  taken: string
  receipts: number
  voided: number
  counted_amount: string | null
  difference: string | null
  reason: string
}

// A receipt voided after the closing has been counted: it is to be refunded, and what the closing says stays.
const COUNTS = `state <> 'voided'`
const SELECT = `
  select s.id, s.agency_id, s.unit_id, u.name as unit_name, s.cashier_id, p.full_name as cashier, s.opened_at,
         s.opening_amount, s.closed_at, t.taken, t.receipts, t.voided, s.counted_amount, s.difference, s.reason
    from cash_shift s join unit u on u.id = s.unit_id join person p on p.id = s.cashier_id
    cross join lateral (select coalesce(sum(amount) filter (where ${COUNTS}), 0)::bigint as taken,
                               count(*) filter (where ${COUNTS})::int as receipts,
                               count(*) filter (where voided_at is not null)::int as voided
                          from payment where shift_id = s.id) t`

const PAGE = 50

/** Shifts the actor may see, newest first. */
export const shiftRows = (tx: Tx): Promise<ShiftRow[]> => {
  const params: unknown[] = []
  return tx.sql<ShiftRow>(
    `${SELECT} where ${scope(tx.actor.ability, 'read', 'CashShift', 's', params)}
      order by s.opened_at desc limit ${PAGE}`,
    params,
  )
}

export async function shiftRow(tx: Tx, id: string): Promise<ShiftRow> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<ShiftRow>(
    `${SELECT} where s.id = $1 and ${scope(tx.actor.ability, 'read', 'CashShift', 's', params)}`,
    params,
  )
  if (!row) throw notFound()
  return row
}

/** The shift in which the actor takes cash now, locked: closing it waits, and nothing is taken after it. */
export async function openShiftOf(tx: Tx): Promise<{ id: string; unit_id: string } | undefined> {
  const [row] = await tx.sql<{ id: string; unit_id: string }>(
    'select id, unit_id from cash_shift where cashier_id = $1 and closed_at is null for update',
    [tx.actor.personId],
  )
  return row
}

/** Opens a drawer with `openingAmount` VND of change. One person has one open shift, at one counter. */
export async function openShift(tx: Tx, openingAmount: number): Promise<string> {
  const post = tx.actor.posts.find(({ role }) => role === 'clerk' || role === 'one-stop-head')
  if (!post)
    throw forbidden({
      vi: 'Chỉ cán bộ một cửa mở được ca thu tiền.',
      en: 'Only a clerk of a one-stop may open a cash shift.',
    })
  const id = uuid()
  const opened = await tx.sql(
    `insert into cash_shift (id, agency_id, unit_id, cashier_id, opened_at, opening_amount)
     values ($1, $2, $3, $4, $5, $6) on conflict (cashier_id) where closed_at is null do nothing returning id`,
    [id, post.agencyId, post.unitId, tx.actor.personId, tx.at, openingAmount],
  )
  if (opened.length === 0)
    throw conflict('shift-open', {
      vi: 'Bạn đang có một ca chưa đóng. Hãy đóng ca đó trước khi mở ca mới.',
      en: 'You have a shift that is not closed. Close it before opening another.',
    })
  tx.audit({ act: 'cash-shift.opened', detail: { shift: id, unit: post.unitId, openingAmount } })
  return id
}

/**
 * Closes the actor's own shift with what was counted. The difference to change plus takings is kept for ever; one that
 * is not zero needs its reason.
 */
export async function closeShift(
  tx: Tx,
  id: string,
  { counted, reason }: { counted: number; reason: string },
): Promise<void> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<{ opening_amount: string; closed_at: Date | null }>(
    `select opening_amount, closed_at from cash_shift s
      where s.id = $1 and ${scope(tx.actor.ability, 'update', 'CashShift', 's', params)} for update`,
    params,
  )
  if (!row) throw notFound()
  if (row.closed_at)
    throw conflict('shift-closed', {
      vi: 'Ca này đã đóng, số liệu không đổi nữa. Hãy tải lại trang.',
      en: 'This shift is closed and does not change any more. Reload the page.',
    })
  const [sum] = await tx.sql<{ taken: string }>(
    'select coalesce(sum(amount), 0)::bigint as taken from payment where shift_id = $1 and voided_at is null',
    [id],
  )
  const taken = Number(sum?.taken ?? 0)
  const difference = counted - Number(row.opening_amount) - taken
  if (difference !== 0 && reason === '')
    throw invalidField(
      'reason',
      'Số đếm khác sổ: ghi lý do chênh lệch.',
      'The count differs from the book: give the reason.',
    )
  await tx.sql(
    `update cash_shift set closed_at = $2, taken_amount = $3, counted_amount = $4, difference = $5, reason = $6
      where id = $1`,
    [id, tx.at, taken, counted, difference, reason],
  )
  tx.audit({ act: 'cash-shift.closed', detail: { shift: id, taken, counted, difference } })
}
