import type { Content } from 'pdfmake'
import { z } from 'zod'
import { field, prose, ruledTable } from '../letters/blocks.ts'
import { titleBlock } from '../letters/layout.ts'
import { letter } from '../letters/pdf.ts'
import { dossier, instant, letterHead, text } from '../letters/shapes.ts'
import { hand } from '../letters/signing.ts'
import { momentInWords, momentShort } from '../letters/wording.ts'
import type { Result } from './handings.ts'

/** Fields of the form as the Ministry of Health prints them (QĐ 3621/QĐ-BYT, BM.05); its number and paper by the days. */
export const controlSlipData = z.object({
  head: letterHead,
  dossier,
  applicant: text(),
  /** Cơ quan giải quyết; cơ quan phối hợp. */
  agency: text(),
  partners: z.array(text()),
  receivedAt: instant,
  dueAt: instant,
  /** The one new date, where an apology gave it. */
  reappointedDueAt: instant.nullable(),
  handings: z
    .array(
      z.object({
        from: text(),
        giver: text(200).nullable(),
        to: text(),
        receiver: text(200).nullable(),
        at: instant,
        result: z.enum(['early', 'on-time', 'late']).nullable(),
        note: text(1000),
      }),
    )
    .min(1),
  printedAt: instant,
  /** Who took it, by which inspection decision; null for those who work on it. */
  mark: text(1000).nullable(),
})
export type ControlSlipData = z.input<typeof controlSlipData>

const RESULT: Record<Result, string> = { early: 'Trước hạn', 'on-time': 'Đúng hạn', late: 'Quá hạn' }

/** A unit with whoever acted for it, and a place for their pen. */
const signed = (unit: string, person: string | null) =>
  [unit, person, 'Ký: ………………'].filter(Boolean).join('\n')

export const renderControlSlip = letter(controlSlipData, (data, sheet, { rule }): Content[] => {
  const isSmall = sheet.paper === 'A5'
  return [
    titleBlock(sheet, rule.title),
    field('Mã hồ sơ', data.dossier.code, true),
    field('Thủ tục', `${data.dossier.procedureName} (${data.dossier.procedureCode})`),
    field('Người nộp', data.applicant),
    field('Cơ quan (bộ phận) giải quyết hồ sơ', data.agency),
    field('Cơ quan phối hợp giải quyết hồ sơ', data.partners.join('; ') || 'không'),
    field('Nhận hồ sơ lúc', momentInWords(data.receivedAt)),
    field('Hẹn trả kết quả lúc', momentInWords(data.dueAt)),
    ...(data.reappointedDueAt ? [field('Hẹn lại (một lần)', momentInWords(data.reappointedDueAt))] : []),
    ruledTable(
      { ...sheet, body: sheet.body - (isSmall ? 2 : 2.5) },
      [
        { title: 'TT', width: isSmall ? 15 : 20, centred: true },
        { title: 'Đơn vị giao', width: isSmall ? 70 : 100 },
        { title: 'Đơn vị nhận', width: isSmall ? 70 : 100 },
        { title: 'Giao, nhận lúc', width: isSmall ? 42 : 56, centred: true },
        { title: 'Kết quả', width: isSmall ? 36 : 46, centred: true },
        { title: 'Ghi chú', width: '*' },
      ],
      data.handings.map((one, n) => [
        String(n + 1),
        signed(one.from, one.giver),
        signed(one.to, one.receiver),
        momentShort(one.at),
        one.result ? RESULT[one.result] : '–',
        one.note,
      ]),
    ),
    ...prose(
      sheet,
      `Kết quả do bên nhận ghi khi nhận bàn giao. Phiếu lập từ sổ thời gian của hệ thống lúc ${momentShort(data.printedAt)}; thời gian tính theo giờ làm việc, ngày nhận không tính.`,
    ),
    ...(data.mark ? prose(sheet, data.mark) : []),
    {
      unbreakable: true,
      margin: [0, 10, 0, 0],
      columnGap: 10,
      columns: ['Người giao', 'Người nhận'].map((role) => hand(sheet, role, { name: '' }, { text: '' })),
    },
  ]
})
