import { z } from 'zod'
import { field, prose } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { addressee, dossierFacts } from '../letter-parts.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, letterHead, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { book } from './composed.ts'

/**
 * The page of issue of a result made elsewhere: number, date, signature and seal stand here, the document follows
 * unchanged. The signature covers the document by its SHA-256.
 */
export const uploadedData = z.object({
  head: letterHead,
  dossier,
  applicant,
  book,
  /** What the document is called: "Giấy phép xây dựng". */
  title: text(300),
  file: z.object({ sha256: z.hash('sha256'), size: z.int().positive(), pages: z.int().positive() }),
  signer,
  recipients,
})
export type UploadedData = z.input<typeof uploadedData>

export const renderUploaded = letter(uploadedData, (data, sheet, { lookupUrl }) => [
  titleBlock(sheet, 'Trang ban hành', data.title),
  addressee(sheet, data.applicant.name),
  ...prose(
    sheet,
    `${data.head.agency} ban hành “${data.title}” gồm ${data.file.pages} trang ngay sau trang này. ` +
      'Số, ngày ban hành, chữ ký và dấu ghi tại trang này là của văn bản đó; nội dung văn bản được giữ nguyên như khi ký.',
  ),
  ...dossierFacts(data),
  field('Số trang của văn bản', String(data.file.pages)),
  field('Dung lượng', `${data.file.size.toLocaleString('vi-VN')} byte`),
  field('Mã SHA-256 của văn bản', data.file.sha256.match(/.{1,32}/g)?.join(' ')),
  closingBlock(sheet, {
    ...data,
    lastLines: prose(
      sheet,
      `Tệp này mở đầu bằng đúng ${data.file.size.toLocaleString('vi-VN')} byte của văn bản đã ký: tính SHA-256 của phần đó để đối chiếu với mã nêu trên.`,
    ),
    lookup: { url: lookupUrl, code: data.dossier.code },
  }),
])
