import { z } from 'zod'
import { prose, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, instant, letterHead, officer, text } from '../shapes.ts'
import { twoHands } from '../signing.ts'
import { momentInWords } from '../wording.ts'

/** What came of each part of a group, in one sheet of the one-stop; the results themselves are the parts' own papers. */
export const groupData = z.object({
  head: letterHead,
  dossier,
  office: text(200),
  applicant,
  receivedAt: instant,
  parts: z
    .array(
      z.object({
        name: text(),
        agency: text(200),
        /** None: the part was never opened. */
        code: text(60).optional(),
        outcome: text(1000),
        /** Number of the result, or of the refusal. */
        number: text(80).optional(),
      }),
    )
    .min(1),
  receiver: officer,
})
export type GroupData = z.input<typeof groupData>

export const renderGroup = letter(groupData, (data, sheet, { rule, lookupUrl }) => [
  titleBlock(sheet, rule.title),
  addressee(sheet, data.applicant.name),
  ...dossierFacts(data),
  ...prose(
    sheet,
    `${data.office} tiếp nhận nhóm thủ tục liên thông nêu trên lúc ${momentInWords(data.receivedAt)} và thông báo kết quả ` +
      'của từng thủ tục:',
  ),
  ruledTable(
    sheet,
    [
      { title: 'TT', width: 24, centred: true },
      { title: 'Thủ tục, cơ quan giải quyết', width: '*' },
      { title: 'Mã hồ sơ', width: 112 },
      { title: 'Kết quả', width: 140 },
    ],
    data.parts.map((part, i) => [
      String(i + 1),
      `${part.name} (${part.agency})`,
      part.code ?? '—',
      [part.outcome, part.number && `số ${part.number}`].filter(Boolean).join(', '),
    ]),
  ),
  twoHands(sheet, {
    lastLines: prose(
      sheet,
      'Kết quả của từng thủ tục được trả riêng, tại quầy hoặc tải trên trang hồ sơ. Thủ tục không được giải quyết có văn bản ' +
        'nêu lý do; Ông/Bà có quyền khiếu nại, khởi kiện theo quy định, hoặc nộp hồ sơ mới khi đủ điều kiện./.',
    ),
    applicant: data.applicant.name,
    role: 'Người trả kết quả',
    officer: data.receiver,
    lookup: { url: lookupUrl, code: data.dossier.code },
  }),
])
