import { v7 as uuid } from 'uuid'
import type { z } from 'zod'
import { allows } from '../access/ability.ts'
import { scope } from '../access/scope.ts'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { putFile } from '../documents/files.ts'
import type { StoredContent } from '../documents/read-model.ts'
import { conflict, forbidden, notFound } from '../http/problem.ts'
import type { Services } from '../services.ts'
import type { Text } from '../text.ts'
import { hashOfReport, ReportContent, reportContent } from './report-content.ts'
import { reportDocx } from './report-docx.ts'
import { reportPdf } from './report-pdf.ts'
import type { MakeReport, ReportList } from './schemas.ts'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

type Row = {
  id: string
  from_day: string
  to_day: string
  agency: { id: string; code: string; name: Text } | null
  content: ReportContent
  text_hash: string
  inspection_ids: string[]
  made_by: string
  made_by_name: string
  made_at: Date
  signed_by: string | null
  signed_by_name: string | null
  signed_at: Date | null
  pdf_sha256: string | null
  docx_sha256: string | null
}

const SELECT = `
  select r.id, r.from_day, r.to_day, r.content, r.text_hash, r.inspection_ids, r.made_by, m.full_name as made_by_name, r.made_at, r.signed_by,
         s.full_name as signed_by_name, r.signed_at, r.pdf_sha256, r.docx_sha256,
         case when a.id is not null then jsonb_build_object('id', a.id, 'code', a.code, 'name', a.name) end as agency
    from audit_report r join person m on m.id = r.made_by left join person s on s.id = r.signed_by
    left join agency a on a.id = r.agency_id`

const SHOWN = 100

/** Reports that the actor may read, newest first. */
export async function reports(tx: Tx): Promise<z.input<typeof ReportList>> {
  const params: unknown[] = []
  const rows = await tx.sql<Row>(
    `${SELECT} where ${scope(tx.actor.ability, 'read', 'AuditReport', 'r', params)} order by r.made_at desc, r.id desc limit ${SHOWN}`,
    params,
  )
  return {
    reports: rows.map((row) => ({
      id: row.id,
      from: row.from_day,
      to: row.to_day,
      agency: row.agency,
      sentence: { vi: row.content.sections[0]?.paragraphs[0] ?? '' },
      madeBy: { id: row.made_by, name: row.made_by_name },
      madeAt: row.made_at.toISOString(),
      signedBy: row.signed_by ? { id: row.signed_by, name: row.signed_by_name ?? '' } : null,
      signedAt: row.signed_at?.toISOString() ?? null,
      mine: row.made_by === tx.actor.personId,
    })),
  }
}

/** Freezes the figures of a period as a report in the making. Answers its id. */
export async function makeReport(
  tx: Tx,
  { from, to, agencyId }: z.output<typeof MakeReport>,
): Promise<string> {
  const { content } = await reportContent(tx, { from, to, agencyId: agencyId ?? undefined })
  const id = uuid()
  const textHash = hashOfReport(content)
  await tx.sql(
    `insert into audit_report (id, agency_id, from_day, to_day, content, text_hash, made_by, made_at,
                               inspection_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      agencyId,
      from,
      to,
      JSON.stringify(content),
      textHash,
      tx.actor.personId,
      tx.at,
      (tx.actor.inspections ?? []).map((one) => one.id),
    ],
  )
  tx.audit({ act: 'audit-report.made', detail: { report: id, textHash } })
  return id
}

async function reportRow(tx: Tx, id: string, lock = ''): Promise<Row> {
  const params: unknown[] = [id]
  const [row] = await tx.sql<Row>(
    `${SELECT} where r.id = $1 and ${scope(tx.actor.ability, 'read', 'AuditReport', 'r', params)} ${lock}`,
    params,
  )
  if (!row) throw notFound()
  return row
}

/**
 * Its maker signs: the recorded act over the hash of the text. Both prints are made now, kept by their hash, and never
 * made again. Problems: 403 somebody else's, 404, 409 signed already.
 */
export async function signReport(tx: Tx, { files, settings }: Services, id: string): Promise<void> {
  const row = await reportRow(tx, id, 'for update of r')
  if (
    !allows(tx.actor.ability, 'sign', 'AuditReport', {
      madeBy: row.made_by,
      inspectionIds: row.inspection_ids,
    })
  )
    throw forbidden({ vi: 'Chỉ người lập báo cáo ký được.', en: 'Only whoever made the report may sign it.' })
  if (row.signed_at)
    throw conflict('report-signed', {
      vi: `Báo cáo đã được ký lúc ${formatLegal(row.signed_at, 'vi')}.`,
      en: `The report was signed on ${formatLegal(row.signed_at, 'en')}.`,
    })
  const content = ReportContent.parse(row.content)
  if (hashOfReport(content) !== row.text_hash)
    throw conflict('report-altered', {
      vi: 'Nội dung báo cáo không khớp với mã băm khi lập. Hãy lập báo cáo mới.',
      en: 'The text of the report no longer fits the hash it was made with. Make a new report.',
    })
  const signature = { name: tx.actor.name, at: formatLegal(tx.at, 'vi'), textHash: row.text_hash }
  const pdf = await putFile(tx, files, await reportPdf(content, signature, settings.demo), 'application/pdf')
  const docx = await putFile(tx, files, await reportDocx(content, signature, settings.demo), DOCX)
  await tx.sql(
    'update audit_report set signed_by = $2, signed_at = $3, pdf_sha256 = $4, docx_sha256 = $5 where id = $1',
    [id, tx.actor.personId, tx.at, pdf.sha256, docx.sha256],
  )
  tx.audit({
    act: 'audit-report.signed',
    detail: { report: id, textHash: row.text_hash, pdf: pdf.sha256, docx: docx.sha256 },
  })
}

type File = { kept: StoredContent } | { draft: Buffer; fileName: string }

/** The signed bytes; of a report not yet signed a draft that says so. */
export async function reportFile(
  tx: Tx,
  { settings }: Services,
  id: string,
  format: 'pdf' | 'docx',
): Promise<File> {
  const row = await reportRow(tx, id)
  tx.audit({
    act: 'audit-report.read',
    detail: { report: id, format, inspections: (tx.actor.inspections ?? []).map(({ id }) => id) },
  })
  const fileName = `bao-cao-${row.from_day}-${row.to_day}.${format}`
  const sha256 = format === 'pdf' ? row.pdf_sha256 : row.docx_sha256
  if (!sha256) {
    const content = ReportContent.parse(row.content)
    const draft =
      format === 'pdf'
        ? await reportPdf(content, null, settings.demo)
        : await reportDocx(content, null, settings.demo)
    return { draft, fileName }
  }
  const [file] = await tx.sql<{ size: string }>('select size from stored_file where sha256 = $1', [sha256])
  return {
    kept: {
      sha256,
      file_name: fileName,
      media_type: format === 'pdf' ? 'application/pdf' : DOCX,
      size: file?.size ?? '0',
    },
  }
}
