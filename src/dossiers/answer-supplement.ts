import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import { ringBefore } from '../deadlines/worker.ts'
import { attachUploads } from '../documents/attach.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict } from '../http/problem.ts'
import { restored, stillMasked } from '../personal/fields.ts'
import { caseOf } from '../procedures/case.ts'
import type { ProcedureDefinition } from '../procedures/definition.ts'
import { validateForm } from '../procedures/form.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Services } from '../services.ts'
import { Dossier, SupplementRequest } from './entity.ts'
import { withRecord } from './record-answers.ts'
import type { AnswerSupplement } from './schemas.ts'
import { submitSupplement } from './supplement.ts'

/**
 * The applicant (or the counter for them) answers the open request: papers, a corrected form, or both. `tx` sees with the
 * product's own eyes. Throws 422 with the field, and 409 when the wait has ended.
 */
export async function answerSupplement(
  tx: Tx,
  services: Services,
  dossierId: string,
  body: z.output<typeof AnswerSupplement>,
  by: string,
): Promise<void> {
  const dossier = await tx.em.findOneOrFail(Dossier, { id: dossierId })
  // The wait's end is judged by the clock, even if its alarm has not run.
  await ringBefore(tx, services, dossier.id)
  const request = await tx.em.findOne(
    SupplementRequest,
    { dossierId: dossier.id, sentAt: { $ne: null }, outcome: null },
    { orderBy: { round: 'desc' } },
  )
  if (!request) throw waitOver()
  if (body.papers.length === 0 && !body.formData)
    throw invalidField(
      'papers',
      'Hãy tải lên ít nhất một giấy tờ hoặc sửa biểu mẫu.',
      'Upload at least one paper or correct the form.',
    )
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  if (body.formData) {
    const given = restored(version.eform.schema, dossier.formData, body.formData)
    refuseMasked(version.eform.schema, given)
    // As at filing: the applicant's own record answers, a clerk writes what the paper says.
    const { formData } =
      by === dossier.applicantId
        ? await withRecord(tx, version.eform, by, given, dossier.formData)
        : { formData: given }
    // Before the form's own rules: they would ask for what the other case wants.
    refuseOtherCase(version.definition, dossier.caseKey, formData)
    const faults = validateForm(version, formData)
    if (faults.length > 0) throw invalid(faults.map((one) => ({ ...one, field: `formData.${one.field}` })))
    dossier.formData = formData
  }
  await attachUploads(tx, {
    dossierId: dossier.id,
    agencyId: dossier.agencyId,
    papers: body.papers,
    definition: version.definition,
    // Round 1 is what was filed; the answer to the first request is round 2.
    round: request.round + 1,
    addedBy: by,
  })
  const settled = await submitSupplement(tx, dossier, request, by)
  if (settled !== 'won') throw waitOver(settled.lostTo)
  tx.audit({
    act: 'supplement.submitted',
    dossierId: dossier.id,
    detail: { request: request.id, papers: body.papers.map((p) => p.paperKey) },
  })
  await tx.em.flush()
}

/** What a clerk saw masked and changed without opening it. */
function refuseMasked(schema: unknown, formData: Record<string, unknown>): void {
  const faults = stillMasked(schema, formData).map((field) => ({
    field: `formData.${field}`,
    message: {
      vi: 'Mục này đang được che. Hãy mở dữ liệu cá nhân rồi sửa, hoặc nhập lại cả mục.',
      en: 'This is masked. Open the personal data and correct it, or type all of it again.',
    },
  }))
  if (faults.length > 0) throw invalid(faults)
}

/** Another case has another limit, other papers and another way: that is another application. */
function refuseOtherCase(
  definition: ProcedureDefinition,
  caseKey: string,
  formData: Record<string, unknown>,
): void {
  if (caseOf(definition, formData) === caseKey) return
  const name = definition.cases.find(({ key }) => key === caseKey)?.name
  const field = definition.cases.flatMap(({ when }) => (when ? [when.field] : []))[0]
  throw invalidField(
    `formData.${field ?? ''}`,
    `Hồ sơ này đã được tiếp nhận cho trường hợp “${name?.vi}”. Trường hợp khác có thời hạn và giấy tờ khác: hãy rút hồ sơ này và nộp hồ sơ mới.`,
    `This dossier was received for the case “${name?.en ?? name?.vi}”. Another case has another limit and other papers: withdraw this dossier and file a new one.`,
  )
}

const waitOver = (lost?: { outcome: string; at: Date }) =>
  conflict(
    'wait-over',
    {
      vi: 'Thời gian bổ sung đã kết thúc hoặc hồ sơ đã được bổ sung. Hãy tải lại trang để xem tình trạng.',
      en: 'The time for the supplement is over, or it was sent already. Reload the page to see how it stands.',
    },
    lost && { outcome: lost.outcome, at: lost.at.toISOString() },
  )
