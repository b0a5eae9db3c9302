import { z } from 'zod'
import { prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
  day,
  dossier,
  instant,
  letterHead,
  paragraph,
  recipients,
  signer,
  text,
} from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayInWords, momentInWords } from '../wording.ts'

/** The new date was missed too. A second new date is forbidden (NĐ 61/2018 art. 19.9), so this letter has no room for one. */
export const explanationData = z.object({
  head: letterHead,
  dossier,
  applicant,
  agency: text(200),
  dueAt: instant,
  /** The apology and the new date it gave. */
  apology: z.object({ number: text(80), issuedOn: day, newDueAt: instant }),
  reason: paragraph,
  /** What has been done to finish, without a date. */
  measures: paragraph.optional(),
  signer,
  recipients,
})
export type ExplanationData = z.input<typeof explanationData>

export const renderExplanation = letter(explanationData, (data, sheet, { rule }) => [
  titleBlock(sheet, rule.title),
  addressee(sheet, data.applicant.name),
  ...prose(
    sheet,
    `Hồ sơ của Ông/Bà được hẹn trả kết quả lúc ${momentInWords(data.dueAt)}. Tại văn bản số ${data.apology.number} ` +
      `${dayInWords(data.apology.issuedOn)}, ${data.agency} đã xin lỗi và hẹn lại lúc ${momentInWords(data.apology.newDueAt)}, cụ thể:`,
  ),
  ...dossierFacts(data),
  ...prose(sheet, `Đến nay ${data.agency} vẫn chưa trả được kết quả theo thời gian đã hẹn lại. Lý do:`),
  ...prose(sheet, data.reason),
  ...(data.measures ? prose(sheet, data.measures) : []),
  ...prose(
    sheet,
    'Việc hẹn lại ngày trả kết quả chỉ được thực hiện một lần, vì vậy văn bản này không ấn định ngày hẹn khác. ' +
      'Hồ sơ tiếp tục được giải quyết và kết quả được trả ngay khi hoàn thành; việc chậm trả đã được báo cáo người ' +
      'đứng đầu để xem xét trách nhiệm.',
  ),
  closingBlock(sheet, {
    ...data,
    lastLines: prose(sheet, `${data.agency} xin lỗi Ông/Bà vì sự chậm trễ này./.`),
  }),
])
