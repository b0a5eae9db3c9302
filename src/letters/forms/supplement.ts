import { z } from 'zod'
import { field, pair, prose, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, day, dossier, letterHead, officer, paragraph, text, wording } from '../shapes.ts'
import { twoHands } from '../signing.ts'
import { dayInWords } from '../wording.ts'
import { wordsOf } from '../wordings.ts'

/** Form 02, everything that is missing, at once, each with its reason (NĐ 61/2018 art. 17.1a, 19.4). */
export const supplementData = z.object({
  head: letterHead,
  dossier,
  office: text(200),
  applicant,
  content: paragraph,
  items: z.array(z.object({ content: text(2000), reason: text(2000), basis: text().optional() })).min(1),
  /** The reason as a whole, besides those of the items. */
  reason: paragraph.optional(),
  /** Which request this is, where a procedure allows more than one: "Lần 2: hướng dẫn hoàn thiện". */
  round: text(200).optional(),
  /** Last day for the answer, where the procedure has one. */
  respondBy: day.optional(),
  /** Contact goes through the one-stop shop only (NĐ 61/2018 art. 5.1e). */
  contact: z.object({ name: text(200), phone: text(40) }),
  guide: officer,
  wording,
})
export type SupplementData = z.input<typeof supplementData>

export const renderSupplement = letter(supplementData, (data, sheet, { rule }) => {
  const narrow = sheet.paper === 'A5'
  const { name, phone } = data.contact
  const say = wordsOf('supplement', data.wording, {
    office: data.office,
    contact: phone === '—' ? name : `${name}, số điện thoại ${phone}`,
  })
  return [
    titleBlock(sheet, rule.title),
    field('Hồ sơ của', data.applicant.name, true),
    field('Mã hồ sơ', data.dossier.code, true),
    field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
    field('Nội dung yêu cầu giải quyết', data.content),
    field('Địa chỉ', data.applicant.address),
    pair(field('Số điện thoại', data.applicant.phone), field('Email', data.applicant.email)),
    ...(data.round ? [field('Lần yêu cầu', data.round)] : []),
    {
      text: say('ask'),
      margin: [0, 3, 0, 0],
    },
    ruledTable(
      sheet,
      [
        { title: 'TT', width: narrow ? 18 : 24, centred: true },
        { title: 'Nội dung cần bổ sung, hoàn thiện', width: '*' },
        { title: 'Lý do', width: '*' },
        { title: 'Căn cứ', width: narrow ? 70 : 100 },
      ],
      data.items.map((item, i) => [String(i + 1), item.content, item.reason, item.basis ?? '']),
    ),
    ...(data.reason ? [field('Lý do', data.reason)] : []),
    ...(data.respondBy ? [field('Đề nghị bổ sung trước hết', dayInWords(data.respondBy), true)] : []),
    twoHands(sheet, {
      lastLines: prose(sheet, say('help')),
      applicant: data.applicant.name,
      role: 'Người hướng dẫn',
      officer: data.guide,
    }),
  ]
})
