import { z } from 'zod'
import { proofBlock, prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import {
  applicant,
  dossier,
  instant,
  letterHead,
  paragraph,
  proofText,
  recipients,
  signer,
  text,
} from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { civilDayOf, dayInWords, momentInWords } from '../wording.ts'

/** Form 04, apology with the one new date a dossier may have (NĐ 61/2018 art. 19.9). */
export const apologyData = z.object({
  head: letterHead,
  dossier,
  applicant,
  /** The agency that settles the dossier and apologises. */
  agency: text(200),
  receivedAt: instant,
  dueAt: instant,
  reason: paragraph,
  newDueAt: instant,
  proofText,
  signer,
  recipients,
})
export type ApologyData = z.input<typeof apologyData>

export const renderApology = letter(apologyData, (data, sheet, { rule, lookupUrl }) => [
  titleBlock(sheet, rule.title),
  addressee(sheet, data.applicant.name),
  ...prose(
    sheet,
    `${dayInWords(civilDayOf(data.receivedAt)).replace('ngày', 'Ngày')}, ${data.agency} tiếp nhận giải quyết hồ sơ ` +
      `đề nghị thực hiện thủ tục hành chính “${data.dossier.procedureName}” của Ông/Bà, cụ thể:`,
  ),
  ...dossierFacts(data),
  ...prose(sheet, `Thời gian hẹn trả kết quả giải quyết hồ sơ: ${momentInWords(data.dueAt)}.`),
  ...prose(
    sheet,
    `Tuy nhiên, ${data.agency} chưa thể trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời gian đã hẹn. Lý do:`,
  ),
  ...prose(sheet, data.reason),
  ...prose(
    sheet,
    `Sự chậm trễ này gây phiền hà, tốn kém thời gian, công sức của Ông/Bà. ${data.agency} xin lỗi Ông/Bà ` +
      'và sẽ trả kết quả giải quyết hồ sơ vào thời gian sau:',
  ),
  { text: momentInWords(data.newDueAt), bold: true, alignment: 'center', margin: [0, 3, 0, 3] },
  proofBlock(sheet, 'Cách tính ngày hẹn mới', data.proofText),
  closingBlock(sheet, {
    ...data,
    lastLines: prose(sheet, 'Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này./.'),
    lookup: { url: lookupUrl, code: data.dossier.code },
  }),
])
