import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, instant, letterHead, paragraph, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { momentInWords } from '../wording.ts'

/** Form 05 of TT 03/2025: the applicant asked to stop and no decision existed yet. Before, a plain notice. */
export const stopData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  requestedAt: instant,
  reason: paragraph,
  stoppedAt: instant,
  /** What becomes of papers and fees. */
  consequence: paragraph.optional(),
  signer,
  recipients,
})
export type StopData = z.input<typeof stopData>

export const renderStop = letter(stopData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title),
  addressee(sheet, data.applicant.name),
  ...prose(
    sheet,
    `${data.agency} nhận được đề nghị dừng giải quyết hồ sơ của Ông/Bà lúc ${momentInWords(data.requestedAt)}, cụ thể:`,
  ),
  ...dossierFacts(data),
  ...prose(sheet, `Lý do đề nghị dừng: ${data.reason}`),
  ...prose(
    sheet,
    'Qua kiểm tra, hồ sơ chưa có quyết định hoặc thông báo kết quả giải quyết. ' +
      `${data.agency} dừng giải quyết hồ sơ từ ${momentInWords(data.stoppedAt)}.`,
  ),
  ...(data.consequence ? prose(sheet, data.consequence) : []),
  closingBlock(sheet, { ...data, lastLines: prose(sheet, 'Xin thông báo để Ông/Bà được biết./.') }),
])
