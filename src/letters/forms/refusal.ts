import { z } from 'zod'
import { applicantFields, field, prose, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, letterHead, officer, paragraph, text, wording } from '../shapes.ts'
import { twoHands } from '../signing.ts'
import { wordsOf } from '../wordings.ts'

/** Form 03, refusal to receive or to settle (NĐ 61/2018 art. 17.1b, 19.8). The code is absent before receipt. */
export const refusalData = z.object({
  head: letterHead,
  dossier: dossier.extend({ code: text(60).optional() }),
  office: text(200),
  applicant,
  content: paragraph,
  reasons: z.array(z.object({ reason: text(4000), basis: text().optional() })).min(1),
  receiver: officer,
  wording,
})
export type RefusalData = z.input<typeof refusalData>

export const renderRefusal = letter(refusalData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title),
  ...applicantFields(`${data.office} tiếp nhận hồ sơ của`, data.applicant),
  field('Mã hồ sơ (nếu có)', data.dossier.code, true),
  field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
  field('Nội dung yêu cầu giải quyết', data.content),
  ...prose(sheet, wordsOf('refusal', data.wording, {})('opening')),
  ruledTable(
    sheet,
    [
      { title: 'TT', width: sheet.paper === 'A5' ? 18 : 24, centred: true },
      { title: 'Lý do', width: '*' },
      { title: 'Căn cứ', width: sheet.paper === 'A5' ? 110 : 160 },
    ],
    data.reasons.map((r, i) => [String(i + 1), r.reason, r.basis ?? '']),
  ),
  twoHands(sheet, {
    lastLines: prose(sheet, wordsOf('refusal', data.wording, {})('closing')),
    applicant: data.applicant.name,
    role: 'Người tiếp nhận hồ sơ',
    officer: data.receiver,
  }),
])
