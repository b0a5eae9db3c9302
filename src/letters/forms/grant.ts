import { z } from 'zod'
import { field, holderFields, section } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, dossier, holder, letterHead, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'

/** A plain result for procedures that bring no form of their own: what was granted, to whom, on which data. A sample. */
export const grantData = z.object({
  head: letterHead,
  dossier,
  applicant,
  holder: holder.optional(),
  /** What the result is called in the catalogue: "Giấy chứng nhận …". */
  title: text(),
  sections: z
    .array(
      z.object({ title: text(200), rows: z.array(z.object({ label: text(300), value: text(4000) })).min(1) }),
    )
    .default([]),
  signer,
  recipients,
})
export type GrantData = z.input<typeof grantData>

export const renderGrant = letter(grantData, (data, sheet, { lookupUrl }) => [
  titleBlock(sheet, data.title),
  section('1. Cấp cho:'),
  ...holderFields('Họ tên, tổ chức', data.holder ?? data.applicant),
  field(
    'Theo hồ sơ',
    `${data.dossier.code}, thủ tục ${data.dossier.procedureCode} ${data.dossier.procedureName}`,
  ),
  ...data.sections.flatMap(({ title, rows }, n) => [
    section(`${n + 2}. ${title}:`),
    ...rows.map(({ label, value }) => field(label, value)),
  ]),
  closingBlock(sheet, { ...data, lastLines: [], lookup: { url: lookupUrl, code: data.dossier.code } }),
])
