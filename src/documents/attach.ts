import { v7 as uuid } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import { type FieldError, unprocessable, type Words } from '../http/problem.ts'
import type { Text } from '../text.ts'
import { megabytes, wrongKindWords } from './refusal.ts'

/** What a procedure says about a paper, as far as its files go. */
export type PaperRule = { key: string; name: Text; accept: readonly string[]; maxBytes: number }

export type Attachment = {
  dossierId: string
  /** The agency that decides, on every row for the access rules. */
  agencyId: string
  papers: readonly { paperKey: string; uploadId: string }[]
  definition: { papers: readonly PaperRule[] }
  round: number
  /** The person whose uploads these are. */
  addedBy: string
}

type Upload = {
  id: string
  sha256: string
  file_name: string
  media_type: string
  size: string
  /** Already attached, to another dossier. */
  elsewhere: boolean
}

/**
 * Makes uploads the papers of a dossier. Every fault is found before the first row is written. The same upload for
 * the same paper and round again adds nothing. Throws a 422 problem
 * with one sentence per paper, under the field "papers.<paper key>".
 */
export const attachUploads = async (
  tx: Tx,
  attachment: Attachment,
): Promise<{ paperKey: string; documentId: string }[]> => {
  const uploads = await lockUploads(tx, attachment)
  const pairs = attachment.papers.map(({ paperKey, uploadId }) => ({
    paperKey,
    paper: attachment.definition.papers.find((paper) => paper.key === paperKey),
    upload: uploads.get(uploadId),
  }))
  const errors = pairs.flatMap(({ paperKey, paper, upload }) => {
    const message = fault(paper, upload)
    return message ? [{ field: `papers.${paperKey}`, message }] : []
  })
  if (errors.length > 0) throw papersRefused(errors)

  const attached: { paperKey: string; documentId: string }[] = []
  for (const { paperKey, upload } of pairs)
    attached.push({ paperKey, documentId: await addDocument(tx, attachment, paperKey, upload!) })
  tx.audit({
    act: 'document.attached',
    dossierId: attachment.dossierId,
    detail: {
      round: attachment.round,
      documents: attached.map((each) => ({ id: each.documentId, paper: each.paperKey })),
    },
  })
  return attached
}

const papersRefused = (errors: FieldError[]) =>
  unprocessable(
    'papers-refused',
    {
      vi: 'Một số giấy tờ chưa nhận được. Hãy sửa các giấy tờ được nêu.',
      en: 'Some papers cannot be taken. Correct those named.',
    },
    errors,
  )

/** Locked, in one order, so that two submissions of one upload cannot both find it unused. */
const lockUploads = async (
  tx: Tx,
  { papers, addedBy, dossierId }: Attachment,
): Promise<Map<string, Upload>> => {
  const rows = await tx.sql<Upload>(
    `select id, sha256, file_name, media_type, size,
            used_at is not null and not exists (
              select from document d where d.dossier_id = $3 and d.sha256 = upload.sha256 and d.added_by = $2
            ) as elsewhere
       from upload where id = any($1::uuid[]) and owner_id = $2 order by id for update`,
    [papers.map((paper) => paper.uploadId), addedBy, dossierId],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const fault = (paper: PaperRule | undefined, upload: Upload | undefined): Words | undefined => {
  if (paper === undefined)
    return { vi: 'Thủ tục này không có giấy tờ như vậy.', en: 'The procedure has no such paper.' }
  const name = { vi: paper.name.vi, en: paper.name.en ?? paper.name.vi }
  // Somebody else's upload answers as one that never was.
  if (upload === undefined)
    return {
      vi: `${name.vi}: không tìm thấy tệp đã tải lên. Hãy tải lên lại.`,
      en: `${name.en}: the uploaded file was not found. Upload it again.`,
    }
  if (upload.elsewhere)
    return {
      vi: `${name.vi}: tệp “${upload.file_name}” đã nộp trong hồ sơ khác. Hãy tải lên lại cho hồ sơ này.`,
      en: `${name.en}: the file "${upload.file_name}" belongs to another dossier. Upload it again for this one.`,
    }
  if (!paper.accept.includes(upload.media_type)) {
    const { vi, en } = wrongKindWords(upload.file_name, upload.media_type, paper.accept)
    return { vi: `${name.vi}: ${vi}`, en: `${name.en}: ${en}` }
  }
  if (Number(upload.size) > paper.maxBytes)
    return {
      vi: `${name.vi}: “${upload.file_name}” lớn hơn ${megabytes(paper.maxBytes, 'vi')}.`,
      en: `${name.en}: "${upload.file_name}" is larger than ${megabytes(paper.maxBytes, 'en')}.`,
    }
  return undefined
}

const addDocument = async (
  tx: Tx,
  attachment: Attachment,
  paperKey: string,
  upload: Upload,
): Promise<string> => {
  const { dossierId, agencyId, round, addedBy } = attachment
  const [present] = await tx.sql<{ id: string }>(
    `select id from document where dossier_id = $1 and paper_key = $2 and sha256 = $3 and round = $4`,
    [dossierId, paperKey, upload.sha256, round],
  )
  if (present !== undefined) return present.id
  const id = uuid()
  await tx.sql(
    `insert into document (id, dossier_id, agency_id, paper_key, sha256, file_name, media_type, size, round, added_by, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      dossierId,
      agencyId,
      paperKey,
      upload.sha256,
      upload.file_name,
      upload.media_type,
      upload.size,
      round,
      addedBy,
      tx.at,
    ],
  )
  await tx.sql('update upload set used_at = coalesce(used_at, $2) where id = $1', [upload.id, tx.at])
  return id
}
