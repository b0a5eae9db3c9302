import type { Content } from 'pdfmake'
import { field } from './blocks.ts'
import type { Sheet } from './layout.ts'
import type { Applicant, DossierFacts } from './shapes.ts'

/** "Kính gửi" under the title. */
export const addressee = (sheet: Sheet, name: string): Content => ({
  text: ['Kính gửi: ', { text: `${name}.`, bold: true }],
  alignment: 'center',
  margin: [sheet.body, 2, sheet.body, 6],
})

/** Who and which dossier a letter to an applicant is about, in the order of form 04 (QĐ 3621/QĐ-BYT). */
export function dossierFacts(data: { dossier: DossierFacts; applicant: Applicant }): Content[] {
  return [
    field('Thủ tục hành chính', `${data.dossier.procedureName} (mã ${data.dossier.procedureCode})`),
    field('Người nộp hồ sơ', data.applicant.name),
    field('Số định danh cá nhân/tổ chức', data.applicant.identifier),
    field('Địa chỉ', data.applicant.address),
    field('Mã hồ sơ', data.dossier.code, true),
  ]
}
