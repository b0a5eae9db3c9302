import { z } from 'zod'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { field } from '../letters/blocks.ts'
import { frameOf, officeHead } from '../letters/compose.ts'
import type { FormRule } from '../letters/form-rules.ts'
import { titleBlock } from '../letters/layout.ts'
import { letter } from '../letters/pdf.ts'
import { applicant, dossier, instant, letterHead, text } from '../letters/shapes.ts'
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

const render = letter(receiptData, (data, sheet, { rule: { title } }) => [
  titleBlock(sheet, title),
  field('Người nộp tiền', data.payer, true),
  field('Nộp cho hồ sơ của', data.applicant.name),
  field('Mã hồ sơ', data.dossier.code, true),
  field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
  field('Số tiền', money(data.amount).vi, true),
  field('Căn cứ thu', data.basis),
  field(
    'Hình thức',
    data.method === 'cash' ? 'Tiền mặt tại quầy' : `VNPay, giao dịch số ${data.transactionNo ?? '—'}`,
  ),
  field('Thời điểm thu', momentShort(data.paidAt)),
  field('Người thu tiền', data.cashier ?? 'Thu trực tuyến, theo thông báo của ngân hàng'),
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
}

/** The receipt of a payment as PDF: the same data, the same bytes. Undefined when the payment has no receipt. */
export async function receiptPdf(
  tx: Tx,
  services: Pick<Services, 'settings'>,
  dossierRow: Dossier,
  paymentId: string,
): Promise<{ bytes: Buffer; number: string } | undefined> {
  const [paid] = await tx.sql<Paid>(
    `select p.amount, f.basis, p.method, p.transaction_no, p.paid_at, p.receipt_text, p.payer, c.full_name as cashier
       from payment p join fee_due f on f.id = p.fee_id left join person c on c.id = p.cashier_id
      where p.id = $1 and p.receipt_no is not null`,
    [paymentId],
  )
  if (!paid) return undefined
  const frame = await frameOf(tx, dossierRow, 'counter')
  const day = legalDay(paid.paid_at)
  const bytes = await render(
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
    },
    {
      rule: formOn(day),
      status: 'unsigned-electronic',
      lookupUrl: `${services.settings.publicUrl}/tra-cuu/${encodeURIComponent(dossierRow.code)}`,
      demo: services.settings.demo,
    },
  )
  return { bytes, number: paid.receipt_text }
}
