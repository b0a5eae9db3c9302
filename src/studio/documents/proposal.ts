import { formatDay } from '../../calendar/format.ts'
import { type Rec, recOf } from '../diff/keyed.ts'
import { dong, nameOf } from '../diff/words.ts'
import type { JudgedChange } from '../savings/judged.ts'
import type { Savings } from '../savings/schemas.ts'
import { centred, heading, item, paragraph, table, wordDocument } from './word.ts'

export type Proposal = {
  code: string
  facts: Rec
  changes: JudgedChange[]
  /** What the proposals alone would save: the version in force against it with them. */
  savings: Savings
  label: string
  printedOn: string
  demo: boolean
}

const PARTS: Partial<Record<JudgedChange['part'], string>> = {
  papers: 'Thành phần hồ sơ',
  fees: 'Phí, lệ phí',
  limits: 'Thời hạn, điều kiện',
  facts: 'Thẩm quyền, cách thực hiện',
  form: 'Tờ khai',
  routing: 'Cơ quan giải quyết, phối hợp',
}

const amount = (value: number | null) => (value === null ? '–' : value.toLocaleString('vi-VN'))

function savingRows({ figures, cost }: Savings): string[][] {
  const counted = figures
    .filter(({ before, after }) => before !== null && before !== after)
    .map((one) => [
      one.label.vi + (one.case ? ` (${one.case.vi})` : ''),
      amount(one.before),
      amount(one.after),
    ])
  const money = (label: string, pair: { before: number | null; after: number }) => [
    label,
    pair.before === null ? '–' : dong(pair.before).vi,
    dong(pair.after).vi,
  ]
  return [
    ...counted,
    money('Chi phí tuân thủ mỗi hồ sơ', cost.perDossier),
    ...(cost.perYear ? [money('Chi phí tuân thủ mỗi năm, toàn tỉnh', cost.perYear)] : []),
  ]
}

/**
 * “Phương án đơn giản hóa”: what a redesign would change of what a ministry has fixed (rules 13), for whoever may decide
 * it, as a Word document.
 */
export function proposalDocx({
  code,
  facts,
  changes,
  savings,
  label,
  printedOn,
  demo,
}: Proposal): Promise<Buffer> {
  const name = nameOf(facts.name, code).vi
  const { catalogue } = facts
  const parts = [...new Set(changes.map(({ part }) => part))]
  const foot = [label, demo && 'Dữ liệu minh họa', `In ngày ${formatDay(printedOn, 'vi')}`]
    .filter(Boolean)
    .join('. ')
  return wordDocument(`Phương án đơn giản hóa ${code}`, foot, [
    centred('PHƯƠNG ÁN ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH', { bold: true, size: 28 }),
    centred(`${name} (mã ${code})`, { bold: true }),
    centred(`Theo Quyết định công bố ${String(recOf(catalogue).decision ?? '…………')}`, { italics: true }),
    heading('1. Nội dung đề nghị'),
    ...(changes.length === 0 ? [paragraph('Không có nội dung nào phải kiến nghị.')] : []),
    ...parts.flatMap((part) => [
      paragraph(`${PARTS[part] ?? 'Nội dung khác'}:`, { bold: true }),
      ...changes.filter((change) => change.part === part).map((change) => item(change.words.vi)),
    ]),
    heading('2. Lý do'),
    ...[...new Set(changes.map(({ reason }) => reason.vi))].map(item),
    paragraph('Lý do cụ thể của từng nội dung (đơn vị đề nghị viết thêm): ………………………………………………………'),
    heading('3. Lợi ích dự kiến'),
    table(['Chỉ số', 'Hiện nay', 'Theo phương án'], [60, 20, 20], savingRows(savings)),
    paragraph(
      `Chi phí tính theo giờ × tiền công + phí, lệ phí + đi lại + sao giấy tờ, với ${amount(savings.volume.dossiers)} hồ sơ nộp trong toàn tỉnh từ ${formatDay(savings.volume.from, 'vi')} đến ${formatDay(savings.volume.to, 'vi')}. Tham số: ${savings.parameters.source}. Chưa được xác nhận.`,
      { italics: true, size: 22 },
    ),
    heading('4. Kiến nghị thực thi'),
    paragraph(
      'Đề nghị cơ quan có thẩm quyền xem xét sửa đổi, bổ sung văn bản quy định các nội dung nêu tại mục 1: ………………………………………………………',
    ),
  ])
}
