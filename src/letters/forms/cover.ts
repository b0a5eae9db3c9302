import { z } from 'zod'
import { barcode } from '../barcode.ts'
import { field, ruledTable } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { lookupLine, qrCode } from '../qr.ts'
import { applicant, dossier, instant, letterHead, paragraph, text } from '../shapes.ts'
import { momentInWords } from '../wording.ts'

/** Cover of a paper dossier (bìa hồ sơ): the barcode for the counter, the QR code for the applicant, what lies inside. */
export const coverData = z.object({
  head: letterHead,
  dossier,
  office: text(200),
  applicant,
  agentName: text().optional(),
  content: paragraph,
  filedAt: instant,
  receivedAt: instant.nullable(),
  dueAt: instant.nullable(),
  /** Which unit handles it after the counter. */
  unit: text(300),
  papers: z.array(z.object({ name: text(1000), pages: z.int().nullable(), what: text().optional() })),
})
export type CoverData = z.input<typeof coverData>

export const renderCover = letter(coverData, (data, sheet, { rule, lookupUrl }) => {
  const lookup = { url: lookupUrl, code: data.dossier.code }
  const counted = data.papers.filter((paper) => paper.pages !== null)
  const pages = counted.reduce((sum, paper) => sum + (paper.pages ?? 0), 0)
  return [
    titleBlock(sheet, rule.title),
    {
      columns: [
        {
          width: '*',
          ...{ stack: [barcode(data.dossier.code, { width: sheet.width - sheet.qr - 40, height: 54 })] },
        },
        { width: sheet.qr, stack: [qrCode(sheet, lookup)] },
      ],
      columnGap: 40,
      margin: [0, 2, 0, 10],
    },
    field('Người nộp hồ sơ', data.applicant.name, true),
    ...(data.agentName ? [field('Người nộp thay', data.agentName)] : []),
    field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
    field('Nội dung yêu cầu giải quyết', data.content),
    field('Bộ phận tiếp nhận', data.office),
    field('Đơn vị giải quyết', data.unit),
    field(
      'Thời gian nhận hồ sơ',
      data.receivedAt
        ? momentInWords(data.receivedAt)
        : `chưa tiếp nhận (nộp ${momentInWords(data.filedAt)})`,
    ),
    field('Thời gian hẹn trả kết quả', data.dueAt ? momentInWords(data.dueAt) : undefined, true),
    { text: 'Giấy tờ trong hồ sơ:', margin: [0, 6, 0, 0] },
    ruledTable(
      sheet,
      [
        { title: 'TT', width: 24, centred: true },
        { title: 'Giấy tờ', width: '*' },
        { title: 'Số trang', width: 46, centred: true },
        { title: 'Cách nhận', width: 150 },
      ],
      data.papers.map((paper, i) => [
        String(i + 1),
        paper.name,
        paper.pages === null ? '' : String(paper.pages),
        paper.what ?? '',
      ]),
    ),
    field('Tổng số trang', counted.length > 0 ? String(pages) : undefined, true),
    lookupLine(sheet, lookup),
  ]
})
