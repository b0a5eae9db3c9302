import { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { CloseShift, OpenShift, ShiftPage, ShiftView } from './schemas.ts'
import { closeShift, openShift, type ShiftRow, shiftRow, shiftRows } from './shift.ts'

const shiftView = (row: ShiftRow): z.input<typeof ShiftView> => ({
  id: row.id,
  unit: row.unit_name,
  cashier: { id: row.cashier_id, name: row.cashier },
  openedAt: row.opened_at.toISOString(),
  openingAmount: Number(row.opening_amount),
  closedAt: row.closed_at?.toISOString() ?? null,
  taken: Number(row.taken),
  receipts: row.receipts,
  voided: row.voided,
  counted: row.counted_amount === null ? null : Number(row.counted_amount),
  difference: row.difference === null ? null : Number(row.difference),
  reason: row.reason,
})

async function shiftPage(tx: Tx, id: string): Promise<z.input<typeof ShiftPage>> {
  const shift = shiftView(await shiftRow(tx, id))
  const rows = await tx.sql<{
    id: string
    receipt_text: string
    paid_at: Date
    amount: number
    payer: string
    dossier_id: string
    code: string
    voided_at: Date | null
    void_reason: string | null
  }>(
    `select p.id, p.receipt_text, p.paid_at, p.amount, coalesce(nullif(p.payer, ''), a.full_name) as payer,
            d.id as dossier_id, d.code, p.voided_at, p.void_reason
       from payment p join dossier d on d.id = p.dossier_id join person a on a.id = d.applicant_id
      where p.shift_id = $1 order by p.receipt_no`,
    [id],
  )
  return {
    ...shift,
    payments: rows.map((row) => ({
      id: row.id,
      receipt: row.receipt_text,
      at: row.paid_at.toISOString(),
      amount: row.amount,
      payer: row.payer,
      dossier: { id: row.dossier_id, code: row.code },
      voided: row.voided_at && { at: row.voided_at.toISOString(), reason: row.void_reason ?? '' },
    })),
  }
}

export const shiftRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/cash-shifts',
    summary: 'Cash shifts: mine, or those of my one-stop for its head',
    permission: { action: 'read', subject: 'CashShift' },
    answer: z.object({ shifts: z.array(ShiftView) }),
    handler: async ({ tx }) => ({ shifts: (await shiftRows(tx)).map(shiftView) }),
  }),
  route({
    method: 'get',
    path: '/api/cash-shifts/:id',
    summary: 'A cash shift with its receipts',
    permission: { action: 'read', subject: 'CashShift' },
    params: idParams,
    answer: ShiftPage,
    handler: ({ tx, params }) => shiftPage(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/cash-shifts',
    summary: 'Open a cash shift',
    permission: { action: 'create', subject: 'CashShift' },
    body: OpenShift,
    answer: ShiftPage,
    status: 201,
    handler: async ({ tx, body }) => shiftPage(tx, await openShift(tx, body.openingAmount)),
  }),
  route({
    method: 'post',
    path: '/api/cash-shifts/:id/close',
    summary: 'Close a cash shift with what was counted',
    permission: { action: 'update', subject: 'CashShift' },
    params: idParams,
    body: CloseShift,
    answer: ShiftPage,
    async handler({ tx, params, body }) {
      await closeShift(tx, params.id, { ...body, reason: body.reason.normalize('NFC') })
      return shiftPage(tx, params.id)
    },
  }),
]
