import { z } from 'zod'
import { field, holderFields, prose, section } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, holder, letterHead, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'

/** A sample of a building permit, the result of 1.013225; not the form of NĐ 175/2024. */
export const permitData = z.object({
  head: letterHead,
  dossier,
  applicant,
  holder: holder.optional(),
  work: z.object({
    name: text(),
    grade: text(200).optional(),
    design: text().optional(),
    location: text(1000),
    plot: text(200).optional(),
    landPapers: text(1000).optional(),
  }),
  /** Dimensions and limits, one row each: "Diện tích xây dựng tầng 1" – "120,5 m²". */
  specifications: z.array(z.object({ label: text(200), value: text() })).min(1),
  /** Until when work must begin, in words. */
  validity: text(),
  conditions: z.array(text(2000)).default([]),
  signer,
  recipients,
})
export type PermitData = z.input<typeof permitData>

export const renderPermit = letter(permitData, (data, sheet, { rule, lookupUrl }) => [
  titleBlock(sheet, rule.title),
  section('1. Cấp cho:'),
  ...holderFields('Chủ đầu tư', data.holder ?? data.applicant),
  section('2. Được phép xây dựng công trình:'),
  field('Tên công trình', data.work.name, true),
  field('Loại, cấp công trình', data.work.grade),
  field('Theo thiết kế', data.work.design),
  field('Vị trí xây dựng', data.work.location),
  field('Thửa đất, tờ bản đồ', data.work.plot),
  ...data.specifications.map(({ label, value }) => field(label, value)),
  section('3. Giấy tờ về đất đai:'),
  field('Giấy tờ', data.work.landPapers),
  ...(data.conditions.length
    ? [
        section('4. Chủ đầu tư phải thực hiện:'),
        ...data.conditions.map((line) => ({ text: `- ${line}`, alignment: 'justify' as const })),
      ]
    : []),
  closingBlock(sheet, {
    ...data,
    lastLines: [section(`${data.conditions.length ? 5 : 4}. Hiệu lực:`), ...prose(sheet, data.validity)],
    lookup: { url: lookupUrl, code: data.dossier.code },
  }),
])
