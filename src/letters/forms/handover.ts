import type { Content } from 'pdfmake'
import { z } from 'zod'
import { field, prose, ruledTable } from '../blocks.ts'
import { type Sheet, titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { instant, letterHead, paragraph, text } from '../shapes.ts'
import { hand } from '../signing.ts'
import { momentInWords, momentShort } from '../wording.ts'

const side = z.object({ unit: text(300), person: text(200).nullable(), signedAt: instant.nullable() })

/** Minutes of a hand-over between the one-stop and a unit (biên bản bàn giao), one line a dossier. */
export const handoverData = z.object({
  head: letterHead,
  giver: side,
  receiver: side,
  givenAt: instant,
  note: paragraph.optional(),
  items: z
    .array(
      z.object({
        code: text(60),
        applicant: text(),
        procedure: text(),
        medium: z.enum(['paper', 'electronic']),
        pages: z.int(),
        dueAt: instant.nullable(),
        state: z.enum(['given', 'received', 'refused']),
        answeredAt: instant.nullable(),
        reason: paragraph.optional(),
      }),
    )
    .min(1),
  /** The rule of the deadline, with its source, as the page shows it. */
  rule: text(400),
})
export type HandoverData = z.input<typeof handoverData>

/** What the receiving side did with a dossier; nothing until it has signed. */
function answer(item: z.output<typeof handoverData>['items'][number]): string {
  if (item.state === 'given') return ''
  const words = item.state === 'received' ? 'Đã nhận' : `Không nhận: ${item.reason ?? ''}`
  return item.answeredAt ? `${words} (${momentShort(item.answeredAt)})` : words
}

const signature = (sheet: Sheet, role: string, { person, signedAt }: z.output<typeof side>) =>
  hand(
    sheet,
    role,
    { name: person ?? '' },
    {
      text: signedAt ? `Đã ký trên hệ thống ${momentShort(signedAt)}` : '',
      italics: true,
      fontSize: sheet.small - 1,
      color: '#444444',
    },
  )

export const renderHandover = letter(handoverData, (data, sheet, { rule }): Content[] => {
  const count = (medium: string) => data.items.filter((item) => item.medium === medium).length
  return [
    titleBlock(sheet, rule.title),
    field('Thời điểm giao', momentInWords(data.givenAt), true),
    field('Bên giao', [data.giver.unit, data.giver.person].filter(Boolean).join(', ')),
    field('Bên nhận', [data.receiver.unit, data.receiver.person].filter(Boolean).join(', ')),
    field(
      'Số hồ sơ',
      `${data.items.length} (giấy: ${count('paper')}; điện tử: ${count('electronic')}); tổng số trang: ${data.items.reduce(
        (sum, item) => sum + item.pages,
        0,
      )}`,
    ),
    ...(data.note ? [field('Ghi chú', data.note)] : []),
    // A list of many lines: smaller letters, so that a code stands on one line.
    ruledTable(
      { ...sheet, body: sheet.body - 2.5 },
      [
        { title: 'TT', width: 20, centred: true },
        { title: 'Mã hồ sơ', width: 98 },
        { title: 'Người nộp; thủ tục', width: '*' },
        { title: 'Trang', width: 30, centred: true },
        { title: 'Hạn giao', width: 50, centred: true },
        { title: 'Bên nhận ghi', width: 82 },
      ],
      data.items.map((item, i) => [
        String(i + 1),
        `${item.code}${item.medium === 'electronic' ? ' (điện tử)' : ''}`,
        `${item.applicant}; ${item.procedure}`,
        item.medium === 'electronic' && item.pages === 0 ? '–' : String(item.pages),
        item.dueAt ? momentShort(item.dueAt) : '',
        answer(item),
      ]),
    ),
    ...prose(sheet, data.rule),
    {
      unbreakable: true,
      margin: [0, 12, 0, 0],
      columnGap: 10,
      columns: [signature(sheet, 'Bên giao', data.giver), signature(sheet, 'Bên nhận', data.receiver)],
    },
  ]
})
