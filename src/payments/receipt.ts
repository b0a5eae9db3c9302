import type { Content } from 'pdfmake'
import { z } from 'zod'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { field } from '../letters/blocks.ts'
import { frameOf, officeHead } from '../letters/compose.ts'
import type { FormRule } from '../letters/form-rules.ts'
import { type Sheet, titleBlock } from '../letters/layout.ts'
import { moneyInWords } from '../letters/number-words.ts'
import { letter } from '../letters/pdf.ts'
import { applicant, dossier, instant, letterHead, text } from '../letters/shapes.ts'
import { hand } from '../letters/signing.ts'
import { momentShort } from '../letters/wording.ts'
import type { Services } from '../services.ts'
import { money } from './fee.ts'

const receiptData = z.object({
  head: letterHead,
  dossier,
  applicant,
  payer: text(200),
  amount: z.int().positive(),
  basis: text(1000),
  method: z.enum(['vnpay', 'cash']),
  transactionNo: text(60).optional(),
  paidAt: instant,
  cashier: text(200).optional(),
  /** The reason stands in the record: it may name somebody else. */
  voided: z.object({ at: instant, by: text(200) }).optional(),
})

/** The Ministry of Finance's form was not read: ours says so, and passes for no other. */
const formOn = (day: string): FormRule => ({
  kind: 'receipt',
  number: null,
  title: 'BIÊN LAI THU PHÍ, LỆ PHÍ (mẫu minh họa)',
  paper: 'A5',
  circular: null,
  decree: null,
  source: 'mẫu của hệ thống',
  verified: false,
  footnote:
    'Mẫu minh họa của hệ thống, chưa đối chiếu với mẫu biên lai của Bộ Tài chính; không thay biên lai theo quy định.',
  validFrom: day,
  validTo: null,
  transitional: null,
})

/** Money that passed from hand to hand is signed for by both. */
const hands = (sheet: Sheet, payer: string, cashier: string): Content => ({
  unbreakable: true,
  margin: [0, 14, 0, 0],
  columns: [hand(sheet, 'Người nộp tiền', { name: payer }), hand(sheet, 'Người thu tiền', { name: cashier })],
})

const render = letter(receiptData, (data, sheet, { rule: { title } }) => [
  titleBlock(sheet, data.voided ? `${title} – ĐÃ HỦY` : title),
  field('Người nộp tiền', data.payer, true),
  field('Nộp cho hồ sơ của', data.applicant.name),
  field('Mã hồ sơ', data.dossier.code, true),
  field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
  field('Số tiền', money(data.amount).vi, true),
  field('Viết bằng chữ', moneyInWords(data.amount)),
  field('Căn cứ thu', data.basis),
  field(
    'Hình thức',
    data.method === 'cash' ? 'Tiền mặt tại quầy' : `VNPay, giao dịch số ${data.transactionNo ?? '—'}`,
  ),
  field('Thời điểm thu', momentShort(data.paidAt)),
  field('Người thu tiền', data.cashier ?? 'Thu trực tuyến, theo thông báo của ngân hàng'),
  ...(data.voided
    ? [field('Đã hủy lúc', momentShort(data.voided.at), true), field('Người hủy', data.voided.by)]
    : []),
  ...(data.method === 'cash' ? [hands(sheet, data.payer, data.cashier ?? '')] : []),
])

type Paid = {
  amount: number
  basis: { text: string }
  method: 'vnpay' | 'cash'
  transaction_no: string | null
  paid_at: Date
  receipt_text: string
  payer: string
  cashier: string | null
  voided_at: Date | null
  voided_by: string | null
}

export type Receipt = { sha256: string; number: string; size: string }

/** The file of a payment's receipt: of a voided one the marked file. Undefined when the payment has no receipt. */
export async function receiptFile(tx: Tx, paymentId: string): Promise<Receipt | undefined> {
  const [row] = await tx.sql<Receipt>(
    `select f.sha256, f.size, p.receipt_text as number
       from payment p join stored_file f on f.sha256 = coalesce(p.void_sha256, p.receipt_sha256) where p.id = $1`,
    [paymentId],
  )
  return row
}

type Parts = Pick<Services, 'settings' | 'files'>

/** Issues the receipt of a payment once: its bytes are kept, and a repeat changes nothing. */
export async function issueReceipt(tx: Tx, parts: Parts, dossier: Dossier, paymentId: string): Promise<void> {
  const [row] = await tx.sql<{ receipt_sha256: string | null }>(
    'select receipt_sha256 from payment where id = $1 and receipt_no is not null for update',
    [paymentId],
  )
  if (!row || row.receipt_sha256) return
  const bytes = await receiptPdf(tx, parts, dossier, paymentId)
  const { sha256 } = await putFile(tx, parts.files, bytes, 'application/pdf')
  await tx.sql('update payment set receipt_sha256 = $2 where id = $1', [paymentId, sha256])
  tx.audit({ act: 'receipt.issued', dossierId: dossier.id, detail: { payment: paymentId, sha256 } })
}

/** The same receipt once more, marked as void, beside the one that was issued. */
export async function markVoid(tx: Tx, parts: Parts, dossier: Dossier, paymentId: string): Promise<void> {
  const bytes = await receiptPdf(tx, parts, dossier, paymentId)
  const { sha256 } = await putFile(tx, parts.files, bytes, 'application/pdf')
  await tx.sql('update payment set void_sha256 = $2 where id = $1', [paymentId, sha256])
}

async function receiptPdf(
  tx: Tx,
  services: Pick<Services, 'settings'>,
  dossierRow: Dossier,
  paymentId: string,
): Promise<Buffer> {
  const [paid] = await tx.sql<Paid>(
    `select p.amount, f.basis, p.method, p.transaction_no, p.paid_at, p.receipt_text, p.payer, c.full_name as cashier,
            p.voided_at, v.full_name as voided_by
       from payment p join fee_due f on f.id = p.fee_id left join person c on c.id = p.cashier_id
       left join person v on v.id = p.voided_by
      where p.id = $1 and p.receipt_no is not null`,
    [paymentId],
  )
  if (!paid) throw new RangeError(`payment ${paymentId} has no receipt`)
  const frame = await frameOf(tx, dossierRow, 'counter')
  const day = legalDay(paid.paid_at)
  return render(
    {
      head: { ...officeHead(frame), number: paid.receipt_text, issuedOn: day },
      dossier: frame.dossier,
      applicant: frame.applicant,
      payer: paid.payer || frame.applicant.name,
      amount: paid.amount,
      basis: paid.basis.text,
      method: paid.method,
      ...(paid.transaction_no && { transactionNo: paid.transaction_no }),
      paidAt: paid.paid_at.toISOString(),
      ...(paid.cashier && { cashier: paid.cashier }),
      ...(paid.voided_at && {
        voided: {
          at: paid.voided_at.toISOString(),
          by: paid.voided_by ?? '',
        },
      }),
    },
    {
      rule: formOn(day),
      status: 'unsigned-electronic',
      lookupUrl: `${services.settings.publicUrl}/tra-cuu/${encodeURIComponent(dossierRow.code)}`,
      demo: services.settings.demo,
    },
  )
}
