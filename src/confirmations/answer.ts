import { isDeepStrictEqual } from 'node:util'
import { formatLegal } from '../calendar/format.ts'
import type { Tx } from '../database/transaction.ts'
import { countAgain } from '../deadlines/clocks.ts'
import { passOn } from '../deadlines/ledger.ts'
import { endClock } from '../deadlines/side-clocks.ts'
import { Dossier } from '../dossiers/entity.ts'
import { withRecord } from '../dossiers/record-answers.ts'
import { waitElement } from '../dossiers/supplement.ts'
import { settleWait } from '../engine/index.ts'
import { invalid, invalidField } from '../http/invalid.ts'
import { conflict, type Problem } from '../http/problem.ts'
import { notifyApplicant } from '../notifications/notify.ts'
import { caseOf } from '../procedures/case.ts'
import { validateForm } from '../procedures/form.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import { Confirmation } from './entity.ts'

type Outcome = NonNullable<Confirmation['outcome']>
type Given = { outcome: 'confirmed' | 'amended'; formData?: Record<string, unknown>; version: number }

const WORDS: Record<Outcome, Text> = {
  confirmed: { vi: 'Người nộp xác nhận biểu mẫu', en: 'The applicant confirmed the form' },
  amended: { vi: 'Người nộp sửa biểu mẫu', en: 'The applicant corrected the form' },
  silent: { vi: 'Hết hạn xác nhận, coi là đồng ý', en: 'No answer in time: taken as agreement' },
}
const SAID: Record<Outcome, Text> = {
  confirmed: { vi: 'đã đồng ý', en: 'it was confirmed' },
  amended: { vi: 'đã gửi bản sửa', en: 'a corrected form was sent' },
  silent: { vi: 'quá hạn, được coi là đồng ý', en: 'the time was over, which counts as agreement' },
}

/** The question that waits for its answer, if any. */
export const openConfirmation = (tx: Tx, dossierId: string): Promise<Confirmation | null> =>
  tx.em.findOne(Confirmation, { dossierId, outcome: null }, { orderBy: { visit: 'desc' }, refresh: true })

/**
 * The applicant confirms the form, or sends it corrected. The first answer counts: a second one, or one after the time,
 * is refused with what there is and since when (409), as is one given to a page that has changed meanwhile. 422 names
 * the fields of a correction that cannot be. `tx` sees with the product's own eyes.
 */
export async function answerConfirmation(tx: Tx, dossier: Dossier, by: string, given: Given): Promise<void> {
  const confirmation = dossier.finishedAt ? null : await openConfirmation(tx, dossier.id)
  if (!confirmation) throw await over(tx, dossier.id)
  if (given.version !== dossier.version) throw changed()
  if (given.outcome === 'amended') {
    const formData = await corrected(tx, dossier, given.formData)
    confirmation.amendedData = formData
    dossier.formData = formData
  }
  if (!(await settle(tx, dossier, confirmation, given.outcome, by))) throw await over(tx, dossier.id)
}

/** The corrected form: valid, different, and still of the case whose papers were handed in. */
async function corrected(tx: Tx, dossier: Dossier, sent: Given['formData']) {
  if (!sent)
    throw invalidField('formData', 'Hãy gửi kèm biểu mẫu đã sửa.', 'Send the corrected form with it.')
  const version = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const { formData } = await withRecord(tx, version.eform, dossier.applicantId, sent, dossier.formData)
  const faults = validateForm(version, formData)
  if (faults.length > 0) throw invalid(faults.map((one) => ({ ...one, field: `formData.${one.field}` })))
  if (isDeepStrictEqual(formData, dossier.formData))
    throw invalidField(
      'formData',
      'Biểu mẫu chưa có gì thay đổi: sửa mục sai, hoặc chọn “Đồng ý”.',
      'Nothing has been changed: correct what is wrong, or choose “Confirm”.',
    )
  const caseKey = caseOf(version.definition, formData)
  if (caseKey !== dossier.caseKey) {
    const { when } = version.definition.cases.find((one) => one.key === caseKey) ?? {}
    const was = version.definition.cases.find((one) => one.key === dossier.caseKey)?.when
    throw invalidField(
      `formData.${when?.field ?? was?.field ?? ''}`,
      'Sửa mục này là sang trường hợp khác, cần giấy tờ khác: hãy liên hệ bộ phận một cửa.',
      'This would make it another case with other papers: contact the one-stop.',
    )
  }
  return formData
}

/** False when another outcome was first. */
async function settle(
  tx: Tx,
  dossier: Dossier,
  confirmation: Confirmation,
  outcome: Outcome,
  by: string | null,
): Promise<boolean> {
  const settled = await settleWait(tx, {
    subjectId: dossier.id,
    elementId: await waitElement(tx, dossier, 'await.confirmation'),
    visit: confirmation.visit,
    outcome,
    by,
  })
  if (settled !== 'won') return false
  confirmation.outcome = outcome
  // Silence takes effect with the end of its day, whenever that is looked at.
  confirmation.answeredAt = outcome === 'silent' ? confirmation.silentAt : tx.at
  confirmation.answeredBy = by
  await tx.em.flush()
  await passOn(tx.sql, dossier.id, tx.at, {
    act: `confirmation.${outcome}`,
    personId: by,
    text: WORDS[outcome],
  })
  await endClock(tx, confirmation.id, 'confirmation', tx.at)
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  await countAgain(
    tx,
    dossier.id,
    { at: tx.at, by, document: { confirmation: confirmation.id } },
    definition.confirmation?.clockBasis.text ?? '',
  )
  tx.audit({
    act: `confirmation.${outcome}`,
    dossierId: dossier.id,
    detail: { confirmation: confirmation.id, fields: changedFields(confirmation) },
  })
  tx.notify('live', { type: 'dossier', ids: [dossier.id] })
  await tx.em.flush()
  return true
}

/** Names of the fields that a correction changed. */
export const changedFields = ({
  formData,
  amendedData,
}: Pick<Confirmation, 'formData' | 'amendedData'>): string[] =>
  amendedData
    ? [...new Set([...Object.keys(formData), ...Object.keys(amendedData)])].filter(
        (field) => !isDeepStrictEqual(formData[field], amendedData[field]),
      )
    : []

/** Alarm: the day has ended without an answer, which counts as agreement; the applicant is told. */
export async function confirmationSilent(tx: Tx, confirmationId: string): Promise<string> {
  const confirmation = await tx.em.findOneOrFail(Confirmation, { id: confirmationId }, { refresh: true })
  if (confirmation.outcome) return `answered before: ${confirmation.outcome}`
  const dossier = await tx.em.findOneOrFail(Dossier, { id: confirmation.dossierId })
  if (!(await settle(tx, dossier, confirmation, 'silent', null))) return 'lost to an answer'
  await notifyApplicant(tx, {
    key: `confirmation-silent/${confirmation.id}`,
    dossierId: dossier.id,
    template: 'confirmation-silent',
    data: { confirmBy: confirmation.answerBy },
  })
  return 'silent: taken as agreement'
}

async function over(tx: Tx, dossierId: string): Promise<Problem> {
  const [last] = await tx.em.find(
    Confirmation,
    { dossierId, outcome: { $ne: null } },
    { orderBy: { visit: 'desc' }, limit: 1, refresh: true },
  )
  if (!last?.outcome || !last.answeredAt)
    return conflict('confirmation-over', {
      vi: 'Hồ sơ hiện không chờ xác nhận biểu mẫu. Hãy tải lại trang để xem tình trạng.',
      en: 'The dossier does not wait for a confirmation now. Reload the page to see how it stands.',
    })
  const { outcome, answeredAt } = last
  return conflict(
    'confirmation-over',
    {
      vi: `Biểu mẫu này ${SAID[outcome].vi} lúc ${formatLegal(answeredAt, 'vi')}; chỉ trả lời được một lần. Hãy tải lại trang.`,
      en: `This form has its answer: ${SAID[outcome].en} on ${formatLegal(answeredAt, 'en')}; it can be answered once. Reload the page.`,
    },
    { outcome, at: answeredAt.toISOString() },
  )
}

const changed = (): Problem =>
  conflict('dossier-changed', {
    vi: 'Hồ sơ vừa có thay đổi sau khi bạn mở trang. Hãy tải lại trang, xem lại rồi trả lời.',
    en: 'The dossier has changed since you opened the page. Reload it, look it over and answer then.',
  })
