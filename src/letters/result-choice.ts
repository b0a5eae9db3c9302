import { buffer } from 'node:stream/consumers'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { FileStore } from '../documents/store.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import { fieldsIn, type ResultTemplate } from '../procedures/result-template.ts'
import type { ProcedureVersion } from '../procedures/version.ts'
import type { LetterFrame } from './compose.ts'
import { checkForeignPdf } from './foreign-pdf.ts'
import type { LetterKind as LetterTemplate } from './forms/index.ts'
import { isEmptyHere, type Merge, mergeNow, strayFields } from './merge.ts'
import { answerOf } from './result-data.ts'
import { dayInWords } from './wording.ts'

/** Largest PDF made elsewhere; what the applicant downloads. */
export const MOST_BYTES = 10 * 1024 * 1024

export type Chosen = { template: LetterTemplate; data: Record<string, unknown>; sourceSha256?: string }

type Given = {
  tx: Tx
  version: Pick<ProcedureVersion, 'definition' | 'eform'>
  dossier: Dossier
  frame: LetterFrame
  place: string
  /** Why it is denied; empty for what is granted. */
  reason: string
}

/** Templates for a dossier of this case and this outcome, in the procedure's order. */
export const templatesFor = (
  version: Pick<ProcedureVersion, 'definition'>,
  caseKey: string,
  denied: boolean,
): ResultTemplate[] =>
  version.definition.resultTemplates.filter(
    ({ outcome, cases }) => outcome === (denied ? 'denied' : 'granted') && (cases?.includes(caseKey) ?? true),
  )

/** What the merge fields say in this dossier. */
export function mergeOf({ version, dossier, frame, place, reason }: Omit<Given, 'tx'>): Merge {
  const { definition, eform } = version
  const words: Record<string, string | undefined> = {
    'dossier.code': dossier.code,
    'dossier.procedureCode': dossier.procedureCode,
    'dossier.procedureName': definition.name.vi,
    'dossier.caseName': definition.cases.find(({ key }) => key === dossier.caseKey)?.name.vi,
    'dossier.place': place,
    'dossier.filedOn': dayInWords(legalDay(dossier.filedAt)),
    'dossier.receivedOn': dossier.receivedAt ? dayInWords(legalDay(dossier.receivedAt)) : '',
    'applicant.name': frame.applicant.name,
    'applicant.identifier': frame.applicant.identifier,
    'applicant.address': frame.applicant.address,
    'applicant.phone': frame.applicant.phone,
    'applicant.email': frame.applicant.email,
    'decision.agency': frame.agency,
    'decision.reason': reason,
  }
  return (field) =>
    field.startsWith('form.')
      ? answerOf(eform, dossier.formData, field.slice('form.'.length))
      : (words[field] ?? '')
}

/** The free parts of a template as they begin, and what the officer may change. */
export const freeParts = (template: ResultTemplate, merge: Merge) =>
  template.blocks.flatMap((block) =>
    block.type === 'free'
      ? [{ key: block.key, label: block.label, text: mergeNow(block.text, merge), required: block.required }]
      : [],
  )

/** The words of a result by template. 422 when the template is not for this dossier or a part cannot stand. */
export function fromTemplate(
  choice: { template: string; parts: Record<string, string> },
  templates: ResultTemplate[],
  merge: Merge,
): Chosen {
  const template = templates.find(({ key }) => key === choice.template)
  if (!template)
    throw invalidField(
      'data.result.template',
      'Thủ tục không có mẫu kết quả này cho trường hợp của hồ sơ. Hãy chọn lại mẫu.',
      'The procedure has no such result template for this case. Choose another.',
    )
  const blocks = template.blocks.flatMap((block): object[] => {
    if (block.type === 'heading' || block.type === 'prose')
      return [{ type: block.type, text: mergeNow(block.text, merge) }]
    if (block.type === 'rows') {
      const rows = block.rows
        .filter(({ value }) => !isEmptyHere(value, merge))
        .map(({ label, value }) => ({ label: mergeNow(label, merge), value: mergeNow(value, merge) }))
      return rows.length > 0 ? [{ type: 'rows', rows }] : []
    }
    const text = partOf(block, choice.parts[block.key], merge)
    return text ? [{ type: 'prose', text }] : []
  })
  return {
    template: 'composed',
    data: { book: template.book, templateKey: template.key, title: mergeNow(template.title, merge), blocks },
  }
}

function partOf(
  block: Extract<ResultTemplate['blocks'][number], { type: 'free' }>,
  typed: string | undefined,
  merge: Merge,
): string {
  const text = (typed ?? mergeNow(block.text, merge)).trim()
  const field = `data.result.parts.${block.key}`
  if (block.required && !text)
    throw invalidField(
      field,
      `Cần viết phần “${block.label.vi}”.`,
      `The part "${block.label.en ?? block.label.vi}" must be written.`,
    )
  const stray = strayFields(text)
  if (stray.length > 0)
    throw invalidField(
      field,
      `Không có trường {{${stray[0]}}}; hãy viết nội dung bằng chữ. Các trường của mẫu: ${fieldsIn(block.text).join(', ') || 'không có'}.`,
      `There is no field {{${stray[0]}}}: write the words themselves. Fields of the template: ${fieldsIn(block.text).join(', ') || 'none'}.`,
    )
  return text
}

/** A result made elsewhere: the actor's own upload, checked to be a PDF that does nothing by itself. */
export async function fromUpload(
  tx: Tx,
  files: FileStore,
  choice: { uploadId: string; title: string },
  by: string,
  denied: boolean,
  books: { granted: 'permit' | 'grant' },
): Promise<Chosen> {
  const [upload] = await tx.sql<{ sha256: string; media_type: string; size: string }>(
    'select sha256, media_type, size from upload where id = $1 and owner_id = $2 for update',
    [choice.uploadId, by],
  )
  const refuse = (vi: string, en: string) => invalidField('data.result.uploadId', vi, en)
  if (!upload)
    throw refuse(
      'Không tìm thấy tệp đã tải lên. Hãy tải lên lại.',
      'The upload was not found. Upload it again.',
    )
  if (upload.media_type !== 'application/pdf')
    throw refuse(
      'Tệp này không phải PDF. Hãy xuất văn bản ra PDF rồi tải lên lại.',
      'This file is no PDF. Export the document as PDF and upload it again.',
    )
  const size = Number(upload.size)
  if (size > MOST_BYTES)
    throw refuse(
      'Tệp PDF lớn hơn 10 MB. Hãy giảm dung lượng rồi tải lên lại.',
      'The PDF is larger than 10 MB. Make it smaller and upload it again.',
    )
  const { pages } = await checkForeignPdf(await buffer(files.get(upload.sha256)))
  return {
    template: 'uploaded',
    sourceSha256: upload.sha256,
    data: {
      book: denied ? 'refusalToGrant' : books.granted,
      title: choice.title,
      file: { sha256: upload.sha256, size, pages },
    },
  }
}
