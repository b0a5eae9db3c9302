import { z } from 'zod'

const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime({ offset: true })
const Id = z.uuid()
/** Whole VND. */
const Vnd = z.int()

export const PaymentState = z.enum(['pending', 'paid', 'failed', 'to-refund', 'refunded', 'voided'])
const Voided = z.object({ at: Instant, reason: z.string() })

export const PaymentView = z.object({
  id: Id,
  method: z.enum(['vnpay', 'cash']),
  state: PaymentState,
  amount: Vnd,
  begunAt: Instant,
  paidAt: Instant.nullable(),
  /** The bank's; 24 is "the payer cancelled". */
  responseCode: z.string().nullable(),
  transactionNo: z.string().nullable(),
  receipt: z.string().nullable(),
  payer: z.string(),
  cashier: z.string().nullable(),
  refundedAt: Instant.nullable(),
  refundReason: z.string().nullable(),
  /** A wrong cash receipt; its number stays in the book. The reason is for staff. */
  voided: Voided.nullable(),
  canVoid: z.boolean(),
})

export const PaymentPage = z.object({
  fee: z
    .object({
      amount: Vnd,
      basis: z.object({ text: z.string(), source: z.string(), verified: z.boolean() }),
      state: z.enum(['open', 'paid', 'expired']),
      openedAt: Instant,
      payBy: Instant,
      settledAt: Instant.nullable(),
    })
    .nullable(),
  counter: z.object({ name: Text, address: z.string(), phone: z.string() }),
  methods: z.array(z.enum(['vnpay', 'cash'])),
  can: z.object({ payOnline: z.boolean(), takeCash: z.boolean(), refund: z.boolean() }),
  payments: z.array(PaymentView),
})

export const ShiftView = z.object({
  id: Id,
  unit: Text,
  cashier: z.object({ id: Id, name: z.string() }),
  openedAt: Instant,
  openingAmount: Vnd,
  closedAt: Instant.nullable(),
  taken: Vnd,
  receipts: z.int(),
  /** Receipts whose numbers are used and that count no more. */
  voided: z.int(),
  counted: Vnd.nullable(),
  difference: Vnd.nullable(),
  reason: z.string(),
})

export const ShiftPage = ShiftView.extend({
  payments: z.array(
    z.object({
      id: Id,
      receipt: z.string(),
      at: Instant,
      amount: Vnd,
      payer: z.string(),
      dossier: z.object({ id: Id, code: z.string() }),
      voided: Voided.nullable(),
    }),
  ),
})

export const OwedList = z.object({
  owed: z.array(
    z.object({
      id: Id,
      code: z.string(),
      applicant: z.string(),
      procedure: Text,
      amount: Vnd,
      openedAt: Instant,
      payBy: Instant,
    }),
  ),
})

const Amount = z.int().min(0).max(10_000_000_000)
export const TakeCash = z.strictObject({ amount: Amount, payer: z.string().trim().max(200).default('') })
export const OpenShift = z.strictObject({ openingAmount: Amount })
export const CloseShift = z.strictObject({ counted: Amount, reason: z.string().trim().max(1000).default('') })
export const VoidReceipt = z.strictObject({ reason: z.string().trim().min(1).max(1000) })
export const Refund = z.strictObject({ reason: z.string().trim().min(1).max(1000) })
