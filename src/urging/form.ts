import { z } from 'zod'
import { prose, ruledTable } from '../letters/blocks.ts'
import type { FormRule } from '../letters/form-rules.ts'
import { titleBlock } from '../letters/layout.ts'
import { addressee } from '../letters/letter-parts.ts'
import { letter } from '../letters/pdf.ts'
import { day, letterHead, paragraph, recipients, signer, text } from '../letters/shapes.ts'
import { closingBlock } from '../letters/signing.ts'
import { dayInWords } from '../letters/wording.ts'

/**
 * Phiếu đôn đốc. NĐ 61/2018 gives the head of the one-stop the watch over time limits and names no form for it: the paper
 * is ours, and says so.
 */
export const urgingRule: FormRule = {
  kind: 'control',
  number: null,
  title: 'Phiếu đôn đốc',
  paper: 'A4',
  circular: null,
  decree: 'NĐ 61/2018/NĐ-CP',
  source: 'Mẫu minh họa của hệ thống; chưa có mẫu do cơ quan có thẩm quyền ban hành',
  verified: false,
  footnote: 'Mẫu minh họa của hệ thống, không phải mẫu do cơ quan có thẩm quyền ban hành.',
  validFrom: '2018-06-21',
  validTo: null,
  transitional: null,
}

export const urgingData = z.object({
  head: letterHead,
  /** Whom it urges, with the unit. */
  to: text(300),
  answerBy: day,
  text: paragraph,
  dossiers: z
    .array(
      z.object({ code: text(60), procedure: text(500), step: text(300), due: text(80), late: text(120) }),
    )
    .min(1)
    .max(50),
  signer,
  recipients,
})
export type UrgingData = z.input<typeof urgingData>

export const renderUrging = letter(urgingData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title, 'Về việc giải quyết hồ sơ thủ tục hành chính quá hạn'),
  addressee(sheet, data.to),
  ...prose(
    sheet,
    `Qua theo dõi, ${data.head.agency} thấy ${data.dossiers.length} hồ sơ sau đang do đơn vị giải quyết và đã quá hạn:`,
  ),
  ruledTable(
    sheet,
    [
      { title: 'TT', width: 22, centred: true },
      { title: 'Mã hồ sơ', width: 122 },
      { title: 'Thủ tục, bước đang giữ', width: '*' },
      { title: 'Hạn', width: 64, centred: true },
      { title: 'Mức trễ', width: 72 },
    ],
    data.dossiers.map((one, n) => [
      String(n + 1),
      one.code,
      `${one.procedure}\nBước: ${one.step}`,
      one.due,
      one.late,
    ]),
  ),
  ...prose(sheet, data.text),
  closingBlock(sheet, {
    ...data,
    lastLines: prose(
      sheet,
      `Đề nghị đơn vị giải quyết ngay và trả lời trên hệ thống chậm nhất ${dayInWords(data.answerBy)}, nêu rõ nguyên nhân và thời điểm hoàn thành./.`,
    ),
  }),
])
