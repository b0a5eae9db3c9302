import type { Content } from 'pdfmake'
import { z } from 'zod'
import { field, pair, section } from '../blocks.ts'
import { titleBlock } from '../layout.ts'
import { letter } from '../pdf.ts'
import { applicant, day, dossier, letterHead, recipients, signer, text } from '../shapes.ts'
import { closingBlock } from '../signing.ts'
import { dayShort } from '../wording.ts'

const parent = z.object({
  name: text().optional(),
  born: text(20).optional(),
  ethnicity: text(60).optional(),
  nationality: text(60).optional(),
  residence: text().optional(),
})

/** A sample of the birth certificate, the result of 1.001193; not compared with the Ministry of Justice's form. */
export const birthData = z.object({
  head: letterHead,
  dossier,
  applicant,
  child: z.object({
    name: text(),
    bornOn: text(20),
    bornOnInWords: text(),
    sex: text(20),
    ethnicity: text(60).optional(),
    nationality: text(60).optional(),
    birthplace: text(),
    hometown: text().optional(),
  }),
  /** Given by the population database; without it nothing is certified. */
  personalNumber: text(40),
  mother: parent,
  father: parent,
  declarant: z.object({ name: text(), identityNo: text(40).optional(), relation: text(100).optional() }),
  /** Where it stands in the register of births; drawn when the officer enters it. */
  entry: z.object({ book: text(40), number: z.int().positive(), on: day, place: text() }).nullable(),
  signer,
  recipients,
})
export type BirthData = z.input<typeof birthData>

const parentFields = (label: string, who: z.output<typeof parent>): Content[] => [
  field(`Họ, chữ đệm, tên người ${label}`, who.name, true),
  pair(field('Năm sinh', who.born), field('Dân tộc', who.ethnicity)),
  field('Quốc tịch', who.nationality),
  field('Nơi cư trú', who.residence),
]

export const renderBirth = letter(birthData, (data, sheet, { rule, lookupUrl }) => [
  titleBlock(sheet, rule.title),
  section('1. Người được khai sinh:'),
  field('Họ, chữ đệm, tên', data.child.name, true),
  field('Ngày, tháng, năm sinh', data.child.bornOn),
  field('Ghi bằng chữ', data.child.bornOnInWords),
  pair(field('Giới tính', data.child.sex), field('Dân tộc', data.child.ethnicity)),
  field('Quốc tịch', data.child.nationality),
  field('Nơi sinh', data.child.birthplace),
  field('Quê quán', data.child.hometown),
  field('Số định danh cá nhân', data.personalNumber, true),
  section('2. Cha, mẹ:'),
  ...parentFields('mẹ', data.mother),
  ...parentFields('cha', data.father),
  section('3. Người đi khai sinh, nơi đăng ký:'),
  field(
    'Họ, chữ đệm, tên người đi khai sinh',
    [data.declarant.name, data.declarant.relation].filter(Boolean).join(', '),
  ),
  field('Giấy tờ tùy thân (số định danh)', data.declarant.identityNo),
  field('Nơi đăng ký khai sinh', data.entry?.place),
  pair(
    field('Vào sổ khai sinh', data.entry ? `số ${data.entry.number}, quyển ${data.entry.book}` : undefined),
    field('Ngày đăng ký', data.entry ? dayShort(data.entry.on) : undefined),
  ),
  closingBlock(sheet, { ...data, lastLines: [], lookup: { url: lookupUrl, code: data.dossier.code } }),
])
