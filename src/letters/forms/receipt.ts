import { z } from 'zod'
import { applicantFields, field, papersTable, proofBlock, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import {
  agent,
  applicant,
  day,
  dossier,
  instant,
  letterHead,
  officer,
  paper,
  paragraph,
  proofText,
  text,
} from '../shapes.ts'
import { twoHands } from '../signing.ts'
import { dayInWords, momentInWords } from '../wording.ts'

/** Form 01, receipt and appointment (TT 01/2018 art. 9; TT 03/2025 Annex I). */
export const receiptData = z.object({
  head: letterHead,
  dossier,
  /** The receiving desk, "Bộ phận". */
  office: text(200),
  applicant,
  agent: agent.optional(),
  /** A clerk typed the filing for the applicant: who, and by whose consent. */
  typedBy: z.object({ clerk: text(200), consent: text() }).optional(),
  content: paragraph,
  papers: z.array(paper).min(1),
  /** Sets handed in, "Số lượng hồ sơ". */
  sets: z.int().min(1),
  /** Of a group (liên thông): its procedures, each with who does it and in what time. */
  group: z.array(z.object({ name: text(), agency: text(200), limit: text(200) })).optional(),
  /** The limit of the law, in words; the committed one, with its decision, is the one promised. */
  legalLimit: text(200),
  committedLimit: z.object({ limit: text(200), decision: text(200) }).optional(),
  receivedAt: instant,
  dueAt: instant,
  /** Where the result is to be collected or sent. */
  resultAt: text(),
  /** Paper registers only. */
  register: z.object({ book: text(40), entry: text(40) }).optional(),
  receiver: officer,
  proofText,
  /** Counted anew after supplements (NĐ 61/2018 art. 19.4): cites form 02 and keeps the old date. */
  restart: z.object({ supplementNumber: text(80), supplementOn: day, previousDueAt: instant }).optional(),
})
export type ReceiptData = z.input<typeof receiptData>

export const renderReceipt = letter(receiptData, (data, sheet, { rule, lookupUrl }) => [
  titleBlock(sheet, rule.title),
  field('Mã hồ sơ', data.dossier.code, true),
  field('Bộ phận tiếp nhận', data.office),
  ...applicantFields('Tiếp nhận hồ sơ của', data.applicant),
  ...(data.agent
    ? [
        ...applicantFields('Người được ủy quyền', data.agent),
        field('Giấy ủy quyền', data.agent.authorisation),
      ]
    : []),
  ...(data.typedBy
    ? [field('Cán bộ nhập hồ sơ thay', `${data.typedBy.clerk} (${data.typedBy.consent})`)]
    : []),
  field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
  field('Nội dung yêu cầu giải quyết', data.content),
  { text: 'Thành phần hồ sơ nộp gồm:', margin: [0, 1.5, 0, 0] },
  papersTable(sheet, data.papers),
  field('Số lượng hồ sơ', `${data.sets} (bộ)`),
  ...(data.group
    ? [
        { text: 'Nhóm thủ tục liên thông gồm:', margin: [0, 1.5, 0, 0] as [number, number, number, number] },
        ruledTable(
          sheet,
          [
            { title: 'TT', width: 22, centred: true },
            { title: 'Thủ tục', width: '*' },
            { title: 'Cơ quan giải quyết', width: sheet.paper === 'A4' ? 160 : 110 },
            { title: 'Thời hạn', width: sheet.paper === 'A4' ? 90 : 70 },
          ],
          data.group.map((part, i) => [String(i + 1), part.name, part.agency, part.limit]),
        ),
      ]
    : []),
  field('Thời gian giải quyết hồ sơ theo quy định', data.legalLimit),
  ...(data.committedLimit
    ? [field('Thời gian cam kết', `${data.committedLimit.limit} (${data.committedLimit.decision})`, true)]
    : []),
  ...(data.restart
    ? [
        field(
          'Cấp lại sau khi bổ sung hồ sơ',
          `theo Phiếu số ${data.restart.supplementNumber} ${dayInWords(data.restart.supplementOn)}; ` +
            `ngày hẹn trước đây: ${momentInWords(data.restart.previousDueAt)}`,
        ),
      ]
    : []),
  field('Thời gian nhận hồ sơ', momentInWords(data.receivedAt)),
  field('Thời gian trả kết quả giải quyết hồ sơ', momentInWords(data.dueAt), true),
  proofBlock(sheet, 'Cách tính ngày hẹn trả kết quả', data.proofText),
  twoHands(sheet, {
    lastLines: [
      field('Đăng ký nhận kết quả tại', data.resultAt),
      // An electronic register has no volumes: its row is found by the code.
      field(
        'Vào Sổ theo dõi hồ sơ',
        data.register
          ? `quyển số ${data.register.book}, số thứ tự ${data.register.entry}`
          : 'sổ điện tử, theo mã hồ sơ',
      ),
    ],
    applicant: data.agent?.name ?? data.applicant.name,
    role: 'Người tiếp nhận hồ sơ',
    officer: data.receiver,
    lookup: { url: lookupUrl, code: data.dossier.code },
  }),
])
