import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import { applicant, day, dossier, letterHead, paragraph, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayInWords } from '../wording.ts'

/** The dossier is closed because no supplement came within the wait its procedure sets. */
export const closingData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  supplement: z.object({ number: text(80), issuedOn: day }),
  /** Last day on which the supplement could still come. */
  waitedUntil: day,
  /** The rule that ends the wait. */
  basis: text(),
  /** What becomes of papers and fees. */
  consequence: paragraph.optional(),
  signer,
  recipients,
})
export type ClosingData = z.input<typeof closingData>

export const renderClosing = letter(closingData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title),
  addressee(sheet, data.applicant.name),
  ...prose(
    sheet,
    `${data.agency} đã đề nghị Ông/Bà bổ sung, hoàn thiện hồ sơ tại Phiếu số ${data.supplement.number} ` +
      `${dayInWords(data.supplement.issuedOn)}, cụ thể:`,
  ),
  ...dossierFacts(data),
  ...prose(
    sheet,
    `Đến hết ${dayInWords(data.waitedUntil)}, ${data.agency} chưa nhận được hồ sơ bổ sung. Căn cứ quy định “${data.basis}”, ` +
      `${data.agency} thông báo kết thúc giải quyết hồ sơ nêu trên.`,
  ),
  ...(data.consequence ? prose(sheet, data.consequence) : []),
  closingBlock(sheet, {
    ...data,
    lastLines: prose(
      sheet,
      'Khi có nhu cầu, Ông/Bà có thể nộp hồ sơ mới. Xin thông báo để Ông/Bà được biết./.',
    ),
  }),
])
