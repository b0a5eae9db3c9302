import { z } from 'zod'
import { type Action, allows } from '../access/ability.ts'
import { systemActor } from '../access/actor.ts'
import { asSystem } from '../access/filter.ts'
import type { Tx } from '../database/transaction.ts'
import { serveContent } from '../documents/serve.ts'
import { Dossier } from '../dossiers/entity.ts'
import { dossierRow } from '../dossiers/read-model.ts'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { viewed } from '../inspections/viewed.ts'
import type { Services } from '../services.ts'
import { takeCash } from './cash.ts'
import { type IpnCode, ipnAnswers, receiveNotice } from './ipn.ts'
import { beginOnline } from './online.ts'
import { owedRows } from './owed.ts'
import { paymentPage } from './read-model.ts'
import { issueReceipt, receiptFile } from './receipt.ts'
import { refund } from './refund.ts'
import { OwedList, PaymentPage, PaymentState, Refund, TakeCash, VoidReceipt } from './schemas.ts'
import { shiftRoutes } from './shift-routes.ts'
import { isGenuine, type Vnpay, type VnpayParams } from './vnpay.ts'
import { voidReceipt } from './void.ts'

/** The dossier on which the actor may act, with the product's own eyes on what hangs on it. */
async function act(tx: Tx, id: string, action: Action): Promise<{ system: Tx; dossier: Dossier }> {
  if (!(await dossierRow(tx, id, action))) throw notFound()
  const system: Tx = { ...tx, em: asSystem(tx.em, 'payment') }
  return { system, dossier: await system.em.findOneOrFail(Dossier, { id }) }
}

/** The bank's parameters; others may be among them, and some proxy's. A repeated name is none of the bank's. */
const BankQuery = z.looseObject({ vnp_TxnRef: z.string().max(100).optional() })
const LONGEST = 500
const paramsOf = (query: Record<string, unknown>): VnpayParams =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      typeof value === 'string' && name.startsWith('vnp_') && name.length < 60 && value.length <= LONGEST
        ? [[name, value]]
        : [],
    ),
  )

/** `vnpay` null: online payment is not offered, and the counter takes cash. */
export const paymentRoutes = (services: Services, vnpay: Vnpay | null): Route[] => [
  route({
    method: 'get',
    path: '/api/dossiers/:id/payment',
    summary: 'What a dossier owes, how it can be paid, and what was paid',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: PaymentPage,
    async handler({ tx, params, actor }) {
      const { dossier } = await act(tx, params.id, 'read')
      viewed(tx, params.id, 'payment')
      const may = (action: Action) => allows(actor.ability, action, 'Dossier', dossier)
      return paymentPage(tx, {
        dossier,
        inside: actor.kind === 'staff' && dossier.applicantId !== actor.personId,
        methods: vnpay ? ['vnpay', 'cash'] : ['cash'],
        can: { payOnline: vnpay !== null && may('pay'), takeCash: may('take-cash'), refund: may('refund') },
      })
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/payment/vnpay',
    summary: 'Begin one attempt to pay by VNPay; the browser goes to the address',
    permission: { action: 'pay', subject: 'Dossier' },
    params: idParams,
    body: z.strictObject({}),
    answer: z.object({ url: z.url() }),
    status: 201,
    async handler({ tx, params, req }) {
      const { system, dossier } = await act(tx, params.id, 'pay')
      return beginOnline(system, services, vnpay, dossier, { ip: req.ip ?? '127.0.0.1' })
    },
  }),
  route({
    method: 'get',
    path: '/api/payments/vnpay/ipn',
    summary: 'The bank’s own message; nothing else makes an online payment paid',
    permission: 'public',
    query: BankQuery,
    answer: z.object({ RspCode: z.enum(Object.keys(ipnAnswers) as [IpnCode]), Message: z.string() }),
    async serve({ db, query }) {
      if (!vnpay) throw notFound()
      const say = (RspCode: IpnCode) => ({ RspCode, Message: ipnAnswers[RspCode] })
      try {
        return say(
          await db.transact(systemActor('vnpay'), (transaction) => {
            const tx: Tx = { ...transaction, em: asSystem(transaction.em, 'message of the bank') }
            return receiveNotice(tx, services, vnpay, paramsOf(query))
          }),
        )
      } catch (err) {
        // Whatever it is, the bank must hear that it has to send again, and only 99 says so.
        services.log.error({ err, txnRef: query.vnp_TxnRef }, 'the bank’s message could not be taken')
        return say('99')
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/payments/vnpay/return',
    summary: 'What the payer’s browser brought back from the bank: shown, never believed',
    permission: { action: 'read', subject: 'Dossier' },
    query: BankQuery,
    answer: z.object({
      dossierId: z.uuid(),
      dossierCode: z.string(),
      /** The bank has signed what the browser brought. */
      genuine: z.boolean(),
      responseCode: z.string(),
      state: PaymentState,
    }),
    async handler({ tx, query }) {
      const params = paramsOf(query)
      const [payment] = await tx.sql<{ dossier_id: string; state: 'pending' }>(
        'select dossier_id, state from payment where txn_ref = $1',
        [params.vnp_TxnRef ?? ''],
      )
      const dossier = payment && (await dossierRow(tx, payment.dossier_id))
      if (!payment || !dossier) throw notFound()
      return {
        dossierId: dossier.id,
        dossierCode: dossier.code,
        genuine: vnpay !== null && isGenuine(params, vnpay.secret),
        responseCode: params.vnp_ResponseCode ?? '',
        state: payment.state,
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/dossiers/:id/payment/cash',
    summary: 'Take the fee in cash at the counter',
    permission: { action: 'take-cash', subject: 'Dossier' },
    params: idParams,
    body: TakeCash,
    answer: z.object({ id: z.uuid(), receipt: z.string() }),
    status: 201,
    async handler({ tx, params, body }) {
      const { system, dossier } = await act(tx, params.id, 'take-cash')
      const { id, receipt } = await takeCash(system, services, dossier, {
        ...body,
        payer: body.payer.normalize('NFC'),
      })
      await system.em.flush()
      return { id, receipt: receipt.text }
    },
  }),
  route({
    method: 'get',
    path: '/api/payments/owed',
    summary: 'Fees of my counter that nobody has paid yet',
    permission: { action: 'take-cash', subject: 'Dossier' },
    query: z.strictObject({ q: z.string().max(200).default('') }),
    answer: OwedList,
    handler: async ({ tx, query }) => ({
      owed: (await owedRows(tx, query.q)).map((row) => ({
        id: row.id,
        code: row.code,
        applicant: row.applicant,
        procedure: row.procedure,
        amount: row.amount,
        openedAt: row.opened_at.toISOString(),
        payBy: row.pay_by.toISOString(),
      })),
    }),
  }),
  route({
    method: 'post',
    path: '/api/payments/:id/refund',
    summary: 'Say that money which nothing was owed for has gone back',
    permission: { action: 'refund', subject: 'Dossier' },
    params: idParams,
    body: Refund,
    answer: z.void(),
    async handler({ tx, params, body }) {
      await refund(tx, params.id, body.reason.normalize('NFC'))
    },
  }),
  route({
    method: 'post',
    path: '/api/payments/:id/void',
    summary: 'Void a wrong cash receipt, with the reason; its number stays in the book',
    permission: { action: 'take-cash', subject: 'Dossier' },
    params: idParams,
    body: VoidReceipt,
    answer: z.void(),
    async handler({ tx, params, body }) {
      const [row] = await tx.sql<{ dossier_id: string }>('select dossier_id from payment where id = $1', [
        params.id,
      ])
      if (!row || !(await dossierRow(tx, row.dossier_id, 'take-cash'))) throw notFound()
      await voidReceipt(tx, services, params.id, body.reason.normalize('NFC'))
    },
  }),
  route({
    method: 'get',
    path: '/api/payments/:id/receipt',
    summary: 'The receipt of a payment, as PDF',
    permission: { action: 'read', subject: 'Dossier' },
    params: idParams,
    answer: z.void(),
    async serve({ db, actor, params, res }) {
      const receipt = await db.transact(actor, async (tx) => {
        const [row] = await tx.sql<{ dossier_id: string }>('select dossier_id from payment where id = $1', [
          params.id,
        ])
        if (!row) throw notFound()
        const { system, dossier } = await act(tx, row.dossier_id, 'read')
        if (dossier.applicantId !== actor.personId)
          tx.audit({ act: 'receipt.read', dossierId: dossier.id, detail: { payment: params.id } })
        await issueReceipt(system, services, dossier, params.id)
        return receiptFile(system, params.id)
      })
      if (!receipt) throw notFound()
      await serveContent(res, services.files, {
        ...receipt,
        file_name: `bien-lai-${receipt.number.replaceAll('/', '-')}.pdf`,
        media_type: 'application/pdf',
      })
      return undefined
    },
  }),
  ...shiftRoutes,
]
