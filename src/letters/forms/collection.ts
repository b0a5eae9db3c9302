import { z } from 'zod'
import { field, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, instant, letterHead, officer, text } from '../shapes.ts'
import { hand } from '../signing.ts'
import { momentInWords } from '../wording.ts'

/** The receipt of a collected result: who took it by which paper, and what they were given. */
export const collectionData = z.object({
  head: letterHead,
  dossier,
  office: text(200),
  applicant,
  collector: z.object({
    name: text(200),
    identity: text(200),
    /** The paper that allows somebody else than the applicant to collect. */
    authorisation: text(400).optional(),
  }),
  items: z.array(z.object({ name: text(500), number: text(80).optional() })).min(1),
  collectedAt: instant,
  officer,
  /** PNG drawn on the counter's screen, as a data address; without it there is room for a pen. */
  signature: z
    .string()
    .regex(/^data:image\/png;base64,[A-Za-z0-9+/=]+$/)
    .optional(),
})
export type CollectionData = z.input<typeof collectionData>

export const renderCollection = letter(collectionData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title),
  field('Mã hồ sơ', data.dossier.code, true),
  field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
  field('Người nộp hồ sơ', data.applicant.name),
  field('Nơi trả kết quả', data.office),
  field('Người nhận kết quả', data.collector.name, true),
  field('Giấy tờ tùy thân đã đối chiếu', data.collector.identity),
  ...(data.collector.authorisation ? [field('Nhận thay theo', data.collector.authorisation)] : []),
  { text: 'Đã nhận:', margin: [0, 4, 0, 0] },
  ruledTable(
    sheet,
    [
      { title: 'TT', width: 20, centred: true },
      { title: 'Kết quả', width: '*' },
      { title: 'Số, ký hiệu', width: 90 },
    ],
    data.items.map((item, i) => [String(i + 1), item.name, item.number ?? '']),
  ),
  field('Thời điểm nhận', momentInWords(data.collectedAt), true),
  {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    columnGap: 10,
    columns: [
      hand(
        sheet,
        'Người nhận kết quả',
        data.collector,
        data.signature ? { image: data.signature, fit: [120, sheet.signature] } : '',
      ),
      hand(sheet, 'Người trả kết quả', data.officer),
    ],
  },
])
